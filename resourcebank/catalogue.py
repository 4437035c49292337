"""What of the bank is searchable, declared once."""

from __future__ import annotations

from collections.abc import Iterable

from resourcebank.models import Resource
from search.changelog import record_change

INDEX_NAME = "resources"


def note_change(resources: Iterable[Resource]) -> None:
    """Note in the caller's transaction that what readers see of these resources changed."""
    record_change(INDEX_NAME, [str(resource.public_id) for resource in resources])
