"""Searches people keep."""
