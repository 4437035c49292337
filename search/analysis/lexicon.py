"""The words of a collection: which are known, what compounds are made of, and what a misspelt word is near.

A lexicon is made from the texts when an index is rebuilt and is named by its hash; every engine's generation uses the same one,
or their answers would differ. Words that come later are known, but never part of a compound.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256

from search.analysis.nearness import away, distance
from search.analysis.normalise import fold
from search.analysis.stems import norwegian, stem
from search.analysis.tables import tables
from search.schema import GROUPS

MIN_PART, MIN_LAST, MIN_COUNT, MAX_PARTS, NEAREST = 4, 5, 2, 4, 3
MIN_GIVEN, GIVEN_COUNT, MIN_COMPOUND = 3, 100, 6
"""How long a part of the tables is at least, how often it counts as read, and how long a compound is at least."""
FORMAT = "lexicon 1"
_SHORT, _LONG = 3, 8
_DIGRAPHS = (("aa", "å"), ("oe", "ø"), ("ae", "æ"))


@cache
def part_stems() -> frozenset[str]:
    """The stems of the parts that the tables give."""
    return frozenset(norwegian(part) for part in tables().parts)


@cache
def part_heads() -> frozenset[str]:
    """How the parts that the tables give begin: a cheap question before the dear one for a stem."""
    return frozenset(part[:MIN_GIVEN] for part in tables().parts)


@cache
def table_spellings() -> dict[str, str]:
    """Folded form -> the form in the tables' spelling."""
    return {fold(form): form for form in sorted(tables().stems)}


def _letters(word: str) -> int:
    """The set of letters of a word as bits; letters that share a bit make words look more alike than they are, never less."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _with_norwegian_letters(word: str) -> Iterator[str]:
    """The word with every aa, oe and ae as one letter; then with one of them."""
    if word.isascii() and (here := [pair for pair in _DIGRAPHS if pair[0] in word]):
        whole = word
        for pair in here:
            whole = whole.replace(*pair)
        yield from dict.fromkeys([whole, *(word.replace(*pair) for pair in here)])


class Lexicon:
    """Word counts per field group, with what follows from them."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]], part_stems: Iterable[str] | None = None) -> None:
        self.counts = {group: dict(counts.get(group, {})) for group in GROUPS}
        self._norwegian = dict(self.counts["no"])
        self.split = lru_cache(200_000)(self._split)
        self.part_tokens = lru_cache(200_000)(self._part_tokens)
        self.near = lru_cache(20_000)(self._near)
        self._part_stems = frozenset(part_stems if part_stems is not None else self._stems_of_parts())
        self._folded: dict[str, dict[str, tuple[str, int]]] = {group: {} for group in GROUPS}
        self._stems: dict[str, set[str]] = {group: set() for group in GROUPS}
        self._heads: dict[str, dict[tuple[str, int], list[tuple[int, str]]]] = {group: defaultdict(list) for group in GROUPS}
        self._tails: dict[str, dict[str, list[str]]] = {group: {} for group in GROUPS}
        for group in GROUPS:
            for word, count in self.counts[group].items():
                self._learn(word, group, count)
        self._stems["no"] |= self._part_stems

    def _learn(self, word: str, group: str, count: int) -> None:
        folded = fold(word)
        known = self._folded[group]
        if folded not in known and not folded.isdigit():
            self._heads[group][folded[0], len(folded)].append((_letters(folded), folded))
            self._tails[group].setdefault(folded[1:], []).append(folded)
        if count > known.get(folded, ("", 0))[1]:
            known[folded] = (word, count)
        self._stems[group].add(stem(word, group))

    def learn(self, words: Iterable[tuple[str, str]]) -> None:
        """Make (group, word) pairs known that came after the lexicon was made."""
        for group, word in words:
            if word not in self.counts[group]:
                self.counts[group][word] = 1
                self._learn(word, group, 1)
        self.near.cache_clear()

    def has(self, word: str, group: str) -> bool:
        """Is the word, or another form of it, in texts of this group?"""
        return fold(word) in self._folded[group] or stem(word, group) in self._stems[group]

    def spelt(self, word: str) -> str:
        """The word as the collection or the tables write it, when it is typed without å, æ, ø (`soker`, `laerer`, `naa`); else the word.

        A word that stands in the collection as it is typed stays.
        """
        if any(word in self.counts[group] for group in GROUPS) or word in tables().stems:
            return word
        for typed in _with_norwegian_letters(word):
            if typed in self.counts["no"] or typed in tables().stems:
                return typed
        if known := self._folded["no"].get(fold(word)):
            return known[0]
        return word if self.groups_with(word) else table_spellings().get(fold(word), word)

    def is_written(self, word: str) -> bool:
        """Does the word stand in some text, or in the tables, in just this form, but for marks over letters?"""
        folded = fold(word)
        return word in tables().stems or any(folded in self._folded[group] for group in GROUPS)

    def written(self, word: str, group: str) -> tuple[str, int] | None:
        """How a word is written in this group, when only marks over letters tell them apart: the commonest way and its count, or None."""
        return self._folded[group].get(fold(word))

    def groups_with(self, word: str) -> tuple[str, ...]:
        """The field groups that know a word; empty for a word nobody wrote."""
        return tuple(group for group in GROUPS if self.has(word, group))

    def _near(self, word: str, group: str) -> tuple[tuple[int, str], ...]:
        """The nearest words of a group: at most 3 of (edits, word), all with the fewest edits there are; two edits from 8 letters where
        the first letter holds, else one. Of equals those come first whose å, æ and ø are those of the word, then the commonest.

        Words of three letters are near those that have a letter more alone: nearly any three letters are one edit from some word.
        """
        folded = fold(word)
        if len(folded) < _SHORT:
            return ()
        most = 1 if len(folded) < _LONG else 2
        forms = self._folded[group]
        near = {other: edits for other in self._alike(folded, most, group) if (edits := distance(folded, other, most)) <= most}
        near |= dict.fromkeys(self._with_other_head(folded, group), 1)
        found = [(edits, *forms[other]) for other, edits in near.items() if len(other) > _SHORT or len(folded) > _SHORT]
        ranked = sorted((away(word, form, edits), -count, form) for edits, form, count in found)
        return tuple((edits, form) for (edits, _), _, form in ranked[:NEAREST] if edits == ranked[0][0][0])

    def _alike(self, folded: str, most: int, group: str) -> Iterator[str]:
        """Words with the same first letter, about as long and of about the same letters: an edit changes at most two of the set."""
        heads, letters = self._heads[group], _letters(folded)
        for length in range(len(folded) - most, len(folded) + most + 1):
            bucket = heads.get((folded[0], length), ())
            yield from [other for own, other in bucket if (own ^ letters).bit_count() <= 2 * most]

    def _with_other_head(self, folded: str, group: str) -> Iterator[str]:
        """Words that differ in the first letter alone: another one, none, one too many, or swapped with the second."""
        forms, tails = self._folded[group], self._tails[group]
        yield from (other for other in (*tails.get(folded[1:], ()), *tails.get(folded, ())) if other[0] != folded[0])
        yield from (other for other in (folded[1:], folded[1] + folded[0] + folded[2:]) if other in forms and other[0] != folded[0])

    def _worth(self, piece: str, *, last: bool) -> float:
        """How readily a piece is taken for a part of a compound (a log count); below 0: never.

        A part of the tables is one whatever the collection says, at the end of a word in any form.
        """
        given = tables()
        if piece in given.no_parts:
            return -1.0
        if piece in given.parts or (
            last and len(piece) > MIN_PART and piece[:MIN_GIVEN] in part_heads() and norwegian(piece) in part_stems()
        ):
            return math.log(GIVEN_COUNT)
        count = self._norwegian.get(piece, 0)
        return math.log(count) if count >= MIN_COUNT and len(piece) >= (MIN_LAST if last else MIN_PART) else -1.0

    def _split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, with linking s and e taken away; empty for a word that is whole.

        The fewest parts win, of equal splits the one with the highest mean log count (Koehn & Knight 2003). The whole word is among the
        rivals, unless all parts are those of the tables: common words like arbeidsliv are found by their parts too.
        """
        if len(word) < MIN_COMPOUND or not word.isalpha() or norwegian(word) in part_stems():
            return ()
        best: tuple[str, ...] = ()
        score = (-MAX_PARTS - 1, 0.0)
        stack: list[tuple[int, tuple[str, ...], float]] = [(0, (), 0.0)]
        while stack:
            start, parts, total = stack.pop()
            if start == len(word):
                if len(parts) > 1 and (found := (-len(parts), total / len(parts))) > score:
                    best, score = parts, found
            elif len(parts) < MAX_PARTS:
                stack += self._steps(word, start, parts, total)
        own = self._norwegian.get(word, 0)
        common = own > 0 and math.log(own) > score[1]
        return () if common and not all(norwegian(part) in part_stems() for part in best) else best

    def _steps(self, word: str, start: int, parts: tuple[str, ...], total: float) -> list[tuple[int, tuple[str, ...], float]]:
        steps = []
        for end in range(len(word), start + MIN_GIVEN - 1, -1):
            piece, last = word[start:end], end == len(word)
            forms = (piece,) if last or piece[-1] not in "se" else (piece, piece[:-1])
            if found := next(((form, worth) for form in forms if (worth := self._worth(form, last=last)) >= 0), None):
                steps.append((end, (*parts, found[0]), total + found[1]))
        return steps

    def _part_tokens(self, word: str) -> str:
        """The stems of the parts of a compound with spaces between them, as an index takes them."""
        return " ".join(map(norwegian, self.split(word)))

    def _stems_of_parts(self) -> set[str]:
        return {norwegian(part) for word in self._norwegian for part in self.split(word)}

    def to_bytes(self) -> bytes:
        """The lexicon as a file; equal counts give equal bytes."""
        body = {"format": FORMAT, "counts": self.counts, "parts": sorted(self._part_stems)}
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Lexicon:
        """Read a file written by `to_bytes`; ValueError when it is not one."""
        body = json.loads(data)
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise ValueError("not a lexicon of this format")
        return cls(body["counts"], body["parts"])

    @classmethod
    def from_words(cls, words: Iterable[tuple[str, Iterable[str]]]) -> Lexicon:
        """Count (group, words) pairs."""
        counts: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
        for group, some in words:
            counts[group].update(some)
        return cls(counts)


def lexicon_name(data: bytes) -> str:
    """The name a lexicon's file goes by: 16 hexadecimal digits of its hash."""
    return sha256(data).hexdigest()[:16]
