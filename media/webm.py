"""A WebM file by its elements (EBML, RFC 8794, and the Matroska subset of webmproject.org): whether it is whole, what its tracks are
coded in, how large and how long it is. Only heads are read, never the film itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.errors import FileRefused

EBML, SEGMENT = 0x1A45DFA3, 0x18538067
_DOC_TYPE, _INFO, _SCALE, _DURATION = 0x4282, 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _ENTRY, _CODING, _VIDEO, _WIDTH, _HEIGHT = 0x1654AE6B, 0xAE, 0x86, 0xE0, 0xB0, 0xBA
_CLUSTER, _ATTACHMENTS = 0x1F43B675, 0x1941A469
_MOST_ELEMENTS = 50_000
_MOST_CONTENT = 64
_FILM, _SOUND = frozenset({b"V_VP8", b"V_VP9", b"V_AV1"}), frozenset({b"A_OPUS", b"A_VORBIS"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its id, and where its content begins and ends. A stream that was recorded as it came does not say where it ends."""

    name: int
    start: int
    end: int
    open: bool


def read_webm(file: BinaryIO, size: int) -> tuple[float, int, int]:
    """Seconds (0 when it does not say), width and height. Raises FileRefused."""
    top = list(_elements(file, 0, size))
    if [each.name for each in top] != [EBML, SEGMENT] or _first(file, top[0], _DOC_TYPE).rstrip(b"\0") != b"webm":
        raise FileRefused("unreadable", "film")
    seconds, width, height, clusters = 0.0, 0, 0, 0
    codings: list[bytes] = []
    for part in _parts(file, top[1]):
        if part.name == _ATTACHMENTS:
            raise FileRefused("active", "film")
        if part.name == _INFO:
            seconds = _seconds(_first(file, part, _SCALE), _first(file, part, _DURATION))
        elif part.name == _TRACKS:
            for entry in _named(file, part, _ENTRY):
                codings.append(_first(file, entry, _CODING))
                for video in _named(file, entry, _VIDEO):
                    width, height = _number(_first(file, video, _WIDTH)), _number(_first(file, video, _HEIGHT))
        clusters += part.name == _CLUSTER
    if not clusters or not _FILM.intersection(codings):
        raise FileRefused("codec" if clusters and codings else "unreadable", "film")
    if not (_FILM | _SOUND).issuperset(codings):
        raise FileRefused("codec", "film")
    return seconds, width, height


def _parts(file: BinaryIO, segment: Element) -> Iterator[Element]:
    """What a segment holds. Within a cluster that does not say where it ends nothing is looked for: it is the film."""
    for element in _elements(file, segment.start, segment.end):
        yield element
        if element.open:
            return


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """Elements one after the other; together they fill what is around them exactly."""
    at = start
    for _count in range(_MOST_ELEMENTS):
        if at == end:
            return
        element = _element(file, at, end)
        if element is None:
            break
        yield element
        at = element.end
    raise FileRefused("unreadable", "film")


def _element(file: BinaryIO, at: int, stop: int) -> Element | None:
    file.seek(at)
    head = file.read(12)
    name, long = _vint(head, most=4, marked=True)
    length, more = _vint(head[long:], most=8, marked=False)
    if not long or not more:
        return None
    start = at + long + more
    unknown = length == (1 << (7 * more)) - 1
    end = stop if unknown else start + length
    return Element(name, start, end, unknown) if start <= end <= stop else None


def _vint(data: bytes, *, most: int, marked: bool) -> tuple[int, int]:
    """A number of variable length and how many bytes it takes, 0 when it is none. `marked`: the mark of its length belongs to it."""
    if not data or not data[0]:
        return 0, 0
    length = 9 - data[0].bit_length()
    if length > most or len(data) < length:
        return 0, 0
    value = int.from_bytes(data[:length])
    return (value if marked else value & ((1 << (7 * length)) - 1)), length


def _named(file: BinaryIO, around: Element, name: int) -> Iterator[Element]:
    return (each for each in _elements(file, around.start, around.end) if each.name == name)


def _first(file: BinaryIO, around: Element, name: int) -> bytes:
    for each in _named(file, around, name):
        file.seek(each.start)
        return file.read(min(_MOST_CONTENT, each.end - each.start))
    return b""


def _number(content: bytes) -> int:
    return min(int.from_bytes(content[:8]), 100_000)


def _seconds(scale: bytes, duration: bytes) -> float:
    if len(duration) not in (4, 8):
        return 0.0
    value = struct.unpack(">f" if len(duration) == 4 else ">d", duration)[0]
    return max(0.0, float(value)) * (int.from_bytes(scale[:8]) if scale else 1_000_000) / 1e9
