"""What changed between two texts as pages show it: field by field, each with its number, and what is far from any change apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from resourcebank.web.differences import FieldDifference, Piece, compared, differences, to_show
from resourcebank.web.fields import field_name
from resourcebank.web.words import Labels

NEAR = 120
"""Characters beside a change that are shown with it; shorter stretches between two changes are shown whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, its words marked."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words. `far` stands between `text` and `after`, away from every change; "" when all of it is near."""

    kind: str
    text: str
    far: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of the whole text. `number` counts the changed ones from 1 and is 0 where nothing changed; `previous` and `next` name
    the changed fields beside it, "" at the ends."""

    name: str
    number: int
    stretches: tuple[Stretch, ...]
    previous: str = ""
    next: str = ""


def changes(old: Mapping[str, str], new: Mapping[str, str], labels: Labels) -> tuple[Change, ...]:
    """Every field that changed."""
    return tuple(Change(field_name(each.field, labels), to_show(each.pieces)) for each in differences(old, new))


def whole_text(old: Mapping[str, str], new: Mapping[str, str], labels: Labels) -> tuple[ReadField, ...]:
    """Every field of the text, those that changed numbered and with the way to the next."""
    found = compared(old, new)
    names = [field_name(each.field, labels) for each in found if each.changed]
    return tuple(_numbered(found, ["", *names, ""], labels))


def _numbered(found: Sequence[FieldDifference], names: Sequence[str], labels: Labels) -> Iterator[ReadField]:
    number = 0
    for each in found:
        name = field_name(each.field, labels)
        if not each.changed:
            yield ReadField(name, 0, tuple(Stretch(piece.kind, piece.text) for piece in each.pieces))
            continue
        number += 1
        yield ReadField(name, number, tuple(_stretches(to_show(each.pieces))), names[number - 1], names[number + 1])


def _stretches(pieces: Sequence[Piece]) -> Iterator[Stretch]:
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        if piece.kind != "same" or len(piece.text) <= 3 * NEAR:
            yield Stretch(piece.kind, piece.text)
            continue
        start = 0 if first else _blank(piece.text, NEAR, 1)
        end = len(piece.text) if last else _blank(piece.text, len(piece.text) - NEAR, -1)
        yield Stretch("same", piece.text[:start], piece.text[start:end], piece.text[end:])


def _blank(text: str, place: int, way: int) -> int:
    """The nearest place between two words, towards the middle."""
    while 0 < place < len(text) and not text[place].isspace():
        place += way
    return place
