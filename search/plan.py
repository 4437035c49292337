"""What a request means to an engine: which documents, which filters a facet sees, in which order, which page. Plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.request import SearchRequest, Stage
from search.schema import Schema
from search.tree import Bool, Node
from search.wording import Wording


@dataclass(frozen=True, slots=True)
class Values:
    """Documents with one of the values (`every`: with all of them) in a facet."""

    facet: str
    values: tuple[str, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """Documents whose number is at most (or at least) `number`."""

    field: str
    number: int
    at_most: bool


Filter = Values | Limit


@dataclass(frozen=True, slots=True)
class FacetPlan:
    """The facets to count under the same filters, each with all its values."""

    names: tuple[str, ...]
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with its meaning worked out. `query` None finds everything; `matching` finds the same set without scores. `order` names
    the sort to follow; None is by score."""

    query: Node | None
    matching: Node | None
    filters: tuple[Filter, ...]
    facets: tuple[FacetPlan, ...]
    order: str | None
    offset: int
    limit: int


def build(schema: Schema, request: SearchRequest, wording: Wording | None, stage: Stage | None, lean: Node | None = None) -> Plan:
    """The plan of a request at a stage (None when no word is looked for: there may still be words to do without). `lean` adds to the score
    of what it matches and finds nothing."""
    filters = tuple(_filters(schema, request))
    query, matching = (wording.tree(stage), wording.matching(stage)) if wording and stage else (None, None)
    query = Bool((query,), (lean,), 0) if query and lean else query
    if wording and not stage and wording.unwanted:
        query = matching = wording.limits()
    sort = schema.order_without_words(request.filters) if request.sort == "relevance" and not stage else request.sort
    return Plan(
        query=query,
        matching=matching,
        filters=filters,
        facets=tuple(_facets(schema, request, filters)),
        order=sort if sort != "relevance" else None,
        offset=(request.page - 1) * request.page_size,
        limit=request.page_size,
    )


def _filters(schema: Schema, request: SearchRequest) -> Iterator[Filter]:
    for name, values in request.filters:
        facet = schema.facet(name)
        if facet and values:
            yield Values(name, values, facet.combine == "all")
    for name, number in request.bounds:
        for bound in schema.bounds:
            if bound.name == name:
                yield Limit(bound.field, number, bound.at_most)


def _facets(schema: Schema, request: SearchRequest, filters: tuple[Filter, ...]) -> Iterator[FacetPlan]:
    """A facet sees every filter but its own, unless its values add up (`all`): then a count is of the hits that remain."""
    own = {f.facet for f in filters if isinstance(f, Values) and not f.every}
    shared = tuple(name for name in request.facets if schema.facet(name) and name not in own)
    if shared:
        yield FacetPlan(shared, filters)
    for name in request.facets:
        if name in own:
            yield FacetPlan((name,), tuple(f for f in filters if not (isinstance(f, Values) and f.facet == name)))
