"""Keeps uploaded files by their checksum. Empty until resources carry files."""
