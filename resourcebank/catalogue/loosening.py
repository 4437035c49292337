"""What to let go of when a search finds nothing or little, each with the hits it would have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from resourcebank.catalogue.documents import CATALOGUE
from search.engines.configured import embedded
from search.errors import SearchDown
from search.request import SearchPage, SearchRequest
from search.schema import Schema
from search.searching import search

FEW = 3
"""Fewer hits than this with a filter are few."""
MOST_TRIED = 12
What = Literal["values", "number", "words", "filters"]


@dataclass(frozen=True, slots=True)
class Looser:
    """The same search without something: the values of a facet, a number, the words, or every filter. `hits` is None when nobody could
    count them now. `name` is the facet or the number parameter."""

    what: What
    request: SearchRequest
    name: str = ""
    values: tuple[str, ...] = ()
    hits: int | None = None


def loosened(page: SearchPage) -> tuple[Looser, ...]:
    """What can be let go of, the most hits first and all filters at once last; only what finds more than now. Empty unless there are few.

    Counted by the embedded index, which every host has: so many small questions cost no time on a network, and both engines give the same.
    """
    request = page.request
    if page.total >= FEW or not (request.filters or request.bounds):
        return ()
    counted = [replace(each, hits=_hits(each.request)) for each in list(_looser(CATALOGUE.schema, request))[:MOST_TRIED]]
    useful = [each for each in counted if each.hits is None or each.hits > page.total]
    return tuple(sorted(useful, key=lambda each: (each.what == "filters", -(each.hits or 0))))


def _looser(schema: Schema, request: SearchRequest) -> Iterator[Looser]:
    """Values that are joined with OR go together: without one of two there are never more hits. Those that add up go one by one."""
    for name, values in request.filters:
        facet = schema.facet(name)
        for some in [(value,) for value in values] if facet and facet.combine == "all" else [values]:
            yield Looser("values", _without(request, name, some), name, some)
    for name, _number in request.bounds:
        yield Looser("number", request.without_bound(name), name)
    if request.text:
        yield Looser("words", replace(request, text="", page=1))
    if len(request.filters) + len(request.bounds) > 1:
        yield Looser("filters", request.cleared())


def _without(request: SearchRequest, facet: str, values: tuple[str, ...]) -> SearchRequest:
    for value in values:
        request = request.toggled(facet, value)
    return request


def _hits(request: SearchRequest) -> int | None:
    try:
        return search(CATALOGUE, replace(request, facets=(), page=1, page_size=1), engines=(embedded(CATALOGUE.name),)).total
    except SearchDown:
        return None
