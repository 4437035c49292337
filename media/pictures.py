"""The one door for pictures: what a file is, whether it is taken, and what is made of it.

A file's name and what its sender calls it mean nothing; its first bytes say what it is, and a process of its own with little memory
(`media.decoder`) opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from media.errors import PictureCode, PictureRefused
from media.guarded import Guarded, Outlasted

MAX_BYTES = 20_000_000
WIDTHS = (320, 640, 960, 1600)
"""Of the made sizes, in pixels; a narrower picture is made in its own width and those below it."""
_STARTS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"))


@dataclass(frozen=True, slots=True)
class Made:
    """One made size: WebP without metadata; width and height in pixels."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was taken: what the file was, its size as it is seen, and what was made of it, narrowest first."""

    media_type: str
    width: int
    height: int
    made: tuple[Made, ...]


def media_type_of(data: bytes) -> str | None:
    """The type the first bytes say, among those we take."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for start, media_type in _STARTS if data.startswith(start)), None)


def examine(data: bytes) -> None:
    """Raise PictureRefused when the file would not be taken."""
    _decoded(data, widths=())


def make(data: bytes) -> Picture:
    """The picture and its renditions. Raises PictureRefused."""
    return _decoded(data, widths=WIDTHS)


def _decoded(data: bytes, *, widths: tuple[int, ...]) -> Picture:
    if len(data) > MAX_BYTES:
        raise PictureRefused("too-large")
    media_type = media_type_of(data)
    if media_type is None:
        raise PictureRefused("file-type")
    try:
        answer, blobs = _decoder.ask({"media_type": media_type, "widths": widths}, data)
    except Outlasted as error:
        raise PictureRefused("too-heavy") from error
    if "refused" in answer:
        raise PictureRefused(cast(PictureCode, answer["refused"]))
    made = tuple(Made(each["width"], each["height"], blob) for each, blob in zip(answer["made"], blobs, strict=True))
    return Picture(media_type, answer["width"], answer["height"], made)


_decoder = Guarded("media.decoder")
