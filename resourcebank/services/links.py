"""Looking at the links of what is published, one address at a time, again and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery

from resourcebank.foreign.describe import Health, check
from resourcebank.models import LinkCheck, PublishedLink

STRIKES = 3
"""A link that fails this often in a row is broken; a site may be down for a night."""
AGAIN = {"works": timedelta(days=14), "moved": timedelta(days=30), "fails": timedelta(days=7), "unknown": timedelta(days=7)}
AGAIN_AFTER_A_STRIKE = timedelta(days=1)
PAUSE = 1.0
"""Seconds between two looks at the same site."""

Look = Callable[[str], Health]


def check_due_links(
    now: datetime, *, limit: int = 50, older_than: timedelta | None = None, look: Look = check, pause: float = PAUSE
) -> int:
    """Look at the addresses that are due, the longest waiting first, and give how many. `older_than` replaces the intervals.

    No transaction is open while we wait for others.
    """
    last_look: dict[str, float] = {}
    due = due_links(now, older_than=older_than, limit=limit)
    for address in due:
        host = urlsplit(address).hostname or ""
        wait = last_look.get(host, 0.0) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        health = look(address)
        last_look[host] = time.monotonic()
        keep_health(address, health=health, now=now)
    return len(due)


def due_links(now: datetime, *, older_than: timedelta | None = None, limit: int | None = None) -> list[str]:
    """The addresses of published texts that are to be looked at: those never seen first, then by how long ago. One statement."""
    known = LinkCheck.objects.filter(address=OuterRef("address"))
    waiting = PublishedLink.objects.filter(~Exists(known.filter(_rests(now, older_than)))).annotate(
        seen=Subquery(known.values("checked_at"))
    )
    rows = waiting.order_by(F("seen").asc(nulls_first=True), "address").values_list("address", "seen").distinct()
    return [address for address, _seen in rows[:limit]]


def _rests(now: datetime, older_than: timedelta | None) -> Q:
    """What was looked at so lately that it is not looked at now."""
    if older_than is not None:
        return Q(checked_at__gt=now - older_than)
    struck = Q(strikes__gt=0, strikes__lt=STRIKES)
    rests = struck & Q(checked_at__gt=now - AGAIN_AFTER_A_STRIKE)
    for state, again in AGAIN.items():
        rests |= ~struck & Q(state=state, checked_at__gt=now - again)
    return rests


@transaction.atomic
def keep_health(address: str, *, health: Health, now: datetime) -> LinkCheck | None:
    """Write down how a link was. A failure is a strike, and three in a row make it broken; whatever else is seen clears them.

    None when no published text leads there any more: it may have gone while we looked.
    """
    if not PublishedLink.objects.filter(address=address).exists():
        return None
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
