"""What the public and the search index must be told of, written in the transaction that makes it true."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db.models import F

from resourcebank.catalogue import note_change
from resourcebank.models import PublicChange, PublicHead, Resource

_HEAD = 1


def tell_public(resource: Resource, *, kind: Literal["published", "changed", "retired"], now: datetime) -> PublicChange:
    """Number a public change and note it for the index.

    The number is taken by updating one row, so whoever reads number n can already read every smaller one, and none is left out.
    """
    PublicHead.objects.get_or_create(pk=_HEAD)
    PublicHead.objects.filter(pk=_HEAD).update(sequence=F("sequence") + 1)
    sequence = PublicHead.objects.values_list("sequence", flat=True).get(pk=_HEAD)
    change = PublicChange.objects.create(sequence=sequence, resource=resource, kind=kind, at=now)
    note_change([resource])
    return change
