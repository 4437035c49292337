"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
MOST_COMPARED = 1_000_000
"""Pairs of words the matcher may look at (a second at worst); longer texts are compared line by line, or replaced as a whole."""

_WORD = re.compile(r"\S+\s*|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that changed (`forms.nb.care`)."""

    field: str
    pieces: tuple[Piece, ...]


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldDifference, ...]:
    """Every field whose text is not the same, in the order of `new`, those that are gone last."""
    names = [*new, *(name for name in old if name not in new)]
    changed = (name for name in names if old.get(name, "") != new.get(name, ""))
    return tuple(FieldDifference(name, pieces(old.get(name, ""), new.get(name, ""))) for name in changed)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The old text turned into the new: `same` and `removed` together are the old text, `same` and `added` the new, letter by letter."""
    return tuple(_joined(_compared(_WORD.findall(old), _WORD.findall(new), old, new)))


def _compared(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[Piece]:
    if len(before) * len(after) <= MOST_COMPARED:
        yield from _matched(before, after)
        return
    lines = _LINE.findall(old), _LINE.findall(new)
    if len(lines[0]) * len(lines[1]) <= MOST_COMPARED:
        yield from _matched(*lines)
    else:
        yield from (Piece("removed", old), Piece("added", new))


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[start:end]))
        else:
            yield Piece("removed", "".join(before[start:end]))
            yield Piece("added", "".join(after[first:last]))


def _joined(parts: Iterator[Piece]) -> Iterator[Piece]:
    """Without the empty ones, neighbours of a kind together."""
    held: Piece | None = None
    for part in parts:
        if not part.text:
            continue
        if held and held.kind == part.kind:
            held = Piece(held.kind, held.text + part.text)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held
