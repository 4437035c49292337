"""Files that come with a page of a contribution: each through its own door, and what was refused said at the field it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from media import pictures
from media.errors import Kind
from media.shelf import MAX_BYTES
from resourcebank.complaints import file_complaint, quoted
from resourcebank.content import Content, ContentFile, ContentPicture, tidy_text
from resourcebank.errors import Problem
from resourcebank.models import Revision, User
from resourcebank.services.attachments import MAX_CAPTION, MAX_PICTURES
from resourcebank.services.files import Taken, take_files, take_pictures, with_files, with_pictures
from resourcebank.web.contributing_form import Fields, one

AT_ONCE = 10
"""Files in one go: each takes seconds to open, while the person waits."""
Field = Literal["pictures", "documents", "film", "captions", "poster"]
_FIELDS: tuple[Field, ...] = ("pictures", "documents", "film", "captions", "poster")
_KINDS: dict[str, Kind] = {"documents": "document", "film": "film", "captions": "captions"}
_ROLES = {"documents": "worksheet", "film": "film", "captions": "captions", "poster": "poster"}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The content with what was taken, and why the rest was not."""

    content: Content
    problems: tuple[Problem, ...]


def with_uploads(
    sent: MultiValueDict[str, UploadedFile[Any]], fields: Fields, content: Content, *, revision: Revision, by: User
) -> Uploaded:
    """Take in the files of a page, those of one field after those of another."""
    files = {field: sent.getlist(field) for field in _FIELDS}
    if problem := _too_many(files, content):
        return Uploaded(content, (problem,))
    problems: list[Problem] = []
    for field, uploads in files.items():
        small = [upload for upload in uploads if not _too_large(field, upload, problems)]
        if not small:
            continue
        taken = _taken(field, small, revision, by)
        problems += (
            Problem(field, why.code, f"«{quoted(small[place].name or '')}»: {file_complaint(why)}") for place, why in taken.refused
        )
        content = _with(content, field, [(small[place], sha256) for place, sha256 in taken.kept], fields)
    return Uploaded(content, tuple(problems))


def _too_many(files: dict[Field, list[UploadedFile[Any]]], content: Content) -> Problem | None:
    chosen = sum(map(len, files.values()))
    if chosen <= AT_ONCE and len(files["pictures"]) <= MAX_PICTURES - len(content.pictures):
        return None
    message = _("Du valgte %(chosen)d filer. Last opp høyst %(most)d om gangen, og høyst %(all)d i alt. Ingen av dem er lastet opp.")
    field = next(field for field, uploads in files.items() if uploads)
    return Problem(field, "too-many", message % {"chosen": chosen, "most": AT_ONCE, "all": MAX_PICTURES})


def _most(field: Field) -> int:
    return MAX_BYTES[_KINDS[field]] if field in _KINDS else pictures.MAX_BYTES


def _too_large(field: Field, upload: UploadedFile[Any], problems: list[Problem]) -> bool:
    most, size = _most(field), upload.size or 0
    if size <= most:
        return False
    if field == "captions":
        message = _("«%(name)s»: Filen er %(size)d kB. Største tillatte er %(most)d kB. Lever bare tekstingen.")
        unit = 1_000
    else:
        unit = 1_000_000
        message = {
            "documents": _("«%(name)s»: Filen er %(size)d MB. Største tillatte er %(most)d MB. Prøv å lagre som PDF med mindre bilder."),
            "film": _("«%(name)s»: Filen er %(size)d MB. Største tillatte er %(most)d MB. Lagre filmen kortere eller mindre, som 720p."),
        }.get(field, _("«%(name)s»: Filen er %(size)d MB. Største tillatte er %(most)d MB. Prøv å lagre bildet mindre."))
    said = {"name": quoted(upload.name or ""), "size": -(-size // unit), "most": most // unit}
    problems.append(Problem(field, "too-large", message % said))
    return True


def _taken(field: Field, uploads: Sequence[UploadedFile[Any]], revision: Revision, by: User) -> Taken:
    if field in _KINDS:
        return take_files(revision, by=by, files=(cast(Any, upload) for upload in uploads), kind=_KINDS[field])
    return take_pictures(revision, by=by, files=(upload.read() for upload in uploads))


def _with(content: Content, field: Field, kept: Sequence[tuple[UploadedFile[Any], str]], fields: Fields) -> Content:
    if field == "pictures":
        return with_pictures(content, (ContentPicture(sha256=sha256) for _upload, sha256 in kept))
    language = one(fields, f"{field}_language") or next((form.language for form in content.forms), "nb")
    new = []
    for upload, sha256 in kept:
        file = ContentFile(sha256=sha256, role=_ROLES[field])
        if field in ("documents", "captions"):
            file = replace(file, language=language)
        if field == "documents":
            file = replace(file, caption={language: _name_of(upload)})
        new.append(file)
    return with_files(content, new)


def _name_of(upload: UploadedFile[Any]) -> str:
    """A first name for a document: that of its file, which its author may change."""
    stem = _ENDING.sub("", PurePath(quoted(upload.name or "").strip("\u2068\u2069").replace("\\", "/")).name)
    return tidy_text(stem.replace("_", " "))[:MAX_CAPTION]
