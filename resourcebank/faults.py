"""What is wrong in a file somebody wrote, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file, the line (from 1) and a sentence that says what to mend."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def nearest(value: str, known: Iterable[str]) -> str:
    """A hint at the known value closest to `value` (" Mente du …?"), or nothing."""
    found = get_close_matches(value, list(known), n=1, cutoff=0.5)
    return f" Mente du «{found[0]}»?" if found else ""
