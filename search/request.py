"""What a person asked for, and what they get: one frozen object for page, API, saved list and test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from search.errors import BadQuery
from search.schema import Combine, Schema

MAX_TEXT = 250
MAX_WINDOW = 10_000
MAX_PAGE_SIZE = 100
PAGE_SIZE = 20
MAX_NUMBER = 100_000
_SINGLE = ("q", "sort", "page", "page_size")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
Stage = Literal["all_words", "any_word", "near"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Filters map a facet to its chosen values; bounds map a number parameter to its number.

    `facets` names the facets to count (empty: none). `page` starts at 1.
    """

    text: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bounds: tuple[tuple[str, int], ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in a facet, in the order they were given."""
        return next((values for name, values in self.filters if name == facet), ())

    def bound(self, name: str) -> int | None:
        """The number given for a parameter, or None."""
        return next((number for key, number in self.bounds if key == name), None)

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The same search with one value put in or taken out, back on page 1."""
        now = self.chosen(facet)
        after = tuple(v for v in now if v != value) if value in now else (*now, value)
        kept = [(n, after if n == facet else v) for n, v in self.filters]
        if facet not in dict(self.filters):
            kept.append((facet, after))
        return replace(self, filters=tuple((n, v) for n, v in kept if v), page=1)

    def without_bound(self, name: str) -> SearchRequest:
        """The same search without one number, back on page 1."""
        return replace(self, bounds=tuple(b for b in self.bounds if b[0] != name), page=1)

    def cleared(self) -> SearchRequest:
        """The same words and order without any filter or number."""
        return replace(self, filters=(), bounds=(), page=1)

    def on_page(self, page: int) -> SearchRequest:
        """The same search on another page."""
        return replace(self, page=page)

    def to_query(self) -> str:
        """The search as an address: the inverse of `from_query`. What is default is left out."""
        pairs: list[tuple[str, str | int]] = []
        if self.text:
            pairs.append(("q", self.text))
        pairs += [(name, value) for name, values in self.filters for value in values]
        pairs += list(self.bounds)
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page != 1:
            pairs.append(("page", self.page))
        if self.page_size != PAGE_SIZE:
            pairs.append(("page_size", self.page_size))
        return urlencode(pairs)

    @classmethod
    def from_query(
        cls,
        schema: Schema,
        parameters: Iterable[tuple[str, str]],
        *,
        known: Mapping[str, Iterable[str]],
        facets: tuple[str, ...] = (),
        extra: frozenset[str] = frozenset(),
        strict: bool = True,
    ) -> SearchRequest:
        """Read a request from (name, value) pairs.

        `known` gives every value each facet may take. `extra` names parameters that belong to the caller (`lang`, `facets`).
        With `strict` an unknown parameter name is a BadQuery; without, it is left aside (campaign tags in a link).
        Raises BadQuery for the first fault.
        """
        read = _Reader(schema, known)
        for name, value in parameters:
            if name not in extra and not read.take(name, value) and strict:
                raise BadQuery(code="unknown-parameter", field=name[:100], nearest=_nearest(name, {*read.names, *extra}))
        return read.request(facets)


class _Reader:
    """Collects the parameters of one request, each checked as it comes."""

    def __init__(self, schema: Schema, known: Mapping[str, Iterable[str]]) -> None:
        self._schema, self._known = schema, known
        self._filters: dict[str, list[str]] = {}
        self._bounds: dict[str, int] = {}
        self._single: dict[str, str] = {}
        self.names = {*_SINGLE, *schema.bound_names, *(f.name for f in schema.facets)}

    def take(self, name: str, value: str) -> bool:
        """Read one parameter; False when nobody here knows it. An empty value is no choice."""
        if name in _SINGLE:
            self._single[name] = value
        elif name in self._schema.bound_names:
            if value.strip():
                self._bounds[name] = _number(value, field=name, low=0, high=MAX_NUMBER)
        elif self._schema.facet(name):
            if value:
                self._choose(name, value)
        else:
            return False
        return True

    def _choose(self, facet: str, value: str) -> None:
        _check(value, self._known.get(facet, ()), field=facet)
        chosen = self._filters.setdefault(facet, [])
        if value not in chosen:
            chosen.append(value)

    def request(self, facets: tuple[str, ...]) -> SearchRequest:
        text = " ".join(_UNPRINTABLE.sub(" ", self._single.get("q", "")).split())
        if len(text) > MAX_TEXT:
            raise BadQuery(code="too-long", field="q", limit=MAX_TEXT)
        sort = self._single.get("sort") or "relevance"
        _check(sort, self._schema.sort_names, field="sort")
        page = _number(self._single.get("page") or "1", field="page", low=1, high=MAX_NUMBER)
        size = _number(self._single.get("page_size") or str(PAGE_SIZE), field="page_size", low=1, high=MAX_PAGE_SIZE)
        if page * size > MAX_WINDOW:
            raise BadQuery(code="out-of-window", field="page", value=str(page), limit=MAX_WINDOW // size)
        return SearchRequest(
            text=text,
            filters=tuple((f.name, tuple(self._filters[f.name])) for f in self._schema.facets if f.name in self._filters),
            bounds=tuple((n, self._bounds[n]) for n in self._schema.bound_names if n in self._bounds),
            facets=facets,
            sort=sort,
            page=page,
            page_size=size,
        )


def _check(value: str, known: Iterable[str], *, field: str) -> None:
    known = list(known)
    if value not in known:
        raise BadQuery(code="unknown-value", field=field, value=value[:100], nearest=_nearest(value, known))


def _nearest(value: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(value[:100], list(known), n=1, cutoff=0.5)), None)


def _number(value: str, *, field: str, low: int, high: int) -> int:
    text = value.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
        beyond = text.isascii() and text.isdigit() and text.strip("0")
        raise BadQuery(code="unknown-value", field=field, value=value[:100], nearest=str(high if beyond else low))
    return int(text)


class Hit(NamedTuple):
    """One document of the answer. `score` is None when the order is not by relevance."""

    id: str
    score: float | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many documents remain when it alone is chosen (`all`: when it is added)."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The counts of one facet, in the order they are shown."""

    name: str
    combine: Combine
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to one request. `terms` is what highlights mark: see `analysis.spans`.

    `phrases` had to stand as they are and nothing of `without` might, as words in normal form. `did_you_mean`: the text with misspelt words
    put right, when that has hits under the same filters.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    stage: Stage | None
    engine: str
    left_out: int = 0
    fallback: bool = False
    terms: frozenset[str] = field(default_factory=frozenset)
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    did_you_mean: str | None = None

    @property
    def pages(self) -> int:
        """How many pages can be opened, given the window."""
        size = self.request.page_size
        return max(1, min(-(-self.total // size), MAX_WINDOW // size))
