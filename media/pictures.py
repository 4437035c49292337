"""The one door for pictures: what a file is, whether it is taken, and what is made of it.

A file's name and what its sender calls it mean nothing; its first bytes say what it is, and a process of its own with little memory
(`media.decoder`) opens it.
"""

from __future__ import annotations

import atexit
import json
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, cast

from media.errors import Code, PictureRefused

MAX_BYTES = 20_000_000
WIDTHS = (320, 640, 960, 1600)
"""Of the made sizes, in pixels; a narrower picture is made in its own width and those below it."""
_LONGEST_WAIT = 40.0
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
    answer, blobs = _decoder.ask({"media_type": media_type, "widths": widths}, data)
    if "refused" in answer:
        raise PictureRefused(cast(Code, answer["refused"]))
    made = tuple(Made(each["width"], each["height"], blob) for each, blob in zip(answer["made"], blobs, strict=True))
    return Picture(media_type, answer["width"], answer["height"], made)


class _Decoder:
    """The decoding process: started when first needed, one picture at a time, started again after one that was too much for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """The answer of the process and the blobs it tells of; PictureRefused when the picture ended or outlasted it."""
        with self._lock:
            process = self._running()
            timer = Timer(_LONGEST_WAIT, process.kill)
            timer.daemon = True
            timer.start()
            try:
                return _exchange(process, request, data)
            except (OSError, EOFError) as error:
                self._stop()
                raise PictureRefused("too-heavy") from error
            finally:
                timer.cancel()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            program = str(Path(__file__).with_name("decoder.py"))
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-I", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was still to be written has no reader any more


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    source, answers = process.stdin, process.stdout
    if source is None or answers is None:
        raise EOFError
    body = json.dumps({**request, "bytes": len(data)}).encode()
    source.write(struct.pack(">Q", len(body)) + body + data)
    source.flush()
    answer = json.loads(_exactly(answers, struct.unpack(">Q", _exactly(answers, 8))[0]))
    return answer, [_exactly(answers, each["bytes"]) for each in answer.get("made", ())]


def _exactly(source: IO[bytes], many: int) -> bytes:
    found = source.read(many)
    if len(found) < many:
        raise EOFError
    return found


_decoder = _Decoder()
atexit.register(_decoder.close)
