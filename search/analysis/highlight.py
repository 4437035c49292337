"""Which characters of a text a search found. Offsets only: markup is the page's business."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from search.analysis.languages import group_of
from search.analysis.normalise import MAX_WORD, fold, normal, placed_as_written
from search.analysis.stems import stem

Span = tuple[int, int]
_AROUND = '.,:;!?()«»"”“…–-*_`#>|'
"""Signs that often stand around a word, those of Markdown too: without them most pieces of a text are one word, which need not be
looked for."""


def stem_mark(word: str, group: str) -> str:
    """The mark that any form of a word in this group answers to."""
    return f"{group}:{stem(word, group)}"


def exact_mark(word: str) -> str:
    """The mark that a word answers to in any language, however its letters are folded."""
    return f"={fold(word)}"


def phrase_mark(words: Sequence[str], group: str) -> str:
    """The mark that these words answer to where they stand side by side, in any form."""
    return f"{group}:{' '.join(stem(word, group) for word in words)}"


def single_marks(marks: Set[str]) -> frozenset[str]:
    """The same marks, those of phrases as marks of each of their words: what a text without any of them can be passed over by."""
    single: set[str] = set()
    for mark in marks:
        group, colon, some = mark.partition(":")
        single |= {f"{group}:{word}" for word in some.split()} if colon else {mark}
    return frozenset(single)


@lru_cache(100_000)
def _marks_of(written: str, group: str) -> tuple[str, str]:
    word = normal(written)[:MAX_WORD]
    return stem_mark(word, group), exact_mark(word)


def answering(pieces: Iterable[str], language: str, marks: frozenset[str]) -> set[str]:
    """Those pieces of a text, each without space in it, that have a word answering to one of the marks, by itself: no phrases."""
    group, found = group_of(language), set()
    for piece in pieces:
        bare = piece.strip(_AROUND)
        if bare.isalpha():
            by_stem, by_form = _marks_of(bare, group)
            if by_stem in marks or by_form in marks:
                found.add(piece)
        elif any(not marks.isdisjoint(_marks_of(written, group)) for _, _, written in placed_as_written(piece)):
            found.add(piece)
    return found


def spans(text: str, language: str, marks: Set[str]) -> tuple[Span, ...]:
    """(start, end) of every word or phrase of the text that answers to one of the marks: code points, end excluded, apart."""
    if not marks:
        return ()
    group = group_of(language)
    placed = [(start, end, *_marks_of(written, group)) for start, end, written in placed_as_written(text)]
    found = [(start, end) for start, end, by_stem, by_form in placed if by_stem in marks or by_form in marks]
    phrases = [mark.partition(":")[2].split() for mark in marks if " " in mark and mark.startswith(f"{group}:")]
    for phrase in phrases:
        wanted = [f"{group}:{token}" for token in phrase]
        for first in range(len(placed) - len(wanted) + 1):
            some = placed[first : first + len(wanted)]
            if [by_stem for _, _, by_stem, _ in some] == wanted:
                found.append((some[0][0], some[-1][1]))
    return _merged(found) if phrases else tuple(found)


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
