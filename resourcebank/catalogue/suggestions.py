"""What somebody who is typing may want: a word of the resources, a term of the framework or of another list, a resource by its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.documents import CATALOGUE, UNSAID
from resourcebank.catalogue.vocabulary import Names, names
from resourcebank.selectors import Face, published_faces
from search.analysis import sort_key, words
from search.analysis.normalise import fold
from search.request import SearchRequest
from search.searching import search
from search.suggesting import SHORTEST, WordSuggestion, suggest

WORDS, TERMS, TITLES = 4, 3, 4
_ASKED_FOR = 12
"""How many titles are looked at: the index knows stems, and a title is shown only when it holds what was typed."""


@dataclass(frozen=True, slots=True)
class SuggestedTerm:
    """A value of a facet, with how many resources have it."""

    facet: str
    value: str
    label: str
    facet_label: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Everything that leads on, each kind with the likeliest first. Nothing of it leads to no hits; a title is that of the form which holds
    what was typed."""

    words: tuple[WordSuggestion, ...]
    terms: tuple[SuggestedTerm, ...]
    titles: tuple[Face, ...]


def suggested(text: str, *, language: str) -> Suggested:
    """Suggestions for a text whose last word may be unfinished: one statement. Raises SearchDown when no engine can answer."""
    found = suggest(CATALOGUE, text, language=language, most=WORDS, titles=_ASKED_FOR)
    typed = tuple(fold(word) for word in found.typed)
    if not typed or len(typed[-1]) < SHORTEST:
        return Suggested((), (), ())
    faces = published_faces(found.ids, language) if found.ids else []
    titles = [face for some in faces if (face := next((each for each in some if _holds(each.title, typed)), None))]
    return Suggested(found.words, tuple(_terms(typed, names(), language)), tuple(titles[:TITLES]))


@lru_cache(4_000)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words(text))


def _holds(text: str, typed: Sequence[str]) -> bool:
    """Are all typed words words of the text, the last one perhaps only begun?"""
    own = _folded(text)
    return any(word.startswith(typed[-1]) for word in own) and all(word in own for word in typed[:-1])


def _terms(typed: Sequence[str], known: Names, language: str) -> Iterator[SuggestedTerm]:
    named = [
        (facet.name, value)
        for facet in SCHEMA.facets
        if facet.name not in UNSAID
        for value in known.values.get(facet.name, {}).values()
        if value.active and any(_holds(label, typed) for label in value.labels.values())
    ]
    if not named:
        return
    facets = tuple(dict.fromkeys(facet for facet, _ in named))
    counted = search(CATALOGUE, SearchRequest(facets=facets, page_size=1)).facets
    counts = {(facet.name, value.value): value.count for facet in counted for value in facet.values}
    there = [(counts[facet, value.slug], facet, value) for facet, value in named if counts.get((facet, value.slug))]
    first = sorted(there, key=lambda one: (not _holds(one[2].label(language), typed), -one[0], sort_key(one[2].label(language)), one[1]))
    for count, facet, value in first[:TERMS]:
        labels = known.facets.get(facet, {})
        yield SuggestedTerm(facet, value.slug, value.label(language), labels.get(language) or labels.get("nb", facet), count)
