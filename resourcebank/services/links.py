"""Looking at the links of what is published, one address at a time, again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from resourcebank.content import contents_of
from resourcebank.findings.links import links_of
from resourcebank.foreign.describe import Health, check
from resourcebank.models import LinkCheck, Revision

STRIKES = 3
"""A link that fails this often in a row is broken; a site may be down for a night."""
AGAIN = {"works": timedelta(days=14), "moved": timedelta(days=30), "fails": timedelta(days=7), "unknown": timedelta(days=7)}
AGAIN_AFTER_A_STRIKE = timedelta(days=1)
PAUSE = 1.0
"""Seconds between two looks at the same site."""
_AT_A_TIME = 200

Look = Callable[[str], Health]


def check_due_links(
    now: datetime, *, limit: int = 50, older_than: timedelta | None = None, look: Look = check, pause: float = PAUSE
) -> int:
    """Look at the addresses that are due, the longest waiting first, and give how many. `older_than` replaces the intervals.

    No transaction is open while we wait for others.
    """
    last_look: dict[str, float] = {}
    due = due_links(now, older_than=older_than)[:limit]
    for address in due:
        host = urlsplit(address).hostname or ""
        wait = last_look.get(host, 0.0) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        health = look(address)
        last_look[host] = time.monotonic()
        keep_health(address, health=health, now=now)
    return len(due)


def due_links(now: datetime, *, older_than: timedelta | None = None) -> list[str]:
    """The addresses of published texts that are to be looked at: those never seen first, then by how long ago."""
    known = {row.address: row for row in LinkCheck.objects.all()}
    due = {address for address in published_links() if _is_due(known.get(address), now, older_than)}
    return sorted(due, key=lambda address: (_seen(known.get(address)), address))


def published_links() -> Iterator[str]:
    """Every address that a published text leads to; some more than once."""
    public = list(Revision.objects.filter(published_resource__isnull=False).select_related("kind", "licence").order_by("pk"))
    for start in range(0, len(public), _AT_A_TIME):
        for content in contents_of(public[start : start + _AT_A_TIME]).values():
            yield from links_of(content)


def _seen(row: LinkCheck | None) -> float:
    return row.checked_at.timestamp() if row and row.checked_at else 0.0


def _is_due(row: LinkCheck | None, now: datetime, older_than: timedelta | None) -> bool:
    if row is None or row.checked_at is None:
        return True
    again = AGAIN_AFTER_A_STRIKE if 0 < row.strikes < STRIKES else AGAIN[row.state]
    return row.checked_at <= now - (again if older_than is None else older_than)


@transaction.atomic
def keep_health(address: str, *, health: Health, now: datetime) -> LinkCheck:
    """Write down how a link was. A failure is a strike, and three in a row make it broken; whatever else is seen clears them."""
    row, _new = LinkCheck.objects.get_or_create(address=address)
    row.checked_at = now
    row.detail = health.detail[:200]
    if health.state == "fails":
        row.strikes = min(row.strikes + 1, 1_000)
        row.state = "fails" if row.strikes >= STRIKES else row.state
    elif health.state == "unknown":
        row.state = row.state if row.strikes < STRIKES else "unknown"
        row.strikes = 0
    else:
        row.strikes = 0
        row.state = health.state
        row.worked_at = now
    row.save()
    return row
