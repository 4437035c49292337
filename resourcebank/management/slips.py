"""Slips of a hurried hand, made by chance and the same each time: one letter of one word of each query."""

from __future__ import annotations

import random
from collections.abc import Iterable

KINDS = ("inside", "anywhere", "first")
"""Where the slip is: in any letter but the first, in any, in the first."""
_SEED = 20261129
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"


def all_misspelt(texts: Iterable[str], kind: str) -> list[str]:
    """Each query with one slip."""
    dice = random.Random(f"{_SEED} {kind}")  # noqa: S311  # no secret
    return [misspelt(text, dice, kind) for text in texts]


def misspelt(text: str, dice: random.Random, kind: str) -> str:
    """A question with one slip in one of its longer words; `kind` says where: `inside`, `anywhere` or `first`."""
    every = text.split()
    at = dice.choice([n for n, word in enumerate(every) if len(word) > 3] or range(len(every)))
    word = every[at].lower()
    first = kind == "first" or len(word) < 2 or (kind == "anywhere" and dice.randrange(len(word)) == 0)
    every[at] = slip(word, dice, first=first)
    return " ".join(every)


def slip(word: str, dice: random.Random, *, first: bool) -> str:
    """One letter changed, left out, put in or swapped with the next one: the first letter, or any but the first."""
    at = 0 if first else dice.randrange(1, len(word))
    letter = dice.choice([each for each in _LETTERS if each != word[at]])
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    ways = [word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]
    return dice.choice([way for way in (*ways, swapped) if way != word])
