"""The one door for films: MP4 (H.264, AAC) and WebM (VP8, VP9 or AV1, Opus or Vorbis), which every browser of today plays.

A film is looked at and never decoded here: it is the reader's browser that opens it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import BinaryIO

from media.errors import FileRefused, Kind
from media.mp4 import read_mp4
from media.webm import read_webm

MAX_BYTES = 100_000_000
KIND: Kind = "film"
_LONGEST = 6 * 3600
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 65_557
"""A zip archive is read from its end, which lies within so many bytes: such a film would be two files at once."""


@dataclass(frozen=True, slots=True)
class Film:
    """A film that was taken: what it is, whole seconds (None when it does not say), width and height in pixels."""

    media_type: str
    seconds: int | None
    width: int
    height: int


def read(file: BinaryIO, size: int) -> Film:
    """The film in an open file of `size` bytes. Raises FileRefused."""
    if size > MAX_BYTES:
        raise FileRefused("too-large", KIND)
    file.seek(max(0, size - _ZIP_TAIL))
    if _ZIP_END in file.read(_ZIP_TAIL):
        raise FileRefused("unreadable", KIND)
    file.seek(0)
    head = file.read(12)
    if head[4:8] == b"ftyp":
        media_type, (seconds, width, height) = "video/mp4", read_mp4(file, size)
    elif head[:4] == b"\x1aE\xdf\xa3":
        media_type, (seconds, width, height) = "video/webm", read_webm(file, size)
    else:
        raise FileRefused("file-type", KIND)
    told = math.isfinite(seconds) and 0 < seconds < _LONGEST
    return Film(media_type, max(1, round(seconds)) if told else None, min(width, 20_000), min(height, 20_000))
