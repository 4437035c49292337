"""What stands for a word, and what a change of the synonyms would change, before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.catalogue.synonyms import rows_now
from resourcebank.selectors import published_cards
from search.analysis.stems import stem
from search.analysis.thesaurus import Synonym, thesaurus_with
from search.index import SynonymRow
from search.request import MAX_PAGE_SIZE, SearchPage, SearchRequest
from search.searching import search

_SHOWN = 5


def synonyms_of(word: str, rows: tuple[SynonymRow, ...]) -> tuple[Synonym, ...]:
    """What stands for a word by the tables and these rows."""
    return thesaurus_with(rows).of(stem(word, "no"))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one query: hits before and after, and the first titles that come and go."""

    query: str
    before: int
    after: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SynonymEffect:
    """A change of the rows that is not made yet. `chained`: what `other` stands for in its turn and the word will not find;
    `crowded_out`: synonyms of the word that no longer have room."""

    effects: tuple[Effect, ...]
    chained: tuple[str, ...]
    crowded_out: tuple[str, ...]


def preview_synonym(row: SynonymRow, *, instead_of: SynonymRow | None, queries: Sequence[str], language: str) -> SynonymEffect:
    """What would change if `row` were there (in the place of another). Raises SearchDown when no engine can answer."""
    now = rows_now()
    then = (*(each for each in now if each != instead_of), row)
    words = [row.word, *([row.other] if row.both_ways else [])]
    before, after = synonyms_of(row.word, now), synonyms_of(row.word, then)
    next_ones = synonyms_of(row.other, then) if not row.off else ()
    found = {stem(row.word, "no"), *(synonym.stem for synonym in after)}
    gone = {synonym.stem for synonym in before} - found - {stem(row.other, "no")}
    return SynonymEffect(
        effects=tuple(_effect(text, now, then, language) for text in dict.fromkeys((*words, *filter(None, queries)))),
        chained=tuple(synonym.word for synonym in next_ones if synonym.stem not in found),
        crowded_out=tuple(synonym.word for synonym in before if synonym.stem in gone),
    )


def _effect(text: str, now: tuple[SynonymRow, ...], then: tuple[SynonymRow, ...], language: str) -> Effect:
    request = SearchRequest(text=text, page_size=MAX_PAGE_SIZE)
    before, after = _answer(request, now), _answer(request, then)
    old, new = [hit.id for hit in before.hits], [hit.id for hit in after.hits]
    return Effect(text, before.total, after.total, _titles(new, set(old), language), _titles(old, set(new), language))


def _answer(request: SearchRequest, rows: tuple[SynonymRow, ...]) -> SearchPage:
    return search(replace(CATALOGUE, synonyms=lambda: rows), request)


def _titles(ids: Iterable[str], known: set[str], language: str) -> tuple[str, ...]:
    found = [each for each in ids if each not in known][:_SHOWN]
    return tuple(card.title for card in published_cards(found, language)) if found else ()
