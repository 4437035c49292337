"""Documents and films on the pages: what each is in words, and how the film is played with its captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media.models import MediaFile
from media.shelf import ENDINGS
from resourcebank.languages import FALLBACKS
from resourcebank.models import Attachment
from resourcebank.web import words
from resourcebank.web.pictures import PictureView, picture_views

Languages = Mapping[str, str]
"""BCP 47 tag -> the name of the language in the reader's own."""
_NAMES = {"pdf": "PDF", "docx": "Word", "odt": "OpenDocument", "mp4": "MP4", "webm": "WebM", "vtt": "WebVTT"}


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document to fetch: its name, what it is in words, and the language of each."""

    url: str
    name: str
    name_language: str
    facts: str
    language: str
    rights: str


@dataclass(frozen=True, slots=True)
class TrackView:
    """Captions in one language; the `chosen` ones are shown from the start."""

    url: str
    language: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilmView:
    """A film as the browser plays it; `poster` is what is shown before it starts."""

    url: str
    media_type: str
    facts: str
    width: int
    height: int
    poster: PictureView | None
    tracks: tuple[TrackView, ...]
    rights: str


def document_views(files: Sequence[Attachment], language: str, languages: Languages) -> Iterator[DocumentView]:
    """The documents in their order, named in a language or the nearest there is."""
    for row in files:
        if row.role == "worksheet":
            tag = _nearest(row, language)
            yield DocumentView(
                url=file_url(row.file),
                name=row.caption.get(tag, "") or _("Dokument"),
                name_language=tag,
                facts=facts_of_file(row.file, language_name(row.language, languages)),
                language=row.language,
                rights=row.rights,
            )


def film_view(files: Sequence[Attachment], language: str, languages: Languages) -> FilmView | None:
    """The film, with captions in a language or the nearest there is shown from the start; None when there is none."""
    film = next((row for row in files if row.role == "film"), None)
    if film is None:
        return None
    captions = {row.language: row for row in files if row.role == "captions"}
    chosen = next((tag for tag in (language, *FALLBACKS) if tag in captions), next(iter(captions), ""))
    tracks = (TrackView(file_url(row.file), tag, language_name(tag, languages) or tag, tag == chosen) for tag, row in captions.items())
    posters = [row for row in files if row.role == "poster"]
    return FilmView(
        url=file_url(film.file),
        media_type=film.file.media_type,
        facts=facts_of_file(film.file, ""),
        width=film.file.width or 640,
        height=film.file.height or 360,
        poster=next(picture_views(posters, language), None),
        tracks=tuple(tracks),
        rights=film.rights,
    )


def _nearest(row: Attachment, language: str) -> str:
    return next((tag for tag in (language, *FALLBACKS, *row.caption) if row.caption.get(tag)), language)


def language_name(tag: str, languages: Languages) -> str:
    """A language as a word in a sentence: `bokmål`; empty for none."""
    name = languages.get(tag, tag)
    return name[:1].lower() + name[1:] if words.interface_language() != "en" else name


def file_url(file: MediaFile) -> str:
    """The address of a document, film or captions."""
    return reverse("file", args=[file.sha256, ENDINGS[file.media_type]])


def facts_of_file(file: MediaFile, language: str) -> str:
    """What a file is: `PDF, 2 sider, 140 kB, bokmål`, `MP4, 1 min 15 s, 12 MB`."""
    pages = ngettext("%(number)s side", "%(number)s sider", file.pages) % {"number": file.pages} if file.pages else ""
    length = words.length(file.seconds) if file.seconds else ""
    ending = ENDINGS.get(file.media_type, "")
    return ", ".join(filter(None, (_NAMES.get(ending, ending), pages, length, words.size(file.bytes), language)))
