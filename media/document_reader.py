"""The program that opens foreign documents: what kind they are, whether anything in them acts by itself, and the text in them.

Run by `media.documents` (see `media.guarded`); it imports nothing of the site.
"""

from __future__ import annotations

from typing import Any

from media.confined import Answer, Refused, serve
from media.office import read_office
from media.pdf import read_pdf

MOST_TEXT = 200_000
"""Characters of text that are kept."""


def _answer(request: dict[str, Any], data: bytes) -> Answer:
    pages: int | None
    if request["media_type"] == "application/pdf":
        media_type, (text, pages) = "application/pdf", read_pdf(data, most=MOST_TEXT)
        if not pages:
            raise Refused("unreadable")
    else:
        media_type, text, pages = read_office(data, most=MOST_TEXT)
    return {"media_type": media_type, "text": text[:MOST_TEXT], "pages": pages}, []


if __name__ == "__main__":
    serve(_answer)
