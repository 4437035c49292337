"""The searches a person keeps, and what of their hits is new to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resourcebank.errors import LoginNeeded, NotFound
from resourcebank.models import Resource, SavedSearch, StoredHit, User
from resourcebank.policies import Actor
from resourcebank.selectors.cards import Card, published_cards, valid_ids


def saved_searches(user: Actor) -> Sequence[SavedSearch]:
    """A person's own, by name, each with its stored query: one statement. Raises LoginNeeded."""
    if not isinstance(user, User):
        raise LoginNeeded
    return list(SavedSearch.objects.filter(user=user).select_related("stored"))


def own_saved_search(user: Actor, saved_id: int) -> SavedSearch:
    """One of a person's own. Raises LoginNeeded, NotFound (also for somebody else's)."""
    if not isinstance(user, User):
        raise LoginNeeded
    found = SavedSearch.objects.filter(user=user, pk=saved_id).select_related("stored").first()
    if found is None:
        raise NotFound
    return found


def published_keys(public_ids: Iterable[str]) -> list[int]:
    """The keys of the published among the resources: one statement."""
    return list(Resource.objects.filter(public_id__in=valid_ids(public_ids), published__isnull=False).values_list("pk", flat=True))


def new_to(saved: SavedSearch, *, language: str, most: int) -> tuple[list[Card], int]:
    """The published resources that the search has found since the person was last told, the newest first, at most `most` as cards; and
    how many there are."""
    rows = StoredHit.objects.filter(stored=saved.stored_id, found_at__gt=saved.told_until, resource__published__isnull=False)
    ids = [str(each) for each in rows.order_by("-found_at", "-resource_id").values_list("resource__public_id", flat=True)]
    return published_cards(ids[:most], language), len(ids)
