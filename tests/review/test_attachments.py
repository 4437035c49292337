"""Files as a part of a text: hashed with it, kept by rules, and told of where something is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from media.models import MediaFile
from resourcebank.content import Content, ContentFile, ContentPicture, content_hash, content_of, tidy
from resourcebank.errors import Invalid
from resourcebank.models import Revision, User
from resourcebank.quality import findings
from resourcebank.selectors.history import differences
from tests.factories import a_draft, a_file, a_picture, a_published, whole_content, whole_form

PICTURE = ContentPicture(sha256="a" * 64, alt={"nb": "En kopp."})
FILE = ContentFile(sha256="f" * 64, role="worksheet", language="nb", caption={"nb": "Ark"})


OTHER_VALUES: dict[str, Any] = {
    "sha256": "d" * 64,
    "role": "captions",
    "language": "nn",
    "caption": {"nb": "B"},
    "alt": {"nb": "B"},
    "rights": "B",
}


def test_what_was_published_before_there_were_files_has_the_hash_it_had() -> None:
    assert content_hash(Content(kind="activity")) == "c22624df37bb658ecfeda100aebf5772d2a89b5048a694ae99dc89c82f31ca33"
    assert content_hash(Content(kind="activity", pictures=(PICTURE,))) == "6876e41149331fc16c2299748d1ca0ce8ba9c449c1fe3bf84c34189b12a8b4e1"


def test_everything_about_a_file_is_in_the_hash_but_the_order_of_roles() -> None:
    film = ContentFile(sha256="e" * 64, role="film")
    content = Content(pictures=(PICTURE,), files=(FILE, film))
    changed = [
        replace(content, files=(film,)),
        *(replace(content, files=(replace(FILE, **{name: value}), film)) for name, value in OTHER_VALUES.items()),
        replace(content, pictures=(replace(PICTURE, source_url="https://b.no"),)),
        replace(content, pictures=(replace(PICTURE, rights="B"),)),
    ]
    assert len({content_hash(each) for each in changed} - {content_hash(content)}) == len(changed)
    assert content_hash(replace(content, files=(film, FILE))) == content_hash(content)


def test_texts_of_files_are_tidied_once_and_for_all() -> None:
    messy = Content(files=(replace(FILE, caption={"nb": " A\nB\0 ", "nn": " "}, rights=" Ola\n Hansen ", language=" nb "),))
    kept = tidy(messy)
    assert (kept.files[0].caption, kept.files[0].rights, kept.files[0].language) == ({"nb": "A B"}, "Ola Hansen", "nb")
    assert tidy(kept) == kept


@pytest.mark.django_db
def test_files_are_kept_in_their_order_and_published_unchanged(framework: None, alice: User, carl: User) -> None:
    files = (a_file(letter="b"), a_file(letter="c"), a_file("film", "d"), a_file("captions", "e"), a_file("poster", "f"))
    form = whole_form("nb", transcript="Vi ser en stol.")
    content = whole_content(pictures=(a_picture(),), files=files, forms=(form,))
    published = a_published(author=alice, approver=carl, content=content)
    assert content_of(published) == tidy(content)
    assert content_hash(content_of(published)) == Revision.objects.get(pk=published.pk).content_hash
    assert [row.position for row in published.attachments.all()] == [1, 2, 3, 4, 5, 6]


def test_a_change_of_files_is_told_in_the_history() -> None:
    before, after = Content(files=(FILE,)), Content()
    assert [(change.what, change.field) for change in differences(before, after)] == [("changed", "files")]


UNSTORABLE: dict[str, tuple[Callable[[], tuple[ContentFile, ...]], str, str]] = {
    "a file nobody brought": (lambda: (replace(FILE, sha256="0" * 64),), "file-missing", "files.1"),
    "a picture for a document": (lambda: (replace(a_file("poster"), role="worksheet"),), "file-missing", "files.1"),
    "a document for a film": (lambda: (replace(a_file(), role="film"),), "file-missing", "files.1"),
    "a film for a poster": (lambda: (replace(a_file("film"), role="poster"),), "file-missing", "files.1"),
    "a role there is not": (lambda: (a_file(), replace(a_file(letter="e"), role="smell")), "unknown-value", "files.2.role"),
    "two films": (lambda: (a_file("film", "b"), a_file("film", "c")), "twice", "files.2"),
    "two posters": (lambda: (a_file("poster", "b"), a_file("poster", "c")), "twice", "files.2"),
    "captions in no language": (lambda: (a_file("captions", language=""),), "language-missing", "files.1.language"),
    "captions twice in a language": (lambda: (a_file("captions", "b"), a_file("captions", "c")), "twice", "files.1.language"),
    "a long name": (lambda: (a_file(caption={"nb": "a" * 151}),), "too-long", "files.1.caption.nb"),
    "a long description": (lambda: (a_file("poster", alt={"nb": "a" * 501}),), "too-long", "files.1.alt.nb"),
    "long rights": (lambda: (a_file(rights="a" * 301),), "too-long", "files.1.rights"),
    "forty-one files": (lambda: tuple(a_file() for _ in range(41)), "too-many", "files"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("files", "code", "field"), UNSTORABLE.values(), ids=UNSTORABLE)
def test_what_cannot_be_kept_is_said_at_its_field(
    files: Callable[[], tuple[ContentFile, ...]], code: str, field: str, framework: None, alice: User
) -> None:
    with pytest.raises(Invalid) as refusal:
        a_draft(by=alice, content=whole_content(files=files()))
    assert (code, field) in {(problem.code, problem.field) for problem in refusal.value.problems}


@pytest.mark.django_db
def test_a_document_is_no_picture(framework: None, alice: User) -> None:
    MediaFile.objects.create(sha256="a" * 64, media_type="application/pdf")
    with pytest.raises(Invalid):
        a_draft(by=alice, content=whole_content(pictures=(PICTURE,)))


def found(**changes: Any) -> set[tuple[str, str, bool]]:
    """What there is to mend: code, field, and whether it must be."""
    return {(each.code, each.field, each.blocks) for each in findings(whole_content(**changes))}


TOLD = tuple(whole_form(tag, transcript="Vi ser en stol.") for tag in ("nb", "nn"))
FILM, NB = ContentFile(sha256="b" * 64, role="film"), ContentFile(sha256="c" * 64, role="captions", language="nb")
SPOKEN = (NB, ContentFile(sha256="d" * 64, role="captions", language="nn"))
POSTER = ContentFile(sha256="e" * 64, role="poster", alt={"nb": "En stol.", "nn": "Ein stol."})


def test_a_film_with_captions_transcript_and_poster_is_whole() -> None:
    assert found(files=(FILM, *SPOKEN, POSTER), forms=TOLD) == set()


def test_a_film_needs_captions_and_a_transcript_in_each_form() -> None:
    assert found(files=(FILM, POSTER), forms=TOLD) == {("captions-missing", "captions", True)}
    assert found(files=(FILM, NB, POSTER), forms=TOLD) == {("captions-missing", "captions", False)}
    assert found(files=(FILM, *SPOKEN, POSTER)) == {
        ("transcript-missing", "forms.nb.transcript", True),
        ("transcript-missing", "forms.nn.transcript", True),
    }
    assert found(files=(FILM, *SPOKEN), forms=TOLD) == {("poster-missing", "poster", False)}
    assert found(kind="film", forms=TOLD) == {("film-missing", "film", False)}


def test_a_linked_resource_with_a_film_of_its_own_needs_the_same() -> None:
    forms = tuple(whole_form(tag, steps=(), care="Filmen er tekstet.") for tag in ("nb", "nn"))
    linked = {"origin": "linked", "source_url": "https://example.org/film", "step_minutes": (), "forms": forms}
    assert ("transcript-missing", "forms.nb.transcript", True) in found(kind="film", files=(FILM, *SPOKEN, POSTER), **linked)


def test_what_belongs_to_a_film_needs_one_and_a_document_needs_a_name() -> None:
    assert found(files=(NB,)) == {("film-missing", "files.1", True)}
    assert found(files=(replace(FILE, caption={}),)) == {("caption-missing", "files.1.caption", True)}
    assert found(files=(FILE,)) == set()


def test_a_poster_and_a_picture_say_what_they_show_and_whose_they_are() -> None:
    blind = replace(POSTER, alt={})
    assert ("alt-missing", "files.4.alt", True) in found(files=(FILM, *SPOKEN, blind), forms=TOLD)
    elsewhere = replace(PICTURE, source_url="https://example.org", alt={"nb": "En kopp.", "nn": "Ein kopp."})
    assert found(pictures=(elsewhere,)) == {("rights-missing", "pictures.1.rights", True)}
    assert found(pictures=(replace(elsewhere, rights="Foto: Ola Hansen"),)) == set()


def test_what_is_said_of_a_file_is_looked_through_for_persons() -> None:
    said = found(files=(replace(FILE, caption={"nb": "Ark fra kari.nordmann@posten.no"}),))
    assert said == {("mail-address", "files.1.caption", False)}
