"""Synonyms of the site: who may change them, what a change shows before it is kept, and when it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from resourcebank.catalogue import find, forget_synonyms, synonyms_of
from resourcebank.catalogue.synonyms import rows_now
from resourcebank.errors import Invalid, NotAllowed, NotOneWord, SynonymNeedless, SynonymOfItself, SynonymTaken
from resourcebank.models import Synonym, SynonymChange, User
from resourcebank.services.synonyms import add_synonym, change_synonym, remove_synonym
from search.request import SearchRequest
from tests.accounts.conftest import Enter, with_factor
from tests.factories import NOW, a_published, whole_content, whole_form
from tests.starter_bank import index_in

pytestmark = pytest.mark.django_db
ADD = "/admin/resourcebank/synonym/add/"
PREVIEW = "/admin/resourcebank/synonym/preview/"
Committing = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    forget_synonyms()
    yield
    forget_synonyms()


@pytest.fixture
def admin(enter: Enter, adam: User) -> Client:
    """The browser of an administrator with a second factor."""
    return enter(with_factor(adam))


@pytest.fixture
def bank(framework: None, alice: User, carl: User, tmp_path: Path) -> Iterator[None]:
    """Two published resources with an index of their own."""
    with index_in(tmp_path):
        for title in ("Fire krakker", "Kompasset mitt"):
            content = whole_content(forms=(whole_form("nb", title=title, summary=title), whole_form("nn", title=title, summary=title)))
            a_published(author=alice, approver=carl, content=content)
        call_command("reindex", verbosity=0)
        yield


def found(text: str) -> set[str]:
    """The titles a search finds now."""
    return {hit.card.title for hit in find(SearchRequest(text=text), language="nb").cards}


def add(by: User, word: str = "pekepinn", other: str = "kompass", *, both_ways: bool = True, off: bool = False) -> Synonym:
    return add_synonym(word=word, other=other, both_ways=both_ways, off=off, by=by, now=NOW)


def test_a_synonym_counts_from_the_next_search_and_no_longer_once_removed(
    bank: None, adam: User, django_capture_on_commit_callbacks: Committing
) -> None:
    assert "Kompasset mitt" not in found("pekepinner")
    with django_capture_on_commit_callbacks(execute=True):
        row = add(adam, "Pekepinnen ", "KOMPASSET")
    assert (row.word, row.other) == ("pekepinnen", "kompasset")
    assert found("pekepinner") == {"Kompasset mitt"}
    with django_capture_on_commit_callbacks(execute=True):
        change_synonym(row, word="pekepinn", other="krakk", both_ways=False, off=False, by=adam, now=NOW)
    assert found("pekepinn") == {"Fire krakker"}
    with django_capture_on_commit_callbacks(execute=True):
        remove_synonym(row, by=adam, now=NOW)
    assert "Fire krakker" not in found("pekepinn")


def test_another_process_sees_a_change_by_its_version(bank: None, adam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Kompasset mitt" not in found("pekepinn")
    add(adam)
    assert "Kompasset mitt" not in found("pekepinn"), "the version is not asked for at every search"
    monkeypatch.setattr("resourcebank.catalogue.synonyms._ASKED_EVERY", 0.0)
    forget_synonyms()
    assert found("pekepinn") == {"Kompasset mitt"}
    Synonym.objects.all().delete()
    assert found("pekepinn") == {"Kompasset mitt"}, "rows are read only when the version has changed"
    SynonymChange.objects.create(at=NOW, actor=adam, action="removed", word="pekepinn", other="kompass", both_ways=True, off=False)
    assert "Kompasset mitt" not in found("pekepinn")


def test_a_pair_of_the_files_is_switched_off(adam: User) -> None:
    assert any(synonym.word == "tilfeldighet" for synonym in synonyms_of("flaks", rows_now()))
    add(adam, "flaks", "tilfeldighet", off=True)
    assert not any(synonym.word == "tilfeldighet" for synonym in synonyms_of("flaks", rows_now()))


@pytest.mark.parametrize(
    ("word", "other", "off", "refusal"),
    [
        ("to ord", "kompass", False, NotOneWord),
        ("", "kompass", False, NotOneWord),
        ("!", "kompass", False, NotOneWord),
        ("kompass", "Kompasset", False, SynonymOfItself),
        ("kompass", "kompass", False, SynonymOfItself),
        ("veileder", "rettleiar", False, SynonymOfItself),
        ("karriereknapp", "ordpar", False, SynonymNeedless),
        ("pekepinn", "kompass", True, SynonymNeedless),
    ],
)
def test_a_row_that_says_nothing_is_refused(adam: User, word: str, other: str, off: bool, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        add(adam, word, other, off=off)
    assert not SynonymChange.objects.exists()


def test_the_same_pair_is_kept_once_whichever_way_it_points(adam: User) -> None:
    add(adam, "pekepinn", "kompass")
    for word, other, both_ways in (("pekepinn", "kompass", True), ("kompass", "pekepinn", True), ("kompass", "pekepinn", False)):
        with pytest.raises(SynonymTaken):
            add(adam, word, other, both_ways=both_ways)
    add(adam, "retning", "kompass", both_ways=False)
    add(adam, "kompass", "retning", both_ways=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(word="pekepinn", other="kompass")


def test_a_circle_of_rows_finds_one_step_and_ends(bank: None, adam: User, django_capture_on_commit_callbacks: Committing) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for word, other in (("pekepinn", "kompass"), ("kompass", "krakk"), ("krakk", "pekepinn")):
            add(adam, word, other, both_ways=False)
    assert found("pekepinn") == {"Kompasset mitt"}


def test_only_administrators_change_synonyms_and_every_change_is_written_down(adam: User, carl: User) -> None:
    row = add(adam)
    for deed in (
        lambda: add(carl, "retning", "kompass"),
        lambda: change_synonym(row, word="retning", other="kompass", both_ways=True, off=False, by=carl, now=NOW),
        lambda: remove_synonym(row, by=carl, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            deed()
    change_synonym(row, word="pekepinn", other="krakk", both_ways=False, off=False, by=adam, now=NOW)
    remove_synonym(row, by=adam, now=NOW)
    written = SynonymChange.objects.values_list("actor__name", "action", "other", "both_ways")
    assert list(written) == [("Adam", "added", "kompass", True), ("Adam", "changed", "krakk", False), ("Adam", "removed", "krakk", False)]


def test_what_a_row_changes_is_shown_before_it_is_kept(bank: None, admin: Client) -> None:
    form = admin.get(ADD).content.decode()
    assert f'formaction="{PREVIEW}"' in form
    assert 'name="_save"' not in form
    answer = admin.post(PREVIEW, {"word": "pekepinn", "other": "kompass", "text": "krakk pekepinn"}).content.decode()
    assert "pekepinn → kompass" in answer
    assert "Kompasset mitt" in answer
    assert "krakk pekepinn" in answer
    assert 'name="_save"' in answer
    assert not Synonym.objects.exists()
    assert admin.post(ADD, {"word": "pekepinn", "other": "kompass", "_save": "Lagre"}).status_code == 302
    assert str(Synonym.objects.get()) == "pekepinn → kompass"


def test_what_follows_from_other_rows_is_said(bank: None, admin: Client, adam: User) -> None:
    add(adam, "kompass", "himmelretning")
    answer = admin.post(PREVIEW, {"word": "pekepinn", "other": "kompass"}).content.decode()
    assert "«kompass» finner også himmelretning." in answer
    for other in ("nisse", "troll", "hulder", "alv", "dverg", "jutul", "drage", "trollmann", "tusse", "vette"):
        add(adam, "flaks", other)
    answer = admin.post(PREVIEW, {"word": "flaks", "other": "draug", "both_ways": "on"}).content.decode()
    assert "Et ord har høyst ti synonymer." in answer


def test_a_row_that_cannot_be_kept_is_shown_with_the_reason(bank: None, admin: Client) -> None:
    answer = admin.post(PREVIEW, {"word": "kompass", "other": "kompasset"})
    assert "er former av samme ord" in answer.content.decode()
    assert 'value="kompasset"' in answer.content.decode()


def test_a_row_is_changed_and_removed(bank: None, admin: Client, adam: User) -> None:
    row = add(adam)
    page = f"/admin/resourcebank/synonym/{row.pk}/"
    assert f'formaction="{page}preview/"' in admin.get(f"{page}change/").content.decode()
    answer = admin.post(f"{page}preview/", {"word": "pekepinn", "other": "krakk"}).content.decode()
    assert f'action="{page}change/"' in answer
    assert admin.post(f"{page}change/", {"word": "pekepinn", "other": "krakk", "_save": "1"}).status_code == 302
    assert str(Synonym.objects.get()) == "pekepinn → krakk"
    assert admin.post(f"{page}delete/", {"post": "yes"}).status_code == 302
    assert not Synonym.objects.exists()
    assert SynonymChange.objects.count() == 3


def test_while_search_is_down_a_row_can_still_be_kept(admin: Client, tmp_path: Path) -> None:
    with index_in(tmp_path / "none"):
        answer = admin.post(PREVIEW, {"word": "pekepinn", "other": "kompass"}).content.decode()
    assert "Søket er nede" in answer
    assert 'name="_save"' in answer


def test_the_preview_is_only_for_a_form_that_was_sent(admin: Client, client: Client) -> None:
    assert admin.get(PREVIEW).status_code == 403
    assert admin.post("/admin/resourcebank/synonym/999/preview/", {}).status_code == 403
    assert client.post(PREVIEW, {"word": "a", "other": "b"}).status_code == 302
