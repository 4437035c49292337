"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
MOST_COMPARED = 1_000_000
"""Pairs of words the matcher may look at (a second at worst); longer texts are compared line by line, or replaced as a whole."""

_WORD = re.compile(r"(\S+)(\s*)|(\s+)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field (`forms.nb.care`) and what became of its words."""

    field: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything came or went."""
        return any(piece.kind != "same" for piece in self.pieces)


def compared(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldDifference, ...]:
    """Every field, in the order of `new`, those that are gone last."""
    names = [*new, *(name for name in old if name not in new)]
    return tuple(FieldDifference(name, pieces(old.get(name, ""), new.get(name, ""))) for name in names)


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldDifference, ...]:
    """Those whose text is not the same."""
    return tuple(each for each in compared(old, new) if each.changed)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The old text turned into the new: `same` and `removed` together are the old text, `same` and `added` the new, letter by letter."""
    return tuple(_joined(_compared(old, new)))


Token = tuple[str, str]
"""A word and the blanks after it; words are compared without them, so that the last of a text is still itself when more follows."""


def _words(text: str) -> list[Token]:
    return [(word, after or before) for word, after, before in _WORD.findall(text)]


def _lines(text: str) -> list[Token]:
    return [(line, "") for line in _LINE.findall(text)]


def _compared(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece("same", old)
        return
    for cut in (_words, _lines):
        before, after = cut(old), cut(new)
        if len(before) * len(after) <= MOST_COMPARED:
            yield from _matched(before, after)
            return
    yield from (Piece("removed", old), Piece("added", new))


def _matched(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [word for word, _blank in before], [word for word, _blank in after], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield from _same_words(before[start:end], after[first:last])
        else:
            yield Piece("removed", _text(before[start:end]))
            yield Piece("added", _text(after[first:last]))


def _same_words(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Piece]:
    for (word, old_blank), (_word, new_blank) in zip(before, after, strict=True):
        yield Piece("same", word)
        if old_blank == new_blank:
            yield Piece("same", old_blank)
        else:
            yield from (Piece("removed", old_blank), Piece("added", new_blank))


def _text(tokens: Sequence[Token]) -> str:
    return "".join(word + blank for word, blank in tokens)


def to_show(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """What is marked for people: blanks that came or went alone are not worth a word."""
    worth = (piece if piece.text.strip() else Piece("same", piece.text) for piece in found if piece.text.strip() or piece.kind != "removed")
    return tuple(_joined(worth))


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
