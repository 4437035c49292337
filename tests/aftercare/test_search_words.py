"""Curators note what counsellors call a resource; then it is found by that, and its text stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from resourcebank.catalogue import CATALOGUE
from resourcebank.errors import Invalid, NotAllowed
from resourcebank.models import AuditEvent, Resource, SearchWords, User
from resourcebank.search_words import MAX_LENGTH, MAX_WORDS, tidy_words
from resourcebank.services.search_words import keep_search_words
from search.indexing import catch_up_soon
from search.request import SearchRequest
from search.searching import search
from tests.aftercare.conftest import Login
from tests.factories import NOW
from tests.starter_bank import index_in

pytestmark = pytest.mark.django_db
PAGE = "/nb/ressurs/stoler/sokeord/"


def score(text: str) -> float:
    """How well the only resource there is answers."""
    (hit,) = search(CATALOGUE, SearchRequest(text=text)).hits
    return hit.score or 0.0


def test_a_resource_answers_to_what_it_is_called_until_the_word_is_taken_away(tmp_path: Path, stoler: Resource, carl: User) -> None:
    with index_in(tmp_path):
        call_command("reindex", verbosity=0)
        before = score("valgvegring")  # it looks like words of the text
        assert keep_search_words(stoler, words={"nb": ["valgvegring"], "nn": ["valvegring"]}, by=carl, now=NOW)
        catch_up_soon(CATALOGUE)
        assert score("valgvegring") > 2 * before
        keep_search_words(stoler, words={}, by=carl, now=NOW)
        catch_up_soon(CATALOGUE)
        assert score("valgvegring") < 1.5 * before


def test_the_same_words_change_nothing(stoler: Resource, carl: User) -> None:
    assert keep_search_words(stoler, words={"nb": ["valgvegring"]}, by=carl, now=NOW)
    events = AuditEvent.objects.count()
    assert not keep_search_words(stoler, words={"nb": [" Valgvegring ", "valgvegring", ""][1:]}, by=carl, now=NOW)
    assert AuditEvent.objects.count() == events
    assert AuditEvent.objects.latest("id").action == "search_words"


def test_only_a_curator_keeps_them(stoler: Resource, client: Client, logged_in: Login, alice: User, rita: User, carl: User) -> None:
    with pytest.raises(NotAllowed):
        keep_search_words(stoler, words={"nb": ["valg"]}, by=rita, now=NOW)
    assert client.get(PAGE).status_code == 302
    for person in (alice, rita):
        assert logged_in(person).get(PAGE).status_code == 403
        assert logged_in(person).post(PAGE, {"nb": "valg"}).status_code == 403
        assert PAGE not in logged_in(person).get("/nb/ressurs/stoler/").content.decode()
    assert not SearchWords.objects.exists()
    assert PAGE in logged_in(carl).get("/nb/ressurs/stoler/").content.decode()


def test_a_curator_writes_them_on_the_page(stoler: Resource, logged_in: Login, carl: User) -> None:
    browser = logged_in(carl)
    answer = browser.post(PAGE, {"nb": "valgvegring\r\n\r\n  kan ikke   velge ", "nn": "valvegring", "en": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/nb/ressurs/stoler/")
    assert {row.language: row.lines for row in SearchWords.objects.all()} == {
        "nb": ("valgvegring", "kan ikke velge"),
        "nn": ("valvegring",),
    }
    assert "kan ikke velge" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("text", ["\n".join(f"ord {n}" for n in range(MAX_WORDS + 1)), "a" * (MAX_LENGTH + 1)])
def test_too_much_comes_back_as_it_was_typed(stoler: Resource, logged_in: Login, carl: User, text: str) -> None:
    answer = logged_in(carl).post(PAGE, {"nb": text, "nn": "valvegring"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'aria-describedby="nb-fault"' in page
    assert text in page
    assert "valvegring" in page
    assert not SearchWords.objects.exists()
    with pytest.raises(Invalid):
        keep_search_words(stoler, words={"nb": text.splitlines()}, by=carl, now=NOW)


def test_words_are_tidied_in_their_order() -> None:
    assert tidy_words([" b  c ", "a", "", "A", "b c"]) == ("b c", "a")
