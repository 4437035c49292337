"""Searches people keep: kept once however many keep them, run once a round, and told of by mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from urllib.parse import parse_qsl

from django.db import transaction
from django.utils.translation import gettext as _

from resourcebank.catalogue import asks_for_something, canonical, every_hit, read_again
from resourcebank.errors import Invalid, LoginNeeded, Problem
from resourcebank.models import SavedSearch, StoredHit, StoredQuery, User
from resourcebank.models.searches import FREQUENCIES
from resourcebank.policies import Actor
from resourcebank.selectors.saved_searches import new_to, own_saved_search, published_keys
from resourcebank.services import outbox
from resourcebank.services.outbox import language_of, next_daily
from resourcebank.services.saved_words import new_hits
from search.errors import SearchDown
from search.request import SearchRequest

LONGEST_NAME = 80
MOST_SAVED = 50
MOST_LISTED = 20
"""So many new resources are named in one mail."""
MOST_A_ROUND = 200
_BATCH = 500
_MONDAY = 0


def keep_search(request: SearchRequest, *, name: str, frequency: str, by: Actor, now: datetime) -> SavedSearch:
    """Keep a search for a person; the same search once more only changes its name and frequency. What it finds now counts as seen.
    Raises LoginNeeded, Invalid."""
    if not isinstance(by, User):
        raise LoginNeeded
    called, query = _checked(name, frequency), canonical(request).to_query()
    if not asks_for_something(request):
        raise Invalid(problems=(Problem("", "required", _("Velg noe å søke etter før du lagrer søket.")),))
    found = hits_of(query)
    with transaction.atomic():
        stored = _stored(query, now=now)
        if SavedSearch.objects.filter(user=by).exclude(stored=stored).count() >= MOST_SAVED:
            message = _("Du har %(most)d lagrede søk. Slett ett før du lagrer et nytt.") % {"most": MOST_SAVED}
            raise Invalid(problems=(Problem("", "too-many", message),))
        note_hits(stored, found, now=now)
        values = {"name": called, "frequency": frequency, "told_until": now, "next_at": next_round(frequency, now)}
        return SavedSearch.objects.update_or_create(user=by, stored=stored, defaults=values)[0]


def change_search(saved_id: int, *, name: str, frequency: str, by: Actor, now: datetime) -> SavedSearch:
    """Give a kept search another name or frequency. Who begins to get mails hears of what comes from now on. Raises LoginNeeded, NotFound,
    Invalid."""
    saved = own_saved_search(by, saved_id)
    called = _checked(name, frequency)
    begins = saved.frequency == "never" != frequency
    found = hits_of(saved.stored.query) if begins else None
    with transaction.atomic():
        if begins:
            note_hits(saved.stored, found, now=now)
            saved.told_until = now
        if frequency != saved.frequency:
            saved.frequency, saved.next_at = frequency, next_round(frequency, now)
        saved.name = called
        saved.save(update_fields=["name", "frequency", "told_until", "next_at"])
    return saved


@transaction.atomic
def remove_search(saved_id: int, *, by: Actor) -> None:
    """Take a kept search away; the query goes too when nobody else keeps it. Raises LoginNeeded, NotFound."""
    own_saved_search(by, saved_id).delete()
    forget_unkept()


def forget_unkept() -> int:
    """Delete the queries nobody keeps any more: the words are somebody's. Part of the caller's transaction; gives how many."""
    unkept = list(StoredQuery.objects.filter(saved__isnull=True).values_list("pk", flat=True))
    StoredQuery.objects.filter(pk__in=unkept).delete()
    return len(unkept)


def next_round(frequency: str, now: datetime) -> datetime | None:
    """When the person is told next: the next morning, the morning of the next Monday, or never."""
    if frequency == "never":
        return None
    morning = next_daily(now)
    return morning if frequency == "daily" else morning + timedelta(days=(_MONDAY - morning.weekday()) % 7)


def _checked(name: str, frequency: str) -> str:
    called = " ".join(name.split())
    problems = []
    if not called:
        problems.append(Problem("name", "required", _("Gi søket et navn, så du kjenner det igjen.")))
    if len(called) > LONGEST_NAME:
        problems.append(Problem("name", "too-long", _("Navnet er for langt. Skriv høyst %(most)d tegn.") % {"most": LONGEST_NAME}))
    if frequency not in FREQUENCIES:
        problems.append(Problem("frequency", "required", _("Velg hvor ofte du vil ha e-post.")))
    if problems:
        raise Invalid(problems=tuple(problems))
    return called


def _stored(query: str, *, now: datetime) -> StoredQuery:
    key = sha256(query.encode()).hexdigest()
    return StoredQuery.objects.get_or_create(key=key, defaults={"query": query, "created_at": now})[0]


def hits_of(query: str) -> list[str] | None:
    """The public ids a stored query finds now; None when it cannot be run: no engine answers, or a filter in it is gone from the bank."""
    request = read_again(parse_qsl(query))
    try:
        return None if request is None else list(every_hit(request))
    except SearchDown:
        return None


def note_hits(stored: StoredQuery, found: Sequence[str] | None, *, now: datetime) -> None:
    """Note what is found for the first time, as part of the caller's transaction. The first look only notes what is there already, from
    the moment the query was kept."""
    if found is None:
        return
    known = set(StoredHit.objects.filter(stored=stored).values_list("resource_id", flat=True))
    found_at = now if stored.looked_at else stored.created_at
    fresh = [StoredHit(stored=stored, resource_id=key, found_at=found_at) for key in _keys(found) if key not in known]
    StoredHit.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=_BATCH)
    StoredQuery.objects.filter(pk=stored.pk).update(looked_at=now)


def _keys(public_ids: Sequence[str]) -> Iterator[int]:
    for start in range(0, len(public_ids), _BATCH):
        yield from published_keys(public_ids[start : start + _BATCH])


def tell_of_new_hits(now: datetime) -> int:
    """Tell everybody whose time has come what is new in the searches they keep; gives how many mails were written. A query is run once,
    however many wait for it; one that cannot be run now is tried again at the next round."""
    due = SavedSearch.objects.filter(next_at__lte=now).order_by("next_at")[:MOST_A_ROUND]
    queries = {saved.stored_id: saved.stored for saved in due.select_related("stored")}
    return sum(_tell_of(stored, now=now) for stored in queries.values())


def _tell_of(stored: StoredQuery, *, now: datetime) -> int:
    found = hits_of(stored.query)
    if found is None:
        return 0
    with transaction.atomic():
        note_hits(stored, found, now=now)
        waiting = SavedSearch.objects.filter(stored=stored, next_at__lte=now).select_related("user", "stored")
        return sum(_tell(saved, now=now) for saved in waiting)


def _tell(saved: SavedSearch, *, now: datetime) -> bool:
    """One person's mail. Of two workers one gets the turn."""
    turn = SavedSearch.objects.filter(pk=saved.pk, next_at=saved.next_at, told_until=saved.told_until)
    if turn.update(told_until=now, next_at=next_round(saved.frequency, now)) != 1:
        return False
    cards, every = new_to(saved, language=language_of(saved.user), most=MOST_LISTED)
    if not cards:
        return False
    letter = partial(new_hits, saved.name, saved.stored.query, cards, more=every - len(cards))
    return outbox.write(saved.user, kind=f"saved.{saved.pk}", letter=letter, now=now) is not None
