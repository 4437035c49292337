"""Documents, a film with captions and a poster in a draft: taken through their doors, described, ordered, removed and put back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from resourcebank.content import content_of
from resourcebank.models import Revision, User
from resourcebank.quality import findings_of
from resourcebank.web.contributing_form import Page
from resourcebank.workflow import Status
from tests.contributing.conftest import address, at_desk, fresh, sent
from tests.contributing.test_draft_pages import ONE_LANGUAGE, text
from tests.factories import a_draft, a_published, whole_form
from tests.media.made import drawing, saved
from tests.media.made_files import (
    REFUSED_CAPTIONS,
    REFUSED_DOCUMENTS,
    REFUSED_FILMS,
    SRT,
    VTT,
    docx,
    mp4,
    odt,
    pdf,
    pdf_with_script,
    webm,
)


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def draft(alice: User) -> Revision:
    """A whole draft without files."""
    return a_draft(by=alice, content=ONE_LANGUAGE)


def png() -> bytes:
    """A poster nobody minds."""
    return saved(drawing(), "PNG")


def uploaded(desk: Client, draft: Revision, field: str, *files: tuple[str, bytes], **changes: Any) -> Any:
    """The answer to files sent from page 2."""
    now = fresh(draft)
    sending = sent(now, Page.FILES, content_of(now), do="upload") | changes
    return desk.post(address(draft, Page.FILES), sending | {field: [SimpleUploadedFile(name, data) for name, data in files]})


def pressed(desk: Client, draft: Revision, do: str, **changes: Any) -> Any:
    """The answer to a button of page 2."""
    now = fresh(draft)
    return desk.post(address(draft, Page.FILES), sent(now, Page.FILES, content_of(now), do=do) | changes)


def a_film(desk: Client, draft: Revision) -> None:
    """A film with captions and a poster, uploaded."""
    assert uploaded(desk, draft, "film", ("film.mp4", mp4())).status_code == 302
    assert uploaded(desk, draft, "captions", ("tekst.vtt", VTT), captions_language="nb").status_code == 302
    assert uploaded(desk, draft, "captions", ("tekst.srt", SRT.encode()), captions_language="nn").status_code == 302
    assert uploaded(desk, draft, "poster", ("forside.png", png())).status_code == 302


def blocking(draft: Revision) -> set[tuple[str, str]]:
    """What keeps the draft from being handed in."""
    return {(each.code, each.field) for each in findings_of(fresh(draft)) if each.blocks}


def test_a_document_is_kept_named_after_its_file_and_shown_to_its_author_alone(desk: Client, draft: Revision, sam: User) -> None:
    assert uploaded(desk, draft, "documents", ("Samtaleark_til_utskrift.PDF", pdf(pages=2))).status_code == 302
    (file,) = content_of(fresh(draft)).files
    assert (file.role, file.caption, file.language) == ("worksheet", {"nb": "Samtaleark til utskrift"}, "nb")
    page = text(desk.get(address(draft, Page.FILES)))
    url = f"/fil/{file.sha256}.pdf"
    assert f'href="{url}"' in page
    assert re.search(r"PDF, 2 sider, \d kB", page)
    assert b"".join(desk.get(url)) == pdf(pages=2)
    assert at_desk(sam).get(url).status_code == Client(SERVER_NAME="localhost").get(url).status_code == 404


def test_what_is_said_of_files_is_kept(desk: Client, draft: Revision) -> None:
    a_film(desk, draft)
    uploaded(desk, draft, "documents", ("ark.docx", docx()))
    now = fresh(draft)
    changes = {
        "file_name.1.nn": "Samtaleark",
        "file_language.1": "uk",
        "file_credit.1": "Ola Hansen, CC BY 4.0",
        "file_alt.5.nb": "En stol.",
    }
    desk.post(address(draft, Page.FILES), sent(now, Page.FILES, content_of(now), **changes))
    files = content_of(fresh(draft)).files
    assert [file.role for file in files] == ["worksheet", "film", "captions", "captions", "poster"]
    assert (files[0].caption["nn"], files[0].language, files[0].rights) == ("Samtaleark", "uk", "Ola Hansen, CC BY 4.0")
    assert [file.language for file in files[2:4]] == ["nb", "nn"]
    assert files[4].alt == {"nb": "En stol."}


SENTENCES = {
    "empty": "Filen er tom",
    "file-type": "vi tar imot",
    "unreadable": "skadet, ikke hel, eller to filer i én",
    "active": "inneholder program, andre filer eller noe som hentes",
    "locked": "låst med passord",
    "unpacks": "pakkes ut til svært mye mer",
    "codec": "H.264 og AAC",
    "markup": "kode fra nettsider",
    "no-cues": "ingen tekster med tid",
    "encoding": "UTF-8",
}
HOSTILE = [
    (field, made, code)
    for field, refused in (("documents", REFUSED_DOCUMENTS), ("film", REFUSED_FILMS), ("captions", REFUSED_CAPTIONS))
    for made, code in list(refused.values())[1::4]
]


@pytest.mark.parametrize(("field", "made", "code"), HOSTILE)
def test_a_hostile_file_is_refused_at_its_field_and_all_else_is_kept(
    field: str, made: Callable[[], bytes], code: str, desk: Client, draft: Revision
) -> None:
    response = uploaded(desk, draft, field, ("vedlegg.pdf\0.exe", made()), attribution=["Alice og venner"])
    assert response.status_code == 422
    page = text(response)
    assert SENTENCES[code] in page
    assert f'id="{field}-remark-1"' in page
    assert 'value="Alice og venner"' in page
    assert (content_of(fresh(draft)).attribution, content_of(fresh(draft)).files) == ("Alice og venner", ())


def test_a_good_file_beside_a_refused_one_is_kept_and_stays_when_the_page_is_saved_again(desk: Client, draft: Revision) -> None:
    response = uploaded(desk, draft, "documents", ("god.odt", odt()), ("ond.pdf", pdf_with_script()))
    assert response.status_code == 422
    key = re.findall(r'name="file" value="([^"]+)"', text(response))
    assert len(key) == 1
    desk.post(address(draft, Page.FILES), {"seen": fresh(draft).version, "do": "save", "file": key})
    assert len(content_of(fresh(draft)).files) == 1


def test_a_nameless_and_an_endless_name_do_no_harm(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, "documents", (f"..\\..\\{'æ' * 400}\0.pdf", pdf("en")), ("<script>.pdf", pdf("to")))
    names = [file.caption.get("nb", "") for file in content_of(fresh(draft)).files]
    assert names == ["æ" * 150, "<script>"]
    assert "<script>.pdf" not in text(desk.get(address(draft, Page.FILES)))


@pytest.mark.parametrize(
    ("field", "size", "sentence"),
    [
        ("documents", 34_000_000, "Filen er 34 MB. Største tillatte er 20 MB. Prøv å lagre som PDF med mindre bilder."),
        ("captions", 300_000, "Filen er 300 kB. Største tillatte er 200 kB."),
        ("poster", 21_000_000, "Filen er 21 MB. Største tillatte er 20 MB."),
        ("film", 120_000_000, "Filen er 120 MB. Største tillatte er 100 MB."),
    ],
)
def test_a_file_that_is_too_large_is_told_its_size(field: str, size: int, sentence: str, desk: Client, draft: Revision) -> None:
    response = uploaded(desk, draft, field, ("stor.bin", bytes(size)))
    assert response.status_code == 422
    assert sentence in text(response)


def test_fifty_files_at_once_are_refused_together_whatever_fields_they_come_from(desk: Client, draft: Revision) -> None:
    response = uploaded(desk, draft, "documents", *((f"{number}.pdf", pdf()) for number in range(50)))
    assert response.status_code == 422
    assert "Du valgte 50 filer. Last opp høyst 10 om gangen" in text(response)
    assert not content_of(fresh(draft)).files


def test_a_form_of_more_than_three_films_is_not_read_at_all(desk: Client, draft: Revision) -> None:
    response = desk.post(address(draft, Page.FILES), b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="400000000")
    assert response.status_code == 400


def test_files_are_moved_removed_and_put_back_with_all_that_was_said_of_them(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, "documents", ("en.pdf", pdf("en")), ("to.pdf", pdf("to")), ("tre.pdf", pdf("tre")))
    pressed(desk, draft, "up-file:3")
    names = [file.caption["nb"] for file in content_of(fresh(draft)).files]
    assert names == ["en", "tre", "to"]
    response = pressed(desk, draft, "remove-file:2", **{"file_name.2.nn": ["Tredje"]})
    assert [file.caption["nb"] for file in content_of(fresh(draft)).files] == ["en", "to"]
    page = text(desk.get(response["Location"]))
    assert "Det er fjernet." in page
    (mark,) = re.findall(r'name="undo" value="([^"]+)"', page)
    pressed(desk, draft, "undo", undo=mark)
    files = content_of(fresh(draft)).files
    assert [file.caption["nb"] for file in files] == ["en", "tre", "to"]
    assert files[1].caption["nn"] == "Tredje"
    pressed(desk, draft, "undo", undo=mark)
    assert content_of(fresh(draft)).files == files, "a second press does nothing more"


def test_a_picture_is_moved_removed_and_put_back(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, "pictures", ("en.png", png()), ("to.png", saved(drawing(seed=2), "PNG")))
    first, second = (picture.sha256 for picture in content_of(fresh(draft)).pictures)
    pressed(desk, draft, "up-picture:2", **{"alt.2.nb": ["To kort."]})
    moved = content_of(fresh(draft)).pictures
    assert ([each.sha256 for each in moved], moved[0].alt) == ([second, first], {"nb": "To kort."})
    page = text(desk.get(pressed(desk, draft, "remove-picture:1")["Location"]))
    (mark,) = re.findall(r'name="undo" value="([^"]+)"', page)
    pressed(desk, draft, "undo", undo=mark)
    assert content_of(fresh(draft)).pictures == moved


def test_nobody_puts_another_persons_file_into_a_draft(desk: Client, draft: Revision, alice: User) -> None:
    other = a_draft(by=alice, content=ONE_LANGUAGE)
    uploaded(desk, other, "documents", ("ark.pdf", pdf()))
    key = content_of(fresh(other)).files[0]
    page = text(desk.get(pressed(desk, other, "remove-file:1")["Location"]))
    (mark,) = re.findall(r'name="undo" value="([^"]+)"', page)
    pressed(desk, draft, "undo", undo=mark)
    pressed(desk, draft, "undo", undo=f"{mark}x")
    pressed(desk, draft, "save", file=[f"worksheet.{key.sha256}"])
    assert content_of(fresh(draft)).files == ()


def test_a_film_is_not_handed_in_without_captions_and_a_transcript(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, "film", ("film.webm", webm()))
    assert blocking(draft) == {("captions-missing", "captions"), ("transcript-missing", "forms.nb.transcript")}
    page = text(desk.get(f"{address(draft, Page.FILES)}&vis=1"))
    assert 'href="#captions"' in page
    assert 'id="captions"' in page
    uploaded(desk, draft, "captions", ("tekst.vtt", VTT), captions_language="nb")
    now = fresh(draft)
    desk.post(address(draft), sent(now, Page.CONTENT, content_of(now), **{"transcript.nb": ["Vi ser en stol."]}))
    assert blocking(draft) == set()
    codes = {each.code for each in findings_of(fresh(draft))}
    assert {"captions-missing", "poster-missing"} <= codes, "the other written standard and a poster are advice"


def test_a_second_film_and_captions_twice_in_a_language_are_refused(desk: Client, draft: Revision) -> None:
    a_film(desk, draft)
    before = content_of(fresh(draft))
    for field, data, sentence in (
        ("film", webm(), "En ressurs har én film."),
        ("captions", VTT.replace(b"stol", b"benk"), "to filer med teksting på samme språk"),
        ("poster", saved(drawing(seed=3), "PNG"), "Filmen har ett forsidebilde."),
    ):
        response = uploaded(desk, draft, field, ("en.til", data), captions_language="nb")
        assert response.status_code == 422
        assert sentence in text(response)
    assert content_of(fresh(draft)) == before


def test_captions_left_without_their_film_are_pointed_at(desk: Client, draft: Revision) -> None:
    a_film(desk, draft)
    pressed(desk, draft, "remove-file:1")
    assert {code for code, _field in blocking(draft)} == {"film-missing", "alt-missing"}


def test_the_page_says_what_each_file_is_in_few_statements(
    desk: Client, draft: Revision, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    a_film(desk, draft)
    uploaded(desk, draft, "documents", ("ark.pdf", pdf()))
    desk.get(address(draft, Page.FILES))
    with django_assert_max_num_queries(15):
        page = text(desk.get(address(draft, Page.FILES)))
    assert "MP4, 1 min 15 s" in page
    assert page.count('name="file"') == 5


def test_files_are_sent_in_with_a_declaration(desk: Client, draft: Revision) -> None:
    uploaded(desk, draft, "documents", ("ark.pdf", pdf()))
    seen = fresh(draft).version
    response = desk.post(address(draft, Page.SEND), {"do": "send", "seen": seen})
    assert response.status_code == 422
    assert "Kryss av for at du har lov til å dele bildene og filene." in text(response)
    assert desk.post(address(draft, Page.SEND), {"do": "send", "seen": seen, "picture_rights": "1"}).status_code == 302
    assert fresh(draft).status == Status.IN_REVIEW


def test_a_new_draft_has_the_files_of_what_is_published(desk: Client, draft: Revision, alice: User, rita: User) -> None:
    a_film(desk, draft)
    content = content_of(fresh(draft))
    described = [{"alt": {"nb": "En stol.", "nn": "Ein stol."}} if file.role == "poster" else {} for file in content.files]
    files = tuple(type(file)(**{**_values(file), **more}) for file, more in zip(content.files, described, strict=True))
    whole = ONE_LANGUAGE.__class__(**{**_values(content), "files": files, "forms": (whole_form("nb", transcript="Vi ser en stol."),)})
    published = a_published(author=alice, approver=rita, content=whole)
    response = desk.post(f"/nb/bidra/?ressurs={published.resource.slug}", {})
    revision = Revision.objects.get(pk=int(re.findall(r"/bidra/(\d+)/", response["Location"])[0]))
    assert content_of(revision).files == files


def _values(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}
