"""Writing and reading the log of what must be indexed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from search.models import EnginePosition, IndexChange, IndexHead


def record_change(index_name: str, document_ids: Iterable[str]) -> int:
    """Note that documents changed, in the caller's transaction; gives the newest number.

    Numbers are taken by updating one row, so a number is visible only after every smaller one.
    """
    ids = list(dict.fromkeys(document_ids))
    with transaction.atomic():
        IndexHead.objects.get_or_create(index=index_name)
        IndexHead.objects.filter(index=index_name).update(sequence=F("sequence") + len(ids))
        newest = IndexHead.objects.values_list("sequence", flat=True).get(index=index_name)
        first = newest - len(ids) + 1
        IndexChange.objects.bulk_create(
            [IndexChange(index=index_name, sequence=first + n, document_id=document_id) for n, document_id in enumerate(ids)]
        )
    return newest


def head(index_name: str) -> int:
    """The newest number of the log, 0 when nothing was ever noted."""
    return IndexHead.objects.filter(index=index_name).values_list("sequence", flat=True).first() or 0


def changes_after(index_name: str, sequence: int, *, limit: int) -> tuple[dict[str, int], int]:
    """The documents changed after a number, each with its newest number, and the last number read."""
    rows = list(
        IndexChange.objects.filter(index=index_name, sequence__gt=sequence)
        .order_by("sequence")
        .values_list("document_id", "sequence")[:limit]
    )
    return dict(rows), rows[-1][1] if rows else sequence


def is_behind(index_name: str, generation: str, *, seconds: float) -> bool:
    """Does a generation kept outside this host lack a change that is older than that? One statement."""
    kept = EnginePosition.objects.filter(index=OuterRef("index"), generation=generation).values("sequence")
    old = IndexChange.objects.filter(index=index_name, at__lt=now() - timedelta(seconds=seconds))
    return old.filter(sequence__gt=Coalesce(Subquery(kept), 0)).exists()
