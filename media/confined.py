"""What the programs of `media.guarded` have in common: little memory, no file, no core, so much processor time for each file.

Imports nothing of the site.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 1_000_000_000
"""Bytes of address space; Python and the libraries take about a third of it before the first file."""
SECONDS = 20
"""Of processor time for one file."""
Answer = tuple[dict[str, Any], list[bytes]]


class Refused(Exception):
    """The file is not taken: the code is the message."""


def seconds_used() -> float:
    """Processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def serve(answer: Callable[[dict[str, Any], bytes], Answer]) -> None:
    """Answer requests until the input ends. A `Refused` and a lack of memory are answers too."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (value, value))
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(8):
        request = json.loads(source.read(struct.unpack(">Q", head)[0]))
        data = source.read(request["bytes"])
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds_used()) + SECONDS, resource.RLIM_INFINITY))
        said, blobs = _answered(answer, request, data)
        body = json.dumps(said).encode()
        answers.write(struct.pack(">Q", len(body)) + body + b"".join(blobs))
        answers.flush()


def _answered(answer: Callable[[dict[str, Any], bytes], Answer], request: dict[str, Any], data: bytes) -> Answer:
    try:
        return answer(request, data)
    except Refused as refused:
        return {"refused": str(refused)}, []
    except MemoryError:
        return {"refused": "too-heavy"}, []
