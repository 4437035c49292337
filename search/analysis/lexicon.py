"""The words of a collection: which are known, what compounds are made of, and what a misspelt word is near.

A lexicon is made from the texts when an index is rebuilt and is named by its hash; every engine's generation uses the same one,
or their answers would differ. Words that come later are known, but never part of a compound.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256

from search.analysis.nearness import distance
from search.analysis.normalise import fold
from search.analysis.stems import norwegian, stem
from search.analysis.tables import never_parts
from search.schema import GROUPS

MIN_PART, MIN_COUNT, MAX_PARTS, NEAREST = 4, 2, 4, 3
FORMAT = "lexicon 1"


class Lexicon:
    """Word counts per field group, with what follows from them."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]], part_stems: Iterable[str] | None = None) -> None:
        self.counts = {group: dict(counts.get(group, {})) for group in GROUPS}
        self._norwegian = dict(self.counts["no"])
        self.split = lru_cache(200_000)(self._split)
        self.near = lru_cache(20_000)(self._near)
        self._part_stems = frozenset(part_stems if part_stems is not None else self._stems_of_parts())
        self._folded: dict[str, dict[str, tuple[str, int]]] = {group: {} for group in GROUPS}
        self._stems: dict[str, set[str]] = {group: set() for group in GROUPS}
        self._heads: dict[str, dict[tuple[str, int], list[str]]] = {group: defaultdict(list) for group in GROUPS}
        for group in GROUPS:
            for word, count in self.counts[group].items():
                self._learn(word, group, count)
        self._stems["no"] |= self._part_stems

    def _learn(self, word: str, group: str, count: int) -> None:
        folded = fold(word)
        known = self._folded[group]
        if folded not in known and not folded.isdigit():
            self._heads[group][folded[0], len(folded)].append(folded)
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

    def written(self, word: str, group: str) -> tuple[str, int] | None:
        """How a word is written in this group, when only marks over letters tell them apart: the commonest way and its count, or None."""
        return self._folded[group].get(fold(word))

    def groups_with(self, word: str) -> tuple[str, ...]:
        """The field groups that know a word; empty for a word nobody wrote."""
        return tuple(group for group in GROUPS if self.has(word, group))

    def _near(self, word: str, group: str) -> tuple[tuple[int, str], ...]:
        """The nearest words of a group: at most 3 of (edits, word); the same first letter, one edit from 4 letters, two from 8."""
        folded = fold(word)
        most = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
        heads, forms = self._heads[group], self._folded[group]
        if not most:
            return ()
        lengths = range(len(folded) - most, len(folded) + most + 1)
        candidates = (other for length in lengths for other in heads.get((folded[0], length), ()))
        found = sorted((edits, -forms[o][1], o) for o in candidates if (edits := distance(folded, o, most)) <= most)
        return tuple((edits, forms[other][0]) for edits, _, other in found[:NEAREST])

    def _is_part(self, word: str) -> bool:
        return len(word) >= MIN_PART and word not in never_parts() and self._norwegian.get(word, 0) >= MIN_COUNT

    def _split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, with linking s and e taken away; empty for a word that is whole.

        The split with the highest mean log count wins (Koehn & Knight 2003), the whole word among the rivals.
        """
        if len(word) < 2 * MIN_PART or not word.isalpha():
            return ()
        best: tuple[str, ...] = ()
        score = -1.0
        own = self._norwegian.get(word, 0)
        floor = math.log(own) if own else -1.0
        stack: list[tuple[int, tuple[str, ...], float]] = [(0, (), 0.0)]
        while stack:
            start, parts, total = stack.pop()
            if start == len(word):
                if len(parts) > 1 and total / len(parts) > score:
                    best, score = parts, total / len(parts)
            elif len(parts) < MAX_PARTS:
                stack += self._steps(word, start, parts, total)
        return best if score >= floor else ()

    def _steps(self, word: str, start: int, parts: tuple[str, ...], total: float) -> list[tuple[int, tuple[str, ...], float]]:
        steps = []
        for end in range(len(word), start + MIN_PART - 1, -1):
            piece = word[start:end]
            forms = (piece,) if end == len(word) or piece[-1] not in "se" else (piece, piece[:-1])
            if part := next((form for form in forms if self._is_part(form)), None):
                steps.append((end, (*parts, part), total + math.log(self._norwegian[part])))
        return steps

    def _stems_of_parts(self) -> set[str]:
        return {norwegian(part) for word in self._norwegian for part in self._split(word)}

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
