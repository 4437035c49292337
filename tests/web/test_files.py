"""Files of a resource as readers get them: played, begun in the middle, saved, and never run."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from media.models import MediaFile
from media.shelf import keep_file, keep_picture, path_of_file
from resourcebank.catalogue import forget_labels
from resourcebank.content import ContentFile, ContentPicture
from resourcebank.models import Revision, User
from tests.factories import a_published, handed_in, whole_content, whole_form
from tests.media.made import drawing, saved
from tests.media.made_files import SRT, VTT, docx, mp4, pdf
from tests.review.reviewing import logged_in

FILM = mp4(film=bytes(range(256)) * 400)
pytestmark = pytest.mark.usefixtures("framework")


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    forget_labels()
    with override_settings(MEDIA_ROOT=tmp_path):
        yield
    forget_labels()


@pytest.fixture
def client() -> Client:
    """A reader who is not logged in."""
    return Client(SERVER_NAME="localhost")


def files() -> tuple[ContentFile, ...]:
    """A document, a film with captions in two languages, and a poster, kept."""

    def kept(data: bytes, kind: Any) -> str:
        return keep_file(io.BytesIO(data), kind=kind).sha256

    return (
        ContentFile(
            sha256=kept(pdf(pages=2), "document"),
            role="worksheet",
            language="nb",
            caption={"nb": "Samtaleark «stoler»", "nn": "Samtaleark"},
            rights="Ola Hansen, CC BY 4.0",
        ),
        ContentFile(sha256=kept(docx(), "document"), role="worksheet", caption={"nb": "Kort"}),
        ContentFile(sha256=kept(FILM, "film"), role="film"),
        ContentFile(sha256=kept(VTT, "captions"), role="captions", language="nb"),
        ContentFile(sha256=kept(SRT.encode(), "captions"), role="captions", language="nn"),
        ContentFile(sha256=keep_picture(saved(drawing(), "PNG")).sha256, role="poster", alt={"nb": "En blå stol.", "nn": "Ein blå stol."}),
    )


def a_film_resource(**changes: Any) -> Any:
    """A resource with all of them."""
    forms = tuple(whole_form(tag, transcript="Vi ser en **blå** stol.") for tag in ("nb", "nn"))
    return whole_content(forms=forms, files=files(), **changes)


@pytest.fixture
def published(alice: User, carl: User) -> Revision:
    """The resource, public."""
    return a_published(author=alice, approver=carl, content=a_film_resource(), slug="stoler")


def body(response: Any) -> bytes:
    """All that was sent of a file; nothing of a page that says no."""
    return b"".join(response) if response.streaming else b""


def address(role: str, ending: str, number: int = 0) -> str:
    """Where a file of the resource lies."""
    found = MediaFile.objects.filter(attachments__role=role).order_by("pk").distinct()[number]
    return f"/fil/{found.sha256}.{ending}"


def test_the_page_plays_the_film_with_captions_in_the_readers_language_and_tells_it_in_words(published: Revision, client: Client) -> None:
    page = client.get("/nn/ressurs/stoler/?form=nn").content.decode()
    assert re.search(
        r'<video controls preload="metadata" playsinline width="640" height="360" poster="/bilde/[0-9a-f]{64}-\d+\.webp"', page
    )
    assert f'<source src="{address("film", "mp4")}" type="video/mp4">' in page
    tracks = re.findall(r'<track kind="captions" src="[^"]+" srclang="(\w+)" label="[^"]+"( default)?>', page)
    assert tracks == [("nb", ""), ("nn", " default")]
    assert "Ein blå stol." in page
    details = page.partition('<details class="transcript">')[2].partition("</details>")[0]
    assert "<strong>blå</strong>" in details
    assert page.count("<strong>blå</strong>") == 1, "the transcript stands with the film and nowhere else"


def test_documents_are_links_with_their_kind_size_and_language_in_words(published: Revision, client: Client) -> None:
    for path in ("", "deltaker/"):
        page = client.get(f"/nb/ressurs/stoler/{path}").content.decode()
        links = re.findall(r'<li>.*?href="(/fil/[^"]+)"[^>]* download><bdi lang="nb">([^<]+)</bdi></a> \(([^)]+)\)', page, re.DOTALL)
        assert [(url, name) for url, name, _facts in links] == [
            (address("worksheet", "pdf"), "Samtaleark «stoler»"),
            (address("worksheet", "docx", 1), "Kort"),
        ]
        assert re.fullmatch(r"PDF, 2 sider, \d kB, bokmål", links[0][2])
        assert "Ola Hansen, CC BY 4.0" in page


def test_the_sheet_on_paper_says_what_belongs_to_it_and_where_it_is(published: Revision, client: Client) -> None:
    page = client.get("/nb/ressurs/stoler/ark/").content.decode()
    assert re.search(r"<li>Film \(MP4, 1 min 15 s, 10\d kB\)</li>", page)
    assert re.search(r'<li><bdi lang="nb">Kort</bdi> \(Word', page)
    assert "Du finner det på adressen nederst på arket." in page
    assert "<video" not in page


def test_pages_with_files_cost_few_statements(
    published: Revision, client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client.get("/nb/ressurs/stoler/")
    for path in ("", "deltaker/", "ark/"):
        with django_assert_max_num_queries(8):
            assert client.get(f"/nb/ressurs/stoler/{path}").status_code == 200


def test_a_public_file_is_sent_so_that_nothing_in_it_can_run(published: Revision, client: Client) -> None:
    document = client.get(address("worksheet", "pdf"))
    assert b"".join(document) == pdf(pages=2)
    assert document["Content-Type"] == "application/pdf"
    assert document["Content-Disposition"] == "attachment; filename*=utf-8''Samtaleark%20%C2%ABstoler%C2%BB.pdf"
    film, captions = client.get(address("film", "mp4")), client.get(address("captions", "vtt"))
    assert (film["Content-Type"], film["Content-Disposition"], b"".join(film)) == ("video/mp4", "inline", FILM)
    assert b"".join(captions).startswith(b"WEBVTT\n\n00:00:01.000 -->")
    for response in (document, film, captions):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-99", (0, 100)),
        ("bytes=100-", (100, None)),
        ("bytes=-50", (-50, None)),
        ("bytes=0-99999999", (0, None)),
        ("bytes=5-5", (5, 6)),
    ],
)
def test_a_film_is_begun_anywhere(asked: str, part: tuple[int, int | None], published: Revision, client: Client) -> None:
    response = client.get(address("film", "mp4"), headers={"Range": asked})
    wanted = FILM[slice(*part)]
    start = FILM.index(wanted) if len(wanted) > 60 else (5 if asked == "bytes=5-5" else len(FILM) - 50)
    assert response.status_code == 206
    assert b"".join(response) == wanted
    assert response["Content-Range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(FILM)}"
    assert response["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=9-3"])
def test_a_part_there_is_not_is_refused(asked: str, published: Revision, client: Client) -> None:
    response = client.get(address("film", "mp4"), headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(FILM)}")


@pytest.mark.parametrize("asked", ["bytes=0-9,20-29", "lines=1-2", "bytes=a-b", "bytes=-", ""])
def test_whatever_else_is_asked_for_gives_the_whole(asked: str, published: Revision, client: Client) -> None:
    response = client.get(address("film", "mp4"), headers={"Range": asked})
    assert (response.status_code, b"".join(response)) == (200, FILM)


def test_a_part_of_another_file_than_the_one_begun_is_the_whole(published: Revision, client: Client) -> None:
    whole = client.get(address("film", "mp4"))
    assert body(whole) == FILM
    tag = whole["ETag"]
    for known, status in ((tag, 206), ('"another"', 200)):
        response = client.get(address("film", "mp4"), headers={"Range": "bytes=0-9", "If-Range": known})
        assert response.status_code == status
        assert body(response) == (FILM[:10] if status == 206 else FILM)


def test_a_file_answers_to_its_own_name_only(published: Revision, client: Client) -> None:
    document = address("worksheet", "pdf")
    poster = MediaFile.objects.get(attachments__role="poster")
    for wrong in (document.replace(".pdf", ".docx"), document.replace(".pdf", ".exe"), f"/fil/{poster.sha256}.pdf", f"/fil/{'0' * 64}.pdf"):
        assert client.get(wrong).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found_and_verify_says_so(
    published: Revision, client: Client, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Any
) -> None:
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "index"}
    film = MediaFile.objects.get(attachments__role="film")
    path_of_file(film).unlink()
    assert client.get(address("film", "mp4")).status_code == 404
    with pytest.raises(SystemExit):
        call_command("verify")
    assert f"media: {film.sha256}.mp4 is missing" in capsys.readouterr().out


def test_files_that_wait_for_review_are_for_those_who_review(alice: User, rita: User, carl: User, sam: User) -> None:
    handed_in(by=alice, content=a_film_resource())
    for user, status in ((alice, 200), (rita, 200), (carl, 200), (sam, 404), (None, 404)):
        reader = logged_in(user) if user else Client(SERVER_NAME="localhost")
        for url in (address("worksheet", "pdf"), address("film", "mp4"), address("captions", "vtt")):
            response = reader.get(url)
            assert response.status_code == status
            assert "immutable" not in response.get("Cache-Control", "")
            assert status == 404 or response["Cache-Control"] == "private, no-store"
            assert bool(body(response)) == (status == 200)


def test_a_reviewer_sees_the_film_and_the_documents(alice: User, rita: User) -> None:
    revision = handed_in(by=alice, content=a_film_resource())
    page = logged_in(rita).get(f"/nb/vurdering/{revision.pk}/").content.decode()
    assert "<video controls" in page
    assert page.count(address("worksheet", "pdf")) == 2, "in either language"


def test_programs_get_every_file_with_what_is_known_of_it(published: Revision, client: Client) -> None:
    answer = client.get(f"/api/v1/resources/{published.resource.public_id}").json()
    assert [file["role"] for file in answer["files"]] == ["worksheet", "worksheet", "film", "captions", "captions", "poster"]
    document, film, poster = answer["files"][0], answer["files"][2], answer["files"][5]
    assert document["url"].endswith(address("worksheet", "pdf"))
    assert (document["media_type"], document["pages"], document["caption"]["nn"]) == ("application/pdf", 2, "Samtaleark")
    assert (film["seconds"], film["bytes"], film["sizes"]) == (75, len(FILM), [])
    assert (poster["url"], poster["alt"]["nb"], bool(poster["sizes"])) == ("", "En blå stol.", True)


def test_a_picture_of_somebody_elses_says_whose_it_is(alice: User, carl: User, client: Client) -> None:
    picture = ContentPicture(
        sha256=keep_picture(saved(drawing(), "PNG")).sha256,
        alt={"nb": "En stol.", "nn": "Ein stol."},
        source_url="https://example.org/side",
        rights="Foto: Ola Hansen, CC BY 4.0",
    )
    a_published(author=alice, approver=carl, content=whole_content(pictures=(picture,)), slug="bilde")
    page = client.get("/nb/ressurs/bilde/").content.decode()
    assert "Foto: Ola Hansen, CC BY 4.0" in page
    assert 'href="https://example.org/side"' in page
