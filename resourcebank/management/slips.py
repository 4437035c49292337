"""Slips of a hurried hand, made by chance: one wrong, missing, doubled or swapped letter in one word of a query."""

from __future__ import annotations

import random

_LETTERS = "abcdefghijklmnoprstuvyæøå"


def slip_inside(text: str, chance: random.Random) -> str:
    """One slip in any letter but the first of a word."""
    return _slip(text, chance, first=False)


def slip_first(text: str, chance: random.Random) -> str:
    """A wrong first letter."""
    return _slip(text, chance, first=True)


def _slip(text: str, chance: random.Random, *, first: bool) -> str:
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    words[place] = _wrong(words[place], 0, chance) if first else _changed(words[place], chance)
    return " ".join(words)


def _wrong(word: str, at: int, chance: random.Random) -> str:
    letter = chance.choice([letter for letter in _LETTERS if letter != word[at].lower()])
    return word[:at] + letter + word[at + 1 :]


def _changed(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    match chance.randrange(4):
        case 0:
            return _wrong(word, at, chance)
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + chance.choice(_LETTERS) + word[at:]
        case _:
            at = min(at, len(word) - 2)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            return swapped if swapped != word and at else _wrong(word, max(1, at), chance)
