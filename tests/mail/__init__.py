"""Mails: who gets which, and that none is lost."""
