"""What is handed out, said in a film or written in a file is found, and the hit says where."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from media.errors import Kind
from media.shelf import keep_file
from resourcebank.catalogue import CATALOGUE, forget_labels, forget_synonyms
from resourcebank.catalogue.synonyms import synonym_rows
from resourcebank.content import ContentFile
from resourcebank.models import Revision, User
from search.request import SearchRequest
from search.searching import search
from tests.factories import a_published, next_version, passed, whole_content, whole_form
from tests.media.made_files import docx, mp4, pdf
from tests.starter_bank import index_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
SAID = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nVel ei fjelltopp & set deg.\n"


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, framework: None) -> Iterator[None]:
    """A shelf and an index of its own."""
    forget_labels()
    with override_settings(MEDIA_ROOT=tmp_path / "media"), index_in(tmp_path / "index"):
        call_command("reindex", verbosity=0)
        yield
    forget_labels()


def kept(data: bytes, kind: Kind) -> str:
    return keep_file(io.BytesIO(data), kind=kind).sha256


def a_resource(**changes: Any) -> Any:
    """One with a sheet, a transcript, captions in nynorsk and two documents, one of them without a language."""
    sheet, transcript = "**Arket**\n\n1. Finn en badering.", "Vi ser en seilbåt."
    return whole_content(
        forms=(whole_form("nb", participant_sheet=sheet, transcript=transcript), whole_form("nn", transcript="Vi ser ein blå stol.")),
        files=(
            ContentFile(sha256=kept(pdf("En tidskapsel for uka"), "document"), role="worksheet", language="nb", caption={"nb": "Plan"}),
            ContentFile(sha256=kept(docx("Ta med matpakke."), "document"), role="worksheet", caption={"nb": "Liste"}),
            ContentFile(sha256=kept(mp4(), "film"), role="film"),
            ContentFile(sha256=kept(SAID, "captions"), role="captions", language="nn"),
        ),
        **changes,
    )


@pytest.fixture
def published(alice: User, carl: User) -> Revision:
    """The resource, public, in an index with another that has none of it."""
    found = a_published(author=alice, approver=carl, content=a_resource(), slug="stoler")
    a_published(author=alice, approver=carl, slug="annet")
    call_command("reindex", verbosity=0)
    return found


@pytest.fixture
def client() -> Client:
    """A reader who is not logged in."""
    return Client(SERVER_NAME="localhost")


def warm(client: Client, address: str) -> None:
    """Ask once for what is remembered: names for as long as they hold, synonyms for two seconds from now."""
    client.get(address)
    forget_synonyms()
    synonym_rows()


def ids(text: str) -> list[str]:
    return [hit.id for hit in search(CATALOGUE, SearchRequest(text=text)).hits]


WORDS = ["badering", "seilbåt", "tidskapsel", "matpakke", "fjelltopp"]


@pytest.mark.parametrize("word", WORDS)
def test_it_is_found_wherever_the_word_stands_and_left_out_by_it(published: Revision, word: str) -> None:
    own = str(published.resource.public_id)
    page = search(CATALOGUE, SearchRequest(text=f'"{word}"'))
    assert [hit.id for hit in page.hits] == [own]
    assert own not in ids(f"stoler -{word}") != []


def test_a_file_without_a_language_is_read_in_that_of_the_main_form(published: Revision) -> None:
    (document,) = CATALOGUE.documents([str(published.resource.public_id)])
    inside = [(passage.language, passage.inside) for passage in document.passages if passage.inside]
    assert ("nb", "Ta med matpakke.") in inside
    assert ("nn", "Vel ei fjelltopp & set deg.") in inside
    assert not any(word in passage.rest for word in WORDS for passage in document.passages)


def test_what_a_new_version_no_longer_holds_is_no_longer_found(published: Revision, alice: User, carl: User) -> None:
    changed = next_version(published, author=alice, content=whole_content())
    passed(changed, by=carl)
    call_command("reindex", "--drain", verbosity=0)
    assert ids('"badering"') == ids('"matpakke"') == []


@pytest.mark.parametrize(
    ("word", "language", "label", "target"),
    [
        ("badering", "nb", "I deltakerarket", r"/nb/ressurs/stoler/\?form=nb#nb-participant_sheet"),
        ("seilbåt", "nb", "I transkripsjonen", r"/nb/ressurs/stoler/\?form=nb#nb-transcript"),
        ("tidskapsel", "nb", "I filen «Plan»", r"/fil/[0-9a-f]{64}\.pdf"),
        ("matpakke", "nb", "I filen «Liste»", r"/fil/[0-9a-f]{64}\.docx"),
        ("fjelltopp", "nb", "I filmteksten", r"/nb/ressurs/stoler/\?form=nb#nb-film"),
        ("fjelltopp", "nn", "I filmteksten", r"/nn/ressurs/stoler/\?form=nn#nn-film"),
    ],
)
def test_the_page_says_where_and_leads_there(
    published: Revision,
    client: Client,
    word: str,
    language: str,
    label: str,
    target: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    warm(client, f"/{language}/sok/?q={word}")
    with django_assert_max_num_queries(4):
        text = client.get(f"/{language}/sok/?q={word}").content.decode()
    found = re.search(r'<p class="card-excerpt"><a class="ds-link" href="([^"]+)">([^<]+)</a>: (.*?)</p>', text)
    assert found
    assert (found[2], f"<mark>{word}</mark>" in found[3]) == (label, True)
    address = unescape(found[1])
    assert re.fullmatch(target, address)
    page, _, anchor = address.partition("#")
    answer = client.get(page)
    assert answer.status_code == 200
    shown = b"".join(answer)  # a file too is read to its end, and closed
    assert shown.count(f'id="{anchor}"'.encode()) == (1 if anchor else 0)


def test_the_api_lists_the_places(published: Revision, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    warm(client, "/api/v1/resources?q=badering")
    with django_assert_max_num_queries(4):
        answer: Any = client.get("/api/v1/resources", {"q": "badering tidskapsel fjelltopp"}).json()
    (hit,) = (hit for hit in answer["results"] if hit["id"] == str(published.resource.public_id))
    places = hit["found_in"]
    assert [(place["place"], place["label"], place["form"]) for place in places] == [
        ("participant_sheet", "I deltakerarket", "nb"),
        ("worksheet", "I filen «Plan»", None),
        ("captions", "I filmteksten", None),
    ]
    assert places[0]["url"] is None
    assert re.fullmatch(r"http://[^/]+/fil/[0-9a-f]{64}\.pdf", places[1]["url"])
    assert hit["excerpt"]["part"] == "participant_sheet"
    assert client.get("/api/v1/resources", {"q": "stoler"}).json()["results"][0]["found_in"] == []
