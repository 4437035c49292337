"""Which characters of a text a search found. Offsets only: markup is the page's business."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from search.analysis.languages import group_of
from search.analysis.normalise import fold, placed_words
from search.analysis.stems import stem

Span = tuple[int, int]


def stem_mark(word: str, group: str) -> str:
    """The mark that any form of a word in this group answers to."""
    return f"{group}:{stem(word, group)}"


def exact_mark(word: str) -> str:
    """The mark that a word answers to in any language, however its letters are folded."""
    return f"={fold(word)}"


@lru_cache(100_000)
def _marks_of(word: str, group: str) -> tuple[str, str]:
    return stem_mark(word, group), exact_mark(word)


def spans(text: str, language: str, marks: Set[str]) -> tuple[Span, ...]:
    """(start, end) of every word of the text that answers to one of the marks; code points, end excluded."""
    if not marks:
        return ()
    group = group_of(language)
    found = []
    for start, end, word in placed_words(text):
        by_stem, by_form = _marks_of(word, group)
        if by_stem in marks or by_form in marks:
            found.append((start, end))
    return tuple(found)
