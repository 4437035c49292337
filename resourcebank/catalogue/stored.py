"""Every hit of a search, for those who keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from resourcebank.catalogue.documents import CATALOGUE
from search.request import MAX_PAGE_SIZE, MAX_WINDOW, SearchRequest
from search.searching import search


def every_hit(request: SearchRequest) -> Iterator[str]:
    """The public id of every hit, the newest first, as far as pages go (10,000). Raises SearchDown when no engine can answer."""
    wanted = replace(request, facets=(), sort="newest", page_size=MAX_PAGE_SIZE)
    for number in range(1, MAX_WINDOW // MAX_PAGE_SIZE + 1):
        found = search(CATALOGUE, wanted.on_page(number))
        yield from (hit.id for hit in found.hits)
        if number >= found.pages:
            return
