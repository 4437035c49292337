"""The one door for documents: PDF, DOCX and ODT, by what they contain. A process of its own opens them (`media.document_reader`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from media.errors import FileCode, FileRefused, Kind
from media.guarded import Guarded, Outlasted

MAX_BYTES = 20_000_000
KIND: Kind = "document"
_STARTS = ((b"%PDF-", "application/pdf"), (b"PK\x03\x04", "application/zip"))


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was taken: what it is, its text as far as it is kept, and its pages (None when it does not say)."""

    media_type: str
    text: str
    pages: int | None


def read(data: bytes) -> Document:
    """The document in a file. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too-large", KIND)
    media_type = next((media_type for start, media_type in _STARTS if data.startswith(start)), None)
    if media_type is None:
        raise FileRefused("file-type", KIND)
    try:
        answer, _blobs = _reader.ask({"media_type": media_type}, data)
    except Outlasted as error:
        raise FileRefused("too-heavy", KIND) from error
    if "refused" in answer:
        raise FileRefused(cast(FileCode, answer["refused"]), KIND)
    return Document(answer["media_type"], answer["text"], answer["pages"])


_reader = Guarded("media.document_reader")
