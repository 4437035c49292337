"""What a curator publishes, changes or takes away is found, or not found, at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from resourcebank.catalogue import CATALOGUE, find, note_change
from resourcebank.models import Resource, User
from resourcebank.services.publication import retire
from search.changelog import head, record_change
from search.comparison import differences
from search.engines import configured
from search.indexing import catch_up, rebuild
from search.request import SearchRequest
from search.searching import search
from search.upkeep import Upkeep
from tests.factories import NOW, a_published, load_whole_framework, next_version, passed
from tests.search.conftest import PREFIX

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN = {"embedded": 1.0, "opensearch": 2.0}


@pytest.fixture(params=["embedded", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def answering(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, opensearch_url: str) -> Iterator[str]:
    """The engine that answers on a site with an empty bank, built and asked once."""
    name = str(request.param)
    address = opensearch_url if name == "opensearch" else ""
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path, "OPENSEARCH_URL": address, "PREFIX": f"{PREFIX}{tmp_path.name}-".lower()}
    load_whole_framework()
    engines = configured.engines(CATALOGUE.name)
    rebuild(CATALOGUE, engines)
    assert ids("stol") == []
    yield name
    for engine in engines:
        engine.drop(CATALOGUE.schema)


def ids(text: str) -> list[str]:
    return [hit.id for hit in search(CATALOGUE, SearchRequest(text=text)).hits]


def soon(what: Callable[[], bool], engine: str, since: float) -> None:
    """It becomes true within the seconds promised."""
    while not what():
        assert time.monotonic() - since < WITHIN[engine]
        time.sleep(0.02)
    assert search(CATALOGUE, SearchRequest()).engine == engine


def test_a_publication_a_new_version_and_a_retirement_are_visible_at_once(answering: str, alice: User, carl: User) -> None:
    start = time.monotonic()
    first = a_published(author=alice, approver=carl)
    soon(lambda: ids("stoler") == [str(first.resource.public_id)], answering, start)
    waiting = next_version(first, author=alice)
    assert ids("fem") == []  # a draft is nobody's business
    start = time.monotonic()
    second = passed(waiting, by=carl)
    soon(lambda: ids("fem") == [str(first.resource.public_id)], answering, start)
    start = time.monotonic()
    retire(second, by=carl, now=NOW, seen=second.version, reason="Lenken virker ikke.")
    soon(lambda: ids("stoler") == ids("") == [], answering, start)
    for engine in configured.engines(CATALOGUE.name):
        assert differences(CATALOGUE, engine) == {}


def test_what_is_found_is_shown_with_its_words_marked(answering: str, alice: User, carl: User) -> None:
    published = a_published(author=alice, approver=carl)
    found = find(SearchRequest(text="stol", facets=("word_pair", "needs")), language="nn")
    (card,) = found.cards
    assert (card.card.public_id, found.page.engine) == (str(published.resource.public_id), answering)
    assert [card.card.title[start:end] for start, end in card.title_spans] == ["stoler"]
    assert {word.lower() for start, end in card.summary_spans if (word := card.card.summary[start:end])} <= {"stol", "stoler", "stolar"}
    pair = next(facet for facet in found.facets if facet.name == "word_pair")
    assert [(value.value, value.count) for value in pair.values] == [("valg-og-tilfeldigheter", 1)]


def test_what_is_rolled_back_is_neither_noted_nor_indexed(answering: str, alice: User, carl: User) -> None:
    before = head(CATALOGUE.name)
    with transaction.atomic():
        a_published(author=alice, approver=carl)
        transaction.set_rollback(True)
    assert head(CATALOGUE.name) == before
    assert (ids("stoler"), Upkeep(CATALOGUE).tend()) == ([], 0)


def test_a_change_noted_twice_in_a_transaction_is_indexed_once_after_it(answering: str, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl)
    resource = Resource.objects.get()
    before = head(CATALOGUE.name)
    with transaction.atomic():
        note_change([resource])
        note_change([resource])
        assert [engine.position(CATALOGUE.schema) for engine in configured.engines(CATALOGUE.name)][-1] == before
    assert head(CATALOGUE.name) == before + 2
    assert [catch_up(CATALOGUE, engine) for engine in configured.engines(CATALOGUE.name)] == [0] * (1 + (answering == "opensearch"))


def test_numbers_of_changes_have_no_gaps() -> None:
    before = head("numbers")
    assert [record_change("numbers", ["a"]), record_change("numbers", ["b", "c", "b"]), record_change("numbers", [])] == [
        before + 1,
        before + 3,
        before + 3,
    ]
