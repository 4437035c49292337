"""Which files can be kept with a text: faults that no draft may have, told at their field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from media.errors import Kind
from media.models import MediaFile
from media.shelf import kind_of
from resourcebank.content import Content, ContentFile
from resourcebank.errors import Problem
from resourcebank.models.revision import ATTACHMENT_ROLES
from resourcebank.services.structure import too_long, unknown_value

MAX_PICTURES = 40
MAX_FILES = 40
MAX_ALT = 500
MAX_CAPTION = 150
MAX_RIGHTS = 300
KINDS: Mapping[str, Kind | None] = {"worksheet": "document", "film": "film", "captions": "captions", "poster": None}
"""What a file must be for its role; None is a picture."""


def files_of(content: Content) -> dict[str, MediaFile]:
    """The kept files a content names, by SHA-256; one statement."""
    wanted = {*(picture.sha256 for picture in content.pictures), *(file.sha256 for file in content.files)}
    return {file.sha256: file for file in MediaFile.objects.filter(sha256__in=wanted).defer("extracted_text")}


def attachment_problems(content: Content) -> tuple[Problem, ...]:
    """Every fault that keeps the pictures and files of a (tidied) content from being stored."""
    if not content.pictures and not content.files:
        return ()
    kept = files_of(content)
    return (*_pictures(content, kept), *_files(content, kept), *_film(content))


def _pictures(content: Content, kept: Mapping[str, MediaFile]) -> Iterator[Problem]:
    if len(content.pictures) > MAX_PICTURES:
        yield Problem("pictures", "too-many", _("En ressurs kan ha høyst %(most)d bilder. Del den i flere.") % {"most": MAX_PICTURES})
    for number, picture in enumerate(content.pictures, start=1):
        at = f"pictures.{number}"
        if picture.sha256 not in kept or kind_of(kept[picture.sha256]):
            yield Problem(at, "file-missing", _("Bildet er ikke lastet opp. Last det opp på nytt."))
        yield from too_long(f"{at}.source_url", picture.source_url, 500)
        yield from _texts(at, {"alt": (picture.alt, MAX_ALT)}, picture.rights)


def _files(content: Content, kept: Mapping[str, MediaFile]) -> Iterator[Problem]:
    if len(content.files) > MAX_FILES:
        yield Problem("files", "too-many", _("En ressurs kan ha høyst %(most)d filer. Del den i flere.") % {"most": MAX_FILES})
    for number, file in enumerate(content.files, start=1):
        at = f"files.{number}"
        if file.role not in ATTACHMENT_ROLES[1:]:
            yield unknown_value(f"{at}.role", file.role)
        elif file.sha256 not in kept or kind_of(kept[file.sha256]) != KINDS[file.role]:
            yield Problem(at, "file-missing", _("Filen er ikke lastet opp. Last den opp på nytt."))
        yield from too_long(f"{at}.language", file.language, 20)
        yield from _texts(at, {"alt": (file.alt, MAX_ALT), "caption": (file.caption, MAX_CAPTION)}, file.rights)


def _texts(at: str, texts: Mapping[str, tuple[Mapping[str, Any], int]], rights: str) -> Iterator[Problem]:
    for part, (said, most) in texts.items():
        for tag, text in said.items():
            yield from too_long(f"{at}.{part}.{tag}", text, most)
    yield from too_long(f"{at}.rights", rights, MAX_RIGHTS)


def _film(content: Content) -> Iterator[Problem]:
    """One film, one poster, and captions once in each language."""
    numbered = list(enumerate(content.files, start=1))
    for role, message in (
        ("film", _("En ressurs har én film. Fjern den som er her, eller lag en ressurs til.")),
        ("poster", _("Filmen har ett forsidebilde. Fjern det som er her, før du laster opp et nytt.")),
    ):
        for number, _file in [row for row in numbered if row[1].role == role][1:]:
            yield Problem(f"files.{number}", "twice", message)
    yield from _captions([row for row in numbered if row[1].role == "captions"])


def _captions(rows: list[tuple[int, ContentFile]]) -> Iterator[Problem]:
    spoken = Counter(file.language for _number, file in rows)
    for number, file in rows:
        if not file.language:
            yield Problem(f"files.{number}.language", "language-missing", _("Si hvilket språk tekstingen er på."))
        elif spoken[file.language] > 1:
            message = _("Det er to filer med teksting på samme språk. Fjern den ene, eller velg et annet språk.")
            yield Problem(f"files.{number}.language", "twice", message)
