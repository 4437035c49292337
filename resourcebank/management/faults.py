"""How a command tells what is wrong in the files it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from resourcebank.faults import Fault


def told(faults: Iterable[Fault]) -> str:
    """One line for each fault, with the shortest path that leads to the file from here."""
    here = Path.cwd()
    return "\n".join(str(replace(f, file=f.file.relative_to(here)) if f.file.is_relative_to(here) else f) for f in faults)
