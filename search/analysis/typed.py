"""What a person typed: loose words, phrases in quotation marks, and words to do without. Everything else is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.analysis.normalise import normal, words

MAX_WORDS = 16
_QUOTED = r"\"([^\"]*)\"|«([^«»]*)»|»([^«»]*)«|[“„”]([^“„”]*)[“”]"
_SPECIAL = re.compile(rf"(?<![^\W_])((?<!\S)-)?(?:{_QUOTED})|(?<!\S)-([^\W_][^\s\"«»“„”]*)")
Kind = Literal["word", "phrase", "without"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as it is read, every word in normal form.

    `phrases` must stand as they are; none of `without` may (one word, or several side by side). `left_out`: how many words came after
    the sixteenth and count for nothing.
    """

    words: Words
    phrases: tuple[Words, ...]
    without: tuple[Words, ...]
    left_out: int


def read_typed(text: str) -> Typed:
    """Read a query. A quotation mark that is not closed is no sign, and neither is a hyphen that stands alone or inside a word (`1-1`)."""
    found: dict[Kind, list[Words]] = {"word": [], "phrase": [], "without": []}
    room, every = MAX_WORDS, 0
    for kind, some in _pieces(normal(text)):
        every += len(some)
        kept = some if len(some) <= room else () if kind == "without" else some[:room]  # half of what is unwanted would be another wish
        if kept:
            found[kind].append(kept)
        room -= len(kept)
    loose = tuple(word for piece in found["word"] for word in piece)
    return Typed(loose, tuple(dict.fromkeys(found["phrase"])), tuple(dict.fromkeys(found["without"])), every - (MAX_WORDS - room))


def _pieces(text: str) -> Iterator[tuple[Kind, Words]]:
    done = 0
    for match in _SPECIAL.finditer(text):
        minus, *quoted, excluded = match.groups()
        inside = next((each for each in quoted if each is not None), None)
        yield "word", tuple(words(text[done : match.start()]))
        if inside is None:
            yield "without", tuple(words(excluded))
        else:
            yield "without" if minus else "phrase", tuple(words(inside))
        done = match.end()
    yield "word", tuple(words(text[done:]))
