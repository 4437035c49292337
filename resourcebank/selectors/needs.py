"""What people look for and do not find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from resourcebank.models import SearchNeed


@dataclass(frozen=True, slots=True)
class Need:
    """A word, or the value of a filter (`facet` names it): `count` searches found nothing with it, `said` people told us so."""

    key: str
    facet: str
    word: str
    count: int
    said: int


def needs() -> Iterator[Need]:
    """Everything of the last 90 days that may be read: one statement. What a curator took away on any day stays away."""
    rows = SearchNeed.objects.exclude(word="").values("key", "facet", "word")
    summed = rows.annotate(count=Sum("count"), said=Sum("said"), hides=Count("pk", filter=Q(hidden=True)))
    return (Need(row["key"], row["facet"], row["word"], row["count"], row["said"]) for row in summed if not row["hides"])
