"""Programs that open foreign files, each in a process of its own: asked over a pipe, one file at a time, ended when it takes too long.

A request is a length (8 bytes) and that many bytes of JSON, then the file; an answer is the same, then the blobs its `made` gives the
sizes of. What a program may use is for the program itself to limit.
"""

from __future__ import annotations

import atexit
import json
import struct
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

_LONGEST_WAIT = 40.0
"""Seconds by the clock for one file; the programs limit their own processor time to less."""
_ROOT = str(Path(__file__).resolve().parents[1])
_START = "import runpy, sys; sys.path.append(sys.argv[1]); runpy.run_module(sys.argv[2], run_name='__main__')"
"""Isolated (-I) from the person's own settings; only the folder of the project is added, last, so that it hides nothing."""


class Outlasted(Exception):
    """The file ended the program that opened it, or took longer than it may."""


class Guarded:
    """One such program, a module of this package: started when first needed, and again after a file that was too much for it."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """The answer of the program and the blobs it tells of. Raises Outlasted."""
        with self._lock:
            process = self._running()
            timer = Timer(_LONGEST_WAIT, process.kill)
            timer.daemon = True
            timer.start()
            try:
                return _exchange(process, request, data)
            except (OSError, EOFError) as error:
                self._stop()
                raise Outlasted from error
            finally:
                timer.cancel()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-I", "-c", _START, _ROOT, self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
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
