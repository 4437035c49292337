"""Turns other people's lists into drafts. Empty until the first importer is written."""
