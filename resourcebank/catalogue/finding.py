"""A search for people: the hits as cards, what was found in them marked, the facets with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.catalogue.excerpts import NOWHERE, FoundIn, found_in
from resourcebank.catalogue.vocabulary import Named, Names, names
from resourcebank.models.taxonomy import pick_label
from resourcebank.selectors import Card, published_bodies, published_cards
from search.analysis import sort_key, spans
from search.engines.base import Engine
from search.request import Facet, FacetValue, SearchPage, SearchRequest, Span
from search.schema import Combine
from search.searching import search


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A hit as it is shown. Spans are (start, end) code points of the title and summary shown, end excluded. `elsewhere` tells where the
    words stand when neither of them has any."""

    card: Card
    title_spans: tuple[Span, ...] = ()
    summary_spans: tuple[Span, ...] = ()
    elsewhere: FoundIn = NOWHERE


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A value of a facet as it is shown."""

    value: str
    label: str
    count: int
    selected: bool
    working_title: bool
    depth: int


@dataclass(frozen=True, slots=True)
class LabelledFacet:
    """A facet as it is shown."""

    name: str
    label: str
    combine: Combine
    values: tuple[LabelledValue, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """An answer as it is shown. `cards` may be fewer than the hits: what is no longer published is left out."""

    page: SearchPage
    cards: tuple[FoundCard, ...]
    facets: tuple[LabelledFacet, ...]


def find(request: SearchRequest, *, language: str, engines: Sequence[Engine] | None = None) -> FoundPage:
    """Search and show in a language, with the engines of the settings unless others are named.

    Raises SearchDown when no engine can answer.
    """
    page = search(CATALOGUE, request, engines=engines)
    cards = published_cards([hit.id for hit in page.hits], language)
    known = names()
    return FoundPage(
        page=page,
        cards=_with_places([_found(card, page) for card in cards], page),
        facets=tuple(_labelled(facet, known, language) for facet in page.facets),
    )


def _found(card: Card, page: SearchPage) -> FoundCard:
    return FoundCard(card, spans(card.title, card.language, page.terms), spans(card.summary, card.language, page.terms))


def _with_places(found: Sequence[FoundCard], page: SearchPage) -> tuple[FoundCard, ...]:
    """One statement more when words were found that no title or summary shows."""
    bare = [each.card.public_id for each in found if page.terms and not each.title_spans and not each.summary_spans]
    bodies = published_bodies(bare) if bare else {}
    return tuple(
        replace(each, elsewhere=found_in(bodies[each.card.public_id], page.terms, language=each.card.language))
        if each.card.public_id in bodies
        else each
        for each in found
    )


def _labelled(facet: Facet, known: Names, language: str) -> LabelledFacet:
    named = known.values.get(facet.name, {})
    values = [_value(value, named.get(value.value), language) for value in facet.values]
    return LabelledFacet(
        name=facet.name,
        label=pick_label(dict(known.facets.get(facet.name, {})), language=language, otherwise=facet.name),
        combine=facet.combine,
        values=tuple(_ordered(facet.name, values, named)),
    )


def _value(value: FacetValue, named: Named | None, language: str) -> LabelledValue:
    return LabelledValue(
        value=value.value,
        label=named.label(language) if named else value.value,
        count=value.count,
        selected=value.selected,
        working_title=bool(named and not named.confirmed),
        depth=named.depth if named else 0,
    )


def _ordered(facet: str, values: Sequence[LabelledValue], named: Mapping[str, Named]) -> list[LabelledValue]:
    """In the vocabulary's order where it has one, else the commonest first and equals by name in Norwegian order."""
    declared = SCHEMA.facet(facet)
    if declared and declared.declared:
        return sorted(values, key=lambda v: (named[v.value].place if v.value in named else (9999,), v.value))
    return sorted(values, key=lambda v: (-v.count, sort_key(v.label), v.value))
