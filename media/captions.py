"""The one door for captions: WebVTT (and SRT, which is made into it), read cue by cue and written anew with nothing else in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from media.errors import FileRefused, Kind

MAX_BYTES = 200_000
KIND: Kind = "captions"
MEDIA_TYPE = "text/vtt"
_TIME = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}((?:\s+\S+)*)\s*$")
_SETTING = re.compile(
    r"^(?:vertical:(?:rl|lr)|line:-?\d{1,4}(?:\.\d+)?%?(?:,(?:start|center|end))?|position:\d{1,3}(?:\.\d+)?%(?:,[a-z-]+)?"
    r"|size:\d{1,3}(?:\.\d+)?%|align:(?:start|center|end|left|right))$"
)
_TAG = re.compile(r"<(?:/?(?:b|i|u|ruby|rt)|/?[cv](?:\.[\w.-]{1,60})?(?: [^<>&\"']{1,100})?|/?lang(?: [A-Za-z0-9-]{1,20})?|[\d:.]{9,13})?>")
_OLD_TAG = re.compile(r"</?font[^<>]{0,200}>|\{\\[^{}]{0,60}\}", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SKIPPED = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one time to another, in milliseconds."""

    start: int
    end: int
    settings: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Captions:
    """Captions that were taken: the WebVTT to keep, and what is said in it."""

    written: bytes
    text: str


def read(data: bytes) -> Captions:
    """The captions in a file. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too-large", KIND)
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    webvtt = re.match(r"WEBVTT(?:[ \t][^\n]*)?(?:\n|$)", text) is not None
    if not webvtt and not any(map(_TIMING.match, text.split("\n", 12)[:12])):
        raise FileRefused("file-type", KIND)
    cues = list(_cues(text, webvtt=webvtt))
    if not cues:
        raise FileRefused("no-cues", KIND)
    said = (" ".join(html.unescape(_TAG.sub("", line)) for line in cue.lines) for cue in cues)
    return Captions("\n".join(_written(cues)).encode(), "\n".join(said))


def _decoded(data: bytes) -> str:
    """UTF-8; what begins as no WebVTT may also be of the older encodings that SRT is written in."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(b"WEBVTT"):
            raise FileRefused("encoding", KIND) from error
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused("encoding", KIND) from error


def _cues(text: str, *, webvtt: bool) -> Iterator[Cue]:
    """The cues, in the order of the file. A block without a time is a comment, a style sheet or a number, and is left out."""
    for block in re.split(r"\n{2,}", text.strip("\n")):
        lines = block.split("\n")
        place = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        if place is None or lines[0].split(" ")[0] in _SKIPPED:
            continue
        found = _TIMING.match(lines[place])
        if found is None:
            raise FileRefused("unreadable", KIND)
        start, end = _time(found, 1), _time(found, 5)
        said = tuple(filter(None, (_line(line, webvtt=webvtt) for line in lines[place + 1 :])))
        if said and start < end:
            yield Cue(start, end, " ".join(filter(_SETTING.match, found[9].split())), said)


def _time(found: re.Match[str], first: int) -> int:
    hours, minutes, seconds, thousandths = (int(found[first + place] or 0) for place in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _line(line: str, *, webvtt: bool) -> str:
    """A line as WebVTT allows it; a mark of web pages in it is no caption."""
    plain = _UNSEEN.sub("", line if webvtt else _OLD_TAG.sub("", line)).strip()
    left = _TAG.sub("", plain)
    if re.search(r"<[/!?a-zA-Z]", left) or "-->" in left:
        raise FileRefused("markup", KIND)
    tags = list(_TAG.finditer(plain))
    kept, at = [], 0
    for tag in tags:
        kept += [_escaped(plain[at : tag.start()]), tag[0]]
        at = tag.end()
    return "".join([*kept, _escaped(plain[at:])])


def _escaped(text: str) -> str:
    return re.sub(r"&(?!(?:amp|lt|gt|lrm|rlm|nbsp);)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def _written(cues: list[Cue]) -> Iterator[str]:
    yield "WEBVTT"
    for cue in cues:
        yield ""
        yield f"{_clock(cue.start)} --> {_clock(cue.end)} {cue.settings}".rstrip()
        yield from cue.lines
    yield ""


def _clock(time: int) -> str:
    seconds, thousandths = divmod(time, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{thousandths:03d}"
