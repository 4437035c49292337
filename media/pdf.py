"""Reading a PDF that nobody trusts: refused when something in it acts by itself, and its text for those who search.

Runs in the confined program alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from media.confined import Refused, seconds_used

SECONDS_OF_TEXT = 8.0
"""Processor time given to finding text; the pages after that stay unread, and the document is taken all the same."""
_MOST_OBJECTS = 300_000
_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute",
})  # fmt: skip
_KEYS = frozenset({"/JS", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_NAMED = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)(?=[\s/<>\[\]()%\0])")
_END = b"%%EOF"
_LONGEST_TAIL = 1_024
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 65_557
"""A zip archive is read from its end, which lies within so many bytes: such a file would be two things at once."""


def read_pdf(data: bytes, *, most: int) -> tuple[str, int]:
    """Its text (about `most` characters of it) and the number of its pages. Raises Refused."""
    _require_one_file(data)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refused("locked")
        _require_still(data, reader)
        return _text(reader, most), len(reader.pages)
    except (PyPdfError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise Refused("unreadable") from error  # whatever a parser says of a file that is not as it should be


def _require_one_file(data: bytes) -> None:
    end = data.rfind(_END)
    if end < 0 or len(data) - end > _LONGEST_TAIL or data[end + len(_END) :].strip(b"\r\n\t \0") or _ZIP_END in data[-_ZIP_TAIL:]:
        raise Refused("unreadable")


def _require_still(data: bytes, reader: PdfReader) -> None:
    """Nothing in it runs, opens other files, carries them, or sends anything away: neither in the objects in use nor in old ones that
    another reader may find."""
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data
    if _NAMED.search(plain) or any(_acts(each) for each in _dictionaries(reader)):
        raise Refused("active")


def _acts(each: DictionaryObject) -> bool:
    return (
        not _KEYS.isdisjoint(each.keys()) or _name(each, "/S") in _ACTIONS or (_name(each, "/Subtype") in _ANNOTATIONS and "/Rect" in each)
    )


def _name(each: DictionaryObject, key: str) -> str:
    value = each.raw_get(key) if key in each else None
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return str(value) if isinstance(value, str) else ""


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, those in streams' heads and inside other objects too."""
    numbers = {(number, generation) for generation, places in reader.xref.items() for number in places}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > _MOST_OBJECTS:
        raise Refused("too-heavy")
    waiting: list[Any] = [reader.trailer]
    waiting += (IndirectObject(number, generation, reader).get_object() for number, generation in sorted(numbers))
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting += (inner for inner in (each.raw_get(key) for key in each) if isinstance(inner, DictionaryObject | ArrayObject))
        elif isinstance(each, ArrayObject):
            waiting += (inner for inner in each if isinstance(inner, DictionaryObject | ArrayObject))


def _text(reader: PdfReader, most: int) -> str:
    end = seconds_used() + SECONDS_OF_TEXT
    found: list[str] = []
    length = 0
    for page in reader.pages:
        if length >= most or seconds_used() > end:
            break
        found.append(_page_text(page))
        length += len(found[-1])
    return "\n\n".join(found)


def _page_text(page: Any) -> str:
    try:
        return str(page.extract_text())
    except (PyPdfError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, AssertionError):
        return ""  # a page whose text nobody can make out is still a page
