"""One form for searches that ask for the same, so that they are kept and run once."""

from __future__ import annotations

from dataclasses import replace

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.vocabulary import known_values
from search.errors import BadQuery
from search.request import PAGE_SIZE, SearchRequest


def bare(request: SearchRequest) -> SearchRequest:
    """What is looked for, without order, page and facets."""
    return replace(request, facets=(), sort="relevance", page=1, page_size=PAGE_SIZE)


def canonical(request: SearchRequest) -> SearchRequest:
    """The same search in the one form it has however it was put together: small letters, values in their own order."""
    filters = tuple((name, tuple(sorted(values))) for name, values in request.filters)
    return replace(bare(request), text=request.text.lower(), filters=filters)


def asks_for_something(request: SearchRequest) -> bool:
    """Does it ask for anything but everything?"""
    return bool(request.text or request.filters or request.bounds)


def read_again(pairs: list[tuple[str, str]]) -> SearchRequest | None:
    """A search that was written down; None when the bank no longer knows a value in it, because a filter left out would find too much."""
    try:
        return SearchRequest.from_query(SCHEMA, pairs, known=known_values())
    except BadQuery:
        return None
