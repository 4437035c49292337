"""Why a file is not taken. What a person reads about it is for the package that shows it to say."""

from __future__ import annotations

from typing import Literal

Kind = Literal["document", "film", "captions"]
PictureCode = Literal["too-large", "file-type", "unreadable", "too-many-pixels", "moving", "colours", "too-heavy"]
FileCode = Literal[
    "too-large", "file-type", "empty", "unreadable", "too-heavy", "locked", "active", "unpacks", "codec", "markup", "no-cues", "encoding"
]


class PictureRefused(Exception):
    """A file that is no picture we take.

    `too-large`: more bytes than allowed; `file-type`: not PNG, JPEG, WebP or GIF by its first bytes; `unreadable`: cut short or damaged;
    `too-many-pixels`; `moving`: more than one frame; `colours`: not for screens (CMYK and the like); `too-heavy`: reading it took more
    memory or time than a picture may.
    """

    def __init__(self, code: PictureCode) -> None:
        super().__init__(code)
        self.code = code


class FileRefused(Exception):
    """A file that is no document, film or captions we take; `kind` is what it was handed in as.

    `too-large`, `empty`, `file-type` (by what it contains), `unreadable` (cut short, damaged, or two files in one), `too-heavy` as above;
    `locked`: needs a password; `active`: holds programs, other files, or what is fetched from elsewhere; `unpacks`: a little that unpacks
    to very much; `codec`: a film that not every browser plays; `markup`: captions with code of web pages in them; `no-cues`: captions
    with nothing to show; `encoding`: text that is not UTF-8.
    """

    def __init__(self, code: FileCode, kind: Kind) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
