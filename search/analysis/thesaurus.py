"""Which words stand for which: the tables' synonyms with what a site has added and switched off. Only queries ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

from search.analysis.stems import stem
from search.analysis.tables import synonyms
from search.index import SynonymRow

MAX_SYNONYMS = 10
Source = Literal["table", "site"]


class Synonym(NamedTuple):
    """A word that stands for another, as a stem and as it is written, and who says so."""

    stem: str
    word: str
    source: Source


class Thesaurus:
    """Synonyms by stem, one step: what a synonym stands for in its turn is not followed, so a circle of rows ends where it began."""

    def __init__(self, table: Mapping[str, Iterable[str]], rows: Iterable[SynonymRow] = ()) -> None:
        rows = sorted(rows)
        self._by_stem: dict[str, dict[str, Synonym]] = {}
        for row in rows:
            if not row.off:
                for (typed, found), word in zip(_pairs(row), (row.other, row.word), strict=False):
                    self._add(typed, Synonym(found, word, "site"))
        for word, others in table.items():
            for other in others:
                self._add(stem(word, "no"), Synonym(stem(other, "no"), other, "table"))
        for typed, found in (pair for row in rows if row.off for pair in _pairs(row)):
            self._by_stem.get(typed, {}).pop(found, None)
        self._kept = {typed: tuple(found.values())[:MAX_SYNONYMS] for typed, found in self._by_stem.items()}
        self.version = blake2b(repr(rows).encode(), digest_size=8).hexdigest()
        """Differs when the rows differ."""

    def _add(self, typed: str, synonym: Synonym) -> None:
        if synonym.stem != typed:
            self._by_stem.setdefault(typed, {}).setdefault(synonym.stem, synonym)

    def of(self, token: str) -> tuple[Synonym, ...]:
        """The synonyms of a stem, those of the site first, at most ten."""
        return self._kept.get(token, ())

    def stems_of(self, token: str) -> tuple[str, ...]:
        """The stems of the synonyms of a stem."""
        return tuple(synonym.stem for synonym in self.of(token))


def _pairs(row: SynonymRow) -> list[tuple[str, str]]:
    """(typed, found) stems."""
    typed, found = stem(row.word, "no"), stem(row.other, "no")
    return [(typed, found), (found, typed)] if row.both_ways else [(typed, found)]


@lru_cache(8)
def thesaurus_with(rows: tuple[SynonymRow, ...] = ()) -> Thesaurus:
    """What the tables say, changed by an owner's rows."""
    return Thesaurus(synonyms(), rows)
