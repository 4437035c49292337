"""An MP4 file by its boxes (ISO/IEC 14496-12): whether it is whole, what its tracks are coded in, how large and how long it is.

Only heads are read, never the film itself, so that a hundred megabytes take no memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.errors import FileRefused

_TOP = frozenset({
    b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"prft", b"pdin", b"meta",
})  # fmt: skip
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_MOST_BOXES = 20_000
_VIDEO, _SOUND = frozenset({b"avc1", b"avc3"}), frozenset({b"mp4a"})


@dataclass(slots=True)
class Track:
    """One track: `vide`, `soun` or another, the four letters of its coding, and its size as it is to be shown."""

    handler: bytes = b""
    coding: bytes = b""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four letters, and where its content begins and ends in the file."""

    name: bytes
    start: int
    end: int


def read_mp4(file: BinaryIO, size: int) -> tuple[float, int, int]:
    """Seconds, width and height. Raises FileRefused: `unreadable` when it is cut short or holds something else, `codec`."""
    seconds, tracks = 0.0, []
    top = []
    for depth, box in _boxes(file, 0, size):
        if not depth:
            top.append(box.name)
        elif box.name == b"mvhd":
            seconds = _seconds(_content(file, box, 32))
        elif box.name == b"trak":
            tracks.append(Track())
        elif tracks:
            _note(tracks[-1], file, box)
    if top[:1] != [b"ftyp"] or top.count(b"moov") != 1 or b"mdat" not in top or not _TOP.issuperset(top):
        raise FileRefused("unreadable", "film")
    return seconds, *_shown(tracks)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, Box]]:
    """Every box with its depth, those inside the ones we look into too; together they fill what is around them exactly."""
    waiting = [(0, start, end)]
    count = 0
    while waiting:
        depth, at, stop = waiting.pop()
        while at < stop:
            count += 1
            box = _box(file, at, stop)
            if box is None or count > _MOST_BOXES:
                raise FileRefused("unreadable", "film")
            yield depth, box
            if box.name in _INSIDE:
                waiting.append((depth, box.end, stop))
                depth, at, stop = depth + 1, box.start, box.end
            else:
                at = box.end


def _box(file: BinaryIO, at: int, stop: int) -> Box | None:
    file.seek(at)
    head = file.read(16)
    if len(head) < 8:
        return None
    size, name = struct.unpack(">I4s", head[:8])
    start = at + 8
    if size == 1:
        if len(head) < 16:
            return None
        size, start = struct.unpack(">Q", head[8:])[0], at + 16
    elif not size:
        size = stop - at
    end = at + size
    return Box(name, start, end) if start <= end <= stop else None


def _content(file: BinaryIO, box: Box, most: int) -> bytes:
    file.seek(box.start)
    return file.read(min(most, box.end - box.start))


def _note(track: Track, file: BinaryIO, box: Box) -> None:
    match box.name:
        case b"tkhd":
            content = _content(file, box, 104)
            if len(content) >= 84:
                width, height = struct.unpack(">II", content[88:96] if content[0] == 1 and len(content) >= 96 else content[76:84])
                track.width, track.height = width >> 16, height >> 16
        case b"hdlr":
            track.handler = track.handler or _content(file, box, 12)[8:12]
        case b"stsd":
            track.coding = _content(file, box, 16)[12:16]


def _seconds(content: bytes) -> float:
    if len(content) >= 32 and content[0] == 1:
        scale, length = struct.unpack(">IQ", content[20:32])
    elif len(content) >= 20:
        scale, length = struct.unpack(">II", content[12:20])
    else:
        return 0.0
    return float(length / scale) if scale else 0.0


def _shown(tracks: list[Track]) -> tuple[int, int]:
    films = [track for track in tracks if track.handler == b"vide"]
    sounds = [track for track in tracks if track.handler == b"soun"]
    if not films:
        raise FileRefused("unreadable", "film")
    if any(track.coding not in _VIDEO for track in films) or any(track.coding not in _SOUND for track in sounds):
        raise FileRefused("codec", "film")
    return films[0].width, films[0].height
