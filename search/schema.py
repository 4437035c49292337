"""What is searchable, declared once: fields, weights, facets and their rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

Combine = Literal["any", "all"]
GROUPS = ("no", "en", "other")
"""Statistics are kept apart for Norwegian, English and all other languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text field of the analysed document. `boost` weighs it; `positions` keeps word order for phrases."""

    name: str
    boost: float
    positions: bool = False


TEXTS = (
    Text(name="text", boost=0.8, positions=True),
    Text(name="title", boost=1.0, positions=True),
    Text(name="inside", boost=0.4, positions=True),
    Text(name="exact", boost=0.5),
    Text(name="parts", boost=0.3),
    Text(name="gram", boost=0.2),
)
"""What analysis makes of a text, in every index: stems, stems of titles, stems of what is inside (handouts, files), whole words, parts
of compounds, and grams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A set of exact values, shown as a facet.

    `combine`: `any` joins chosen values with OR, `all` with AND. `declared` lists values in their vocabulary's order
    instead of by count.
    """

    name: str
    combine: Combine = "any"
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Keyword):
    """A hierarchical facet: values are `parent/child`; a document carries every ancestor of its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A number that requests may bound. Values are whole minutes, persons or the like."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A request parameter that compares one number with an integer field.

    `minutes_max=15` is `Bound(name="minutes_max", field="minutes_high", at_most=True)`. A parameter may bound several fields
    (`group=4`: `group_low` at most 4 and `group_high` at least 4): declare one Bound for each, with the same name.
    """

    name: str
    field: str
    at_most: bool


Field = Text | Keyword | Path | Integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """The order of a search that looks for no word: `sort` (name, field, ascending), which nobody can ask for by name; but the sort
    `otherwise` as soon as one of `unless` is chosen, each the name of a facet (any of its values) or `facet=value`."""

    sort: tuple[str, str, bool]
    unless: frozenset[str]
    otherwise: str


@dataclass(frozen=True, eq=False)
class Schema:
    """The declaration of one index. `sorts` maps a sort name to (field, ascending); `relevance` needs no entry. Without `browsing`, the
    first of the sorts orders a search that looks for no word. `sides` names a facet and the value of it that parts documents into those
    that have it and those that do not: a search by words leans to the side that most of its best titles are on.

    Told from others by identity, not by value: it keys caches that every search asks.
    """

    name: str
    facets: tuple[Keyword, ...]
    numbers: tuple[Integer, ...]
    bounds: tuple[Bound, ...]
    sorts: tuple[tuple[str, str, bool], ...]
    texts: tuple[Text, ...] = TEXTS
    browsing: Browsing | None = None
    sides: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        fields: tuple[Keyword | Integer, ...] = (*self.facets, *self.numbers)
        names = [f.name for f in fields]
        if len(names) != len(set(names)):
            raise ValueError(f"schema {self.name}: two fields share a name")
        known = {f.name for f in self.numbers} | {"title_sort"}
        for bound in self.bounds:
            if bound.field not in known:
                raise ValueError(f"schema {self.name}: {bound.name} bounds the unknown field {bound.field}")
        for _, field, _ in self.all_sorts:
            if field not in known:
                raise ValueError(f"schema {self.name}: sort on the unknown field {field}")

    def facet(self, name: str) -> Keyword | None:
        """The facet of that name, or None."""
        return self._facet_of.get(name)

    @cached_property
    def _facet_of(self) -> dict[str, Keyword]:
        return {facet.name: facet for facet in self.facets}

    @property
    def all_sorts(self) -> tuple[tuple[str, str, bool], ...]:
        """(name, field, ascending) of every sort, also of the one that cannot be asked for."""
        return (*self.sorts, self.browsing.sort) if self.browsing else self.sorts

    def order_without_words(self, chosen: Iterable[tuple[str, tuple[str, ...]]]) -> str:
        """The sort that orders a search with these filters when no word is looked for."""
        if self.browsing is None:
            return next((name for name, _, _ in self.sorts), "relevance")
        values = {f"{facet}={value}" for facet, some in chosen for value in some}
        facets = {facet for facet, some in chosen if some}
        return self.browsing.otherwise if self.browsing.unless & (values | facets) else self.browsing.sort[0]

    @property
    def sort_names(self) -> tuple[str, ...]:
        """Every sort a request may ask for."""
        return ("relevance", *(name for name, _, _ in self.sorts))

    @property
    def bound_names(self) -> tuple[str, ...]:
        """Every number parameter, each once, in declared order."""
        return tuple(dict.fromkeys(b.name for b in self.bounds))

    def text_fields(self) -> Iterator[tuple[str, Text]]:
        """(field name in the index, declaration) for every group and text field: `no_text`, `no_title`, … `other_gram`."""
        for group in GROUPS:
            for text in self.texts:
                yield f"{group}_{text.name}", text

    def fingerprint(self, *parts: str) -> str:
        """16 hexadecimal digits over the declaration and `parts` (analysis and engine versions)."""
        fields: tuple[Field, ...] = (*self.texts, *self.facets, *self.numbers)
        declared = [[type(f).__name__, asdict(f)] for f in fields]
        body = json.dumps([declared, self.all_sorts], sort_keys=True)
        return hashlib.sha256("\0".join((body, *parts)).encode()).hexdigest()[:16]
