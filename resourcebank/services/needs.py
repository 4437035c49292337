"""Keeping what people look for and do not find: counts per day, without a person, an address, a cookie or a time of day."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Case, CharField, Count, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from resourcebank.catalogue import Lacking
from resourcebank.errors import NotFound
from resourcebank.models import SearchNeed
from resourcebank.policies import Actor, require_curator

log = logging.getLogger(__name__)
KEPT = timedelta(days=90)
DAYS_BEFORE_SHOWN = 3
"""On so many different days a word that the bank does not know must have been looked for before it is kept as it was written."""
MOST_A_DAY = 5_000
"""So many different words and values are counted in a day; a flood of made-up ones fills no more."""
_SALT = "resourcebank.search-need"
_Row = tuple[date, str, str, str, int, int]


def note_need(lacking: Lacking, *, now: datetime, said: bool = False) -> None:
    """Count what a search found nothing for. `said`: somebody told us so, beyond having searched. At most two statements, and a third on
    the day a word becomes readable. Each stands by itself: a word that could not be shown now is shown the next time."""
    today = timezone.localdate(now)
    rows = list(_rows(lacking, today, said=said))
    if not rows:
        return
    _count(rows)
    _show(lacking.unknown)


def count_in_passing(lacking: Lacking, *, now: datetime) -> None:
    """Count what a search found nothing for while the search is answered: that must not fail because nobody can write now."""
    if not lacking:
        return
    try:
        note_need(lacking, now=now)
    except OperationalError as error:
        log.warning("a search without hits was not counted: %s", error)


def key_of(facet: str, word: str) -> str:
    """The keyed hash of a word ("" as facet) or of a chosen value: nobody without the site's key can tell words from it."""
    return salted_hmac(_SALT, f"{facet}\0{word}", algorithm="sha256").hexdigest()


def _rows(lacking: Lacking, today: date, *, said: bool) -> Iterator[_Row]:
    counts = (0, 1) if said else (1, 0)
    for word in lacking.known:
        yield today, key_of("", word), "", word, *counts
    for word in lacking.unknown:
        yield today, key_of("", word), "", "", *counts
    for facet, value in lacking.chosen:
        yield today, key_of(facet, value), facet, value, *counts


def _count(rows: Sequence[_Row]) -> None:
    """One statement that adds a row or counts it up: of two at the same moment none is lost. A day that is full takes no more."""
    table = connection.ops.quote_name(SearchNeed._meta.db_table)
    one = "(%s, %s, %s, %s, %s, %s)"
    asked = f"""
        INSERT INTO {table} (day, key, facet, word, count, said, hidden)
        SELECT column1, column2, column3, column4, column5, column6, %s
        FROM (VALUES {", ".join([one] * len(rows))}) AS added
        WHERE (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s
        ON CONFLICT (day, key) DO UPDATE SET count = {table}.count + excluded.count, said = {table}.said + excluded.said
    """  # noqa: S608  the table's name is ours
    values: list[Any] = [part for day, *rest in rows for part in (connection.ops.adapt_datefield_value(day), *rest)]
    with connection.cursor() as cursor:
        cursor.execute(asked, [False, *values, connection.ops.adapt_datefield_value(rows[0][0]), MOST_A_DAY])


def _show(unknown: Sequence[str]) -> None:
    """Write down the words that were looked for on enough different days."""
    words = {key_of("", word): word for word in unknown}
    if not words:
        return
    rows = SearchNeed.objects.filter(key__in=words).values("key")
    found = rows.annotate(days=Count("day"), blank=Count("day", filter=Q(word="")))
    shown = [row["key"] for row in found if row["blank"] and row["days"] >= DAYS_BEFORE_SHOWN]
    if shown:
        cases = [When(key=key, then=Value(words[key])) for key in shown]
        SearchNeed.objects.filter(key__in=shown).update(word=Case(*cases, output_field=CharField()))


def forget_needs(now: datetime) -> int:
    """Delete what is older than 90 days, hashes too; gives how many rows."""
    gone, _each = SearchNeed.objects.filter(day__lt=timezone.localdate(now) - KEPT).delete()
    return gone


@transaction.atomic
def hide_need(keys: Iterable[str], *, by: Actor) -> None:
    """Take a word, in all its forms, away from what everybody sees, for as long as it is kept. Raises LoginNeeded, NotAllowed, NotFound."""
    require_curator(by)
    if not SearchNeed.objects.filter(key__in=list(keys)).exclude(word="").update(hidden=True):
        raise NotFound
