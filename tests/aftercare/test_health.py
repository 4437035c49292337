"""One state per resource, the same in plain Python, in the database and on the page."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.test import Client

from resourcebank.health import CHECK_SOON_DAYS, Health, health
from resourcebank.models import LinkCheck, Resource, User
from resourcebank.selectors.aftercare import in_health
from resourcebank.services.publication import retire
from tests.factories import NOW, a_draft, a_published, whole_content

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


def state(**changes: object) -> Health:
    known = {"published": True, "review_due_on": TODAY + timedelta(days=365), "link_state": "", "strikes": 0}
    return health(**known | changes, today=TODAY)  # type: ignore[arg-type]  # the four facts above


@pytest.mark.parametrize(("days", "said"), [
    (CHECK_SOON_DAYS + 1, Health.FRESH), (CHECK_SOON_DAYS, Health.CHECK_SOON), (0, Health.CHECK_SOON), (-1, Health.OVERDUE),
])  # fmt: skip
def test_a_text_is_due_on_its_day_and_overdue_the_day_after(days: int, said: Health) -> None:
    assert state(review_due_on=TODAY + timedelta(days=days)) == said


def test_a_link_is_broken_at_its_third_strike() -> None:
    assert [state(link_state="fails", strikes=strikes) for strikes in (1, 2, 3)] == [Health.FRESH, Health.FRESH, Health.BROKEN_LINK]
    assert state(link_state="works", strikes=3) == Health.FRESH


def test_what_asks_for_most_comes_first() -> None:
    overdue = {"review_due_on": TODAY - timedelta(days=1)}
    broken = {"link_state": "fails", "strikes": 5}
    assert state(**overdue) == Health.OVERDUE
    assert state(**overdue, **broken) == Health.BROKEN_LINK
    assert state(**overdue, **broken, published=False) == Health.WITHDRAWN
    assert state(review_due_on=None) == Health.FRESH


def test_the_database_says_the_same_of_every_kind_of_resource(alice: User, carl: User) -> None:
    dues = [None, *(TODAY + timedelta(days=days) for days in (-400, -1, 0, 1, CHECK_SOON_DAYS, CHECK_SOON_DAYS + 1))]
    checks = [("", 0), ("works", 0), ("fails", 2), ("fails", 3)]
    expected = {}
    for number, (due, (link, strikes)) in enumerate(product(dues, checks)):
        address = f"https://example.org/{number}"
        public = a_published(author=alice, approver=carl, content=whole_content(source_url=address))
        Resource.objects.filter(pk=public.resource_id).update(review_due_on=due)
        if link:
            LinkCheck.objects.create(address=address, state=link, strikes=strikes)
        expected[public.resource_id] = health(published=True, review_due_on=due, link_state=link, strikes=strikes, today=TODAY)
    gone = a_published(author=alice, approver=carl)
    retire(gone, by=carl, now=NOW, seen=gone.version, reason="Foreldet.")
    expected[gone.resource_id] = Health.WITHDRAWN
    draft = a_draft(by=alice)
    said = {key: each for each in Health for key in in_health(each, today=TODAY).values_list("pk", flat=True)}
    assert said == expected
    assert draft.resource_id not in said
    assert sum(in_health(each, today=TODAY).count() for each in Health) == len(expected)
    assert set(expected.values()) == set(Health)


@pytest.mark.parametrize(("due", "strikes", "said"), [
    (date(2020, 1, 1), 0, "Ressursen skulle vært lest på nytt."),
    (None, 3, "Lenken til ressursen virket ikke sist vi prøvde."),
])  # fmt: skip
def test_the_page_says_it_in_words(due: date | None, strikes: int, said: str, client: Client, alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl, slug="stoler", content=whole_content(source_url="https://example.org/ark"))
    assert 'class="state"' not in client.get("/nb/ressurs/stoler/").content.decode()
    Resource.objects.filter(pk=public.resource_id).update(review_due_on=due)
    LinkCheck.objects.create(address="https://example.org/ark", state="fails", strikes=strikes)
    assert said in client.get("/nb/ressurs/stoler/").content.decode()
