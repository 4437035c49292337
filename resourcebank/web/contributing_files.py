"""Page 2 of a contribution: pictures, documents, the film with its captions and poster, and the rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from media.models import MediaFile
from media.shelf import kind_of
from resourcebank.web import words
from resourcebank.web.contributing_fields import Choice, Choices, Field, FileRow, PictureRow, Remark
from resourcebank.web.contributing_form import REASON_LANGUAGES, one
from resourcebank.web.contributing_page import Sheet, choices_of
from resourcebank.web.contributing_words import labels, licence_hints
from resourcebank.web.files import facts_of_file, file_url
from resourcebank.web.pictures import picture_url


@dataclass(frozen=True, slots=True)
class UploadField:
    """A field to bring files with. `languages` when one says which language they are in."""

    name: str
    remarks: tuple[Remark, ...]
    languages: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Page 2. `film_files` are the film, its captions and its poster; `undo` lets a press of a button put back what was removed."""

    pictures: tuple[PictureRow, ...]
    documents: tuple[FileRow, ...]
    film_files: tuple[FileRow, ...]
    uploads: Mapping[str, UploadField]
    has_film: bool
    has_poster: bool
    licence: Choices
    attribution: Field
    undo: str


def files_page(sheet: Sheet, media: Mapping[str, MediaFile], *, revision_id: int, undo: str) -> FilesPage:
    """Pictures, files and rights; `media` are the kept files by their SHA-256."""
    own, told = sheet.content.origin == "own", licence_hints()
    choices = choices_of(sheet.known, "licence", sheet.fields.get("licence", ()))
    shown = [replace(choice, hint=told.get(choice.value, "")) for choice in choices if not (own and choice.value == "link-only")]
    rows = tuple(_file_rows(sheet, media))
    return FilesPage(
        pictures=tuple(
            _picture_row(sheet, number, sha256, revision_id) for number, sha256 in enumerate(sheet.fields.get("picture", ()), start=1)
        ),
        documents=tuple(row for row in rows if row.role == "worksheet"),
        film_files=tuple(row for row in rows if row.role != "worksheet"),
        uploads={each.name: each for each in _upload_fields(sheet)},
        has_film=any(row.role == "film" for row in rows),
        has_poster=any(row.role == "poster" for row in rows),
        licence=Choices("licence", labels()["licence"], tuple(shown), remarks=sheet.at("licence"), fetched="licence" in sheet.fetched),
        attribution=sheet.field("attribution"),
        undo=undo,
    )


def _upload_fields(sheet: Sheet) -> Iterator[UploadField]:
    spoken = [form.language for form in sheet.content.forms] or ["nb"]
    told = {file.language for file in sheet.content.files_as("captions")}
    next_one = next((tag for tag in (*spoken, *REASON_LANGUAGES) if tag not in told), spoken[0])
    for name in ("pictures", "documents", "film", "captions", "poster"):
        chosen = {"documents": spoken[0], "captions": next_one}.get(name)
        languages = tuple(choices_of(sheet.known, "language", [chosen])) if chosen else ()
        yield UploadField(name, sheet.at(name), languages)


def _picture_row(sheet: Sheet, number: int, sha256: str, revision_id: int) -> PictureRow:
    url = reverse("web:contribution_picture", args=[revision_id, number])
    fields = [sheet.field(f"alt.{number}.{tag}", code=tag) for tag in REASON_LANGUAGES]
    if f"credit.{number}" in sheet.fields:
        fields.append(sheet.field(f"credit.{number}"))
    found = next((each.source_url for each in sheet.content.pictures if each.sha256 == sha256), "")
    return PictureRow(number, sha256, url, found, tuple(fields))


def _file_rows(sheet: Sheet, media: Mapping[str, MediaFile]) -> Iterator[FileRow]:
    above = ""
    for number, key in enumerate(sheet.fields.get("file", ()), start=1):
        role, _dot, sha256 = key.partition(".")
        file = media.get(sha256)
        if file:
            yield _file_row(sheet, number, role, file, movable=role == above)
        above = role


def _file_row(sheet: Sheet, number: int, role: str, file: MediaFile, *, movable: bool) -> FileRow:
    names = [f"{root}.{number}.{tag}" for root in ("file_name", "file_alt") for tag in REASON_LANGUAGES]
    fields = [sheet.field(name, code=name.rpartition(".")[2]) for name in names if name in sheet.fields]
    if f"file_credit.{number}" in sheet.fields:
        fields.append(sheet.field(f"file_credit.{number}"))
    at = f"file_language.{number}"
    language = Choices(
        at, _("Språk"), tuple(choices_of(sheet.known, "language", [one(sheet.fields, at)])), remarks=sheet.at(at), required=True
    )
    widths = [size.width for size in file.renditions.all()]
    return FileRow(
        number=number,
        key=f"{role}.{file.sha256}",
        role=role,
        name=words.file_role(role),
        facts=facts_of_file(file, "") if kind_of(file) else "",
        url=file_url(file) if kind_of(file) else "",
        movable=movable,
        language=language if at in sheet.fields else None,
        fields=tuple(fields),
        remarks=sheet.at(f"file.{number}"),
        picture=picture_url(file.sha256, widths[len(widths) // 2]) if widths else "",
    )
