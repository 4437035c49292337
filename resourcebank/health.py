"""How a resource is doing, as one word: what the page says of it and what curators filter by. Plain Python, no database."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

CHECK_SOON_DAYS = 90
"""So many days before a text must be read anew, it is time to think of it."""
BROKEN_AFTER = 3
"""So many failures in a row make a link broken: one alone is a server that was restarted."""


class Health(StrEnum):
    """One state per resource. Where two fit, the one that asks for more comes first: withdrawn, broken link, overdue, check soon."""

    FRESH = "fresh"
    CHECK_SOON = "check_soon"
    OVERDUE = "overdue"
    BROKEN_LINK = "broken_link"
    WITHDRAWN = "withdrawn"


def health(*, published: bool, review_due_on: date | None, link_state: str, strikes: int, today: date) -> Health:
    """The state on a day. `link_state` and `strikes` are those of the check of the address it links to ("" and 0 without one).

    A text is overdue the day after it was due; it should be checked soon from `CHECK_SOON_DAYS` before until that day.
    """
    if not published:
        return Health.WITHDRAWN
    if link_state == "fails" and strikes >= BROKEN_AFTER:
        return Health.BROKEN_LINK
    if review_due_on is not None and review_due_on < today:
        return Health.OVERDUE
    if review_due_on is not None and review_due_on <= soon(today):
        return Health.CHECK_SOON
    return Health.FRESH


def soon(today: date) -> date:
    """The last due date that counts as soon."""
    return today + timedelta(days=CHECK_SOON_DAYS)
