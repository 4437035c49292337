"""Pictures of a draft: taken through the one door, or refused with a sentence, and nothing else lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from resourcebank.content import content_of
from resourcebank.models import Revision, User
from resourcebank.web.contributing_form import Page
from resourcebank.workflow import Status
from tests.contributing.conftest import address, at_desk, fresh, sent
from tests.contributing.test_draft_pages import ONE_LANGUAGE, text
from tests.factories import a_draft
from tests.media.made import cut_short, drawing, huge_in_little, moving, program, program_behind_a_start, saved

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def draft(alice: User) -> Revision:
    """A whole draft without pictures."""
    return a_draft(by=alice, content=ONE_LANGUAGE)


def png(seed: int = 1) -> bytes:
    """A picture nobody minds."""
    return saved(drawing(seed=seed), "PNG")


def uploaded(desk: Client, draft: Revision, *files: tuple[str, bytes], **changes: Any) -> Any:
    """The answer to files sent from page 2."""
    now = fresh(draft)
    sending = sent(now, Page.FILES, content_of(now), do="upload") | changes
    return desk.post(address(draft, Page.FILES), sending | {"pictures": [SimpleUploadedFile(name, data) for name, data in files]})


def test_a_picture_is_kept_shown_to_its_author_and_described(desk: Client, draft: Revision, rita: User) -> None:
    assert uploaded(desk, draft, ("kort.png", png())).status_code == 302
    page = text(desk.get(address(draft, Page.FILES)))
    assert f'src="/nb/bidra/{draft.pk}/bilde/1/"' in page
    shown = desk.get(f"/nb/bidra/{draft.pk}/bilde/1/")
    assert (shown["Content-Type"], shown.content[:4]) == ("image/webp", b"RIFF")
    assert {"private", "no-store"} <= set(shown["Cache-Control"].split(", "))
    assert desk.get(f"/nb/bidra/{draft.pk}/bilde/2/").status_code == 404
    now = fresh(draft)
    desk.post(address(draft, Page.FILES), sent(now, Page.FILES, content_of(now), **{"alt.1.nb": ["Tre kort."]}))
    assert content_of(fresh(draft)).pictures[0].alt == {"nb": "Tre kort."}


def test_the_same_picture_twice_is_one(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, ("en.png", png()), ("to.png", png()))
    uploaded(desk, draft, ("en.png", png()))
    assert len(content_of(fresh(draft)).pictures) == 1


REFUSED = [
    ("tegning.svg", SVG, "ikke et bilde vi tar imot"),
    ("ferie.png", program(), "ikke et bilde vi tar imot"),
    ("ferie.png", program_behind_a_start(), "skadet eller ikke helt"),
    ("halvt.png", cut_short(), "skadet eller ikke helt"),
    ("bombe.png", huge_in_little(), "for mange bildepunkter"),
    ("dans.gif", moving(), "beveger seg"),
]


@pytest.mark.parametrize(("name", "data", "why"), REFUSED)
def test_a_refused_file_is_named_and_all_else_is_kept(name: str, data: bytes, why: str, desk: Client, draft: Revision) -> None:
    response = uploaded(desk, draft, (name, data), ("god.png", png()), attribution=["Alice og venner"])
    assert response.status_code == 422
    page = text(response)
    assert why in page
    assert name in page
    assert 'value="Alice og venner"' in page
    now = content_of(fresh(draft))
    assert (now.attribution, len(now.pictures)) == ("Alice og venner", 1), "the good file and the text are kept"


def test_a_file_of_thirty_four_megabytes_is_told_its_size(desk: Client, draft: Revision) -> None:
    page = text(uploaded(desk, draft, ("svart.png", b"\x89PNG\r\n\x1a\n" + bytes(33_900_000))))
    assert "Filen er 34 MB. Største tillatte er 20 MB." in page


def test_fifty_files_at_once_are_refused_together(desk: Client, draft: Revision) -> None:
    response = uploaded(desk, draft, *((f"{number}.png", png()) for number in range(50)), attribution=["Alice og venner"])
    assert response.status_code == 422
    page = text(response)
    assert "Du valgte 50 filer. Last opp høyst 10 om gangen" in page
    assert 'value="Alice og venner"' in page
    assert not content_of(fresh(draft)).pictures


def test_pictures_are_sent_in_with_a_declaration(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, ("kort.png", png()))
    now = fresh(draft)
    desk.post(address(draft, Page.FILES), sent(now, Page.FILES, content_of(now), **{"alt.1.nb": ["Tre kort."]}))
    seen = fresh(draft).version
    response = desk.post(address(draft, Page.SEND), {"do": "send", "seen": seen})
    assert response.status_code == 422
    assert "Kryss av for at du har lov til å dele bildene og filene." in text(response)
    assert 'href="#picture_rights"' in text(response)
    assert desk.post(address(draft, Page.SEND), {"do": "send", "seen": seen, "picture_rights": "1"}).status_code == 302
    assert fresh(draft).status == Status.IN_REVIEW


def test_a_picture_of_a_draft_is_nobody_elses(desk: Client, draft: Revision, sam: User) -> None:
    uploaded(desk, draft, ("kort.png", png()))
    assert at_desk(sam).get(f"/nb/bidra/{draft.pk}/bilde/1/").status_code == 404
    sha256 = content_of(fresh(draft)).pictures[0].sha256
    assert Client(SERVER_NAME="localhost").get(f"/bilde/{sha256}-320.webp").status_code == 404
