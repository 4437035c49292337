"""Whole addresses, as they stand in an answer that is read somewhere else."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def address(name: str, *args: str | int, query: str = "") -> str:
    """The address of a named place of the site, with `query` behind it; a page's is in the active language."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}{f'?{query}' if query else ''}"
