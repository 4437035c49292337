"""What a request means: which words must be there, what weighs how much, which filters a facet sees, in which order.

All meaning is here, in plain data; engines only render it. The weights and stages were measured on Norwegian test sets
(docs/search.md); change one only with a better figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from search.analysis.highlight import exact_mark, stem_mark
from search.analysis.lexicon import Lexicon
from search.analysis.normalise import fold, words
from search.analysis.stems import stem
from search.analysis.tables import stop_words, synonyms
from search.analysis.tokens import grams
from search.request import SearchRequest, Stage
from search.schema import GROUPS, TEXTS, Schema

MAX_WORDS = 16
MAX_LEAVES = 900
"""OpenSearch answers HTTP 500 above 1,024 leaves in one tree."""
STAGES: tuple[Stage, ...] = ("all_words", "any_word", "near")
_TIE, _SYNONYM, _PHRASE, _SPLIT, _NEAR = 0.3, 0.5, 0.5, 0.25, (0.95, 0.6)
_WEIGHT = {text.name: text.boost for text in TEXTS}
_WORD_FIELDS = tuple((name, _WEIGHT[name]) for name in ("text", "title", "exact"))
_MAX_SYNONYMS = 10
_FEW, _PAGE, _SHARE = 3, 20, 10


class Term(NamedTuple):
    """Documents with a token in a field."""

    field: str
    token: str
    boost: float


class Phrase(NamedTuple):
    """Documents with tokens side by side in a field."""

    field: str
    tokens: tuple[str, ...]
    boost: float


class Best(NamedTuple):
    """The best of the alternatives, plus a share of the others' scores."""

    tie: float
    nodes: tuple[Node, ...]


class Bool(NamedTuple):
    """All of `must`; of `should` at least `least` (0: they only add to the score)."""

    must: tuple[Node, ...]
    should: tuple[Node, ...]
    least: int


Node = Term | Phrase | Best | Bool


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
class Order:
    """The sort to follow; None is by score. `text` says that its key is a text."""

    sort: str
    ascending: bool
    text: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with its meaning worked out. `query` None finds everything; `matching` finds the same set without scores."""

    query: Node | None
    matching: Node | None
    filters: tuple[Filter, ...]
    facets: tuple[FacetPlan, ...]
    order: Order | None
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a request against one lexicon: a tree for every stage, and what to mark in texts."""

    groups: tuple[Node, ...]
    bare_groups: tuple[Node, ...]
    phrases: tuple[Node, ...]
    gram_terms: tuple[Node, ...]
    marks: frozenset[str]
    left_out: int

    def tree(self, stage: Stage) -> Node:
        """The scored tree of a stage."""
        extras = (*self.gram_terms, *self.phrases)
        core = Bool((), self.groups, self._least(stage))
        return Bool((), (core, *extras), 1) if stage == "near" else Bool((core,), extras, 0)

    def matching(self, stage: Stage) -> Node:
        """A smaller tree with the same set of documents: for totals and counts."""
        core = Bool((), self.bare_groups, self._least(stage))
        return Bool((), (core, *self.gram_terms), 1) if stage == "near" else core

    def _least(self, stage: Stage) -> int:
        many = len(self.groups)
        return 1 if stage != "all_words" else many if many <= 2 else math.ceil(many * 3 / 4)


def enough(stage: Stage, total: int, *, size: int) -> bool:
    """Does a stage answer, given its hits before any filter and the size of the index?"""
    if stage == "all_words":
        return total >= max(_FEW, min(_PAGE, size // _SHARE))
    return stage == "near" or total >= _FEW


def read(text: str, lexicon: Lexicon) -> Wording | None:
    """The words of a text; None when there are none to look for."""
    every = words(text)
    typed = [lexicon.spelt(word) for word in every[:MAX_WORDS]]
    if not typed:
        return None
    telling = list(dict.fromkeys([w for w in typed if not _is_stop(w)] or typed))
    alternatives = [_Alternatives(word, lexicon) for word in telling]
    phrases = tuple(_phrases(typed, lexicon))
    room = MAX_LEAVES - len(phrases)
    groups = _within(alternatives, room)
    room -= sum(_leaves(group) for group in groups)
    return Wording(
        groups=groups,
        bare_groups=tuple(a.bare() for a in alternatives),
        phrases=phrases,
        gram_terms=tuple(_gram_terms(alternatives))[: max(0, room)],
        marks=frozenset(mark for a in alternatives for mark in a.marks()),
        left_out=len(every) - len(typed),
    )


class _Alternatives:
    """Everything one typed word may stand for, in the order in which it is given up when the tree grows too large."""

    def __init__(self, word: str, lexicon: Lexicon) -> None:
        self.word = word
        self.homes = lexicon.groups_with(word)
        others = [g for g in ("en", "other") if g in self.homes]
        self.own = _forms(word, "no", 1.0)
        self.foreign = [term for group in others for term in _forms(word, group, 1.0)]
        parts = lexicon.split(word)
        self.parts = [Bool(tuple(_part(p) for p in parts), (), 0)] if parts else []
        self.synonyms = [
            Term(f"no_{field}", token, _SYNONYM * boost) for token in synonym_stems(stem(word, "no")) for field, boost in _WORD_FIELDS[:2]
        ]
        self.nearby = [] if self.homes else [(g, edits, w) for g in GROUPS for edits, w in lexicon.near(word, g)]
        self.near = [term for group, edits, w in self.nearby for term in _forms(w, group, _NEAR[edits - 1])]
        self.given_up: set[str] = set()

    def _kept(self) -> Iterator[Node]:
        yield from self.own
        for name in ("foreign", "parts", "synonyms", "near"):
            if name not in self.given_up:
                yield from getattr(self, name)

    def node(self) -> Node:
        return Best(_TIE, tuple(self._kept()))

    def bare(self) -> Node:
        """The alternatives that can add a document: a title's words stand in the text too."""
        return Best(0.0, tuple(n for n in self._kept() if not (isinstance(n, Term) and n.field.endswith("_title"))))

    def marks(self) -> Iterator[str]:
        yield exact_mark(self.word)
        for group in ("no", *self.homes):
            yield stem_mark(self.word, group)
        yield from (f"no:{token}" for token in synonym_stems(stem(self.word, "no")))
        yield from (stem_mark(near, group) for group, _, near in self.nearby)


def _within(alternatives: Sequence[_Alternatives], room: int) -> tuple[Node, ...]:
    """The groups of all words, with near words, synonyms, compound parts and other languages given up until they fit."""
    groups = tuple(a.node() for a in alternatives)
    for name in ("near", "synonyms", "parts", "foreign"):
        if sum(_leaves(group) for group in groups) <= room:
            break
        for a in alternatives:
            a.given_up.add(name)
        groups = tuple(a.node() for a in alternatives)
    return groups


def _leaves(node: Node) -> int:
    match node:
        case Best(_, nodes):
            return sum(_leaves(n) for n in nodes)
        case Bool(must, should, _):
            return sum(_leaves(n) for n in (*must, *should))
        case _:
            return 1


def _forms(word: str, group: str, weight: float) -> list[Term]:
    fields = [
        Term(f"{group}_{field}", fold(word) if field == "exact" else stem(word, group), weight * boost) for field, boost in _WORD_FIELDS
    ]
    return [*fields, Term("no_parts", stem(word, "no"), weight * _WEIGHT["parts"])] if group == "no" and weight == 1.0 else fields


def _part(part: str) -> Node:
    token = stem(part, "no")
    return Best(0.1, (Term("no_text", token, _SPLIT), Term("no_parts", token, _SPLIT)))


def _is_stop(word: str) -> bool:
    lists = stop_words()
    return word in lists["no"] or word in lists["en"]


@cache
def _synonyms_by_stem() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for word, others in synonyms().items():
        own = stem(word, "no")
        found = table.setdefault(own, {})
        found.update((token, None) for other in others if (token := stem(other, "no")) != own)
    return {token: tuple(found)[:_MAX_SYNONYMS] for token, found in table.items()}


def synonym_stems(token: str) -> tuple[str, ...]:
    """The stems of the synonyms of a stem, at most 10."""
    return _synonyms_by_stem().get(token, ())


def _gram_terms(alternatives: Sequence[_Alternatives]) -> Iterator[Term]:
    """The grams of each word in Norwegian and in the groups that know it; of a word nobody knows, in every group."""
    for group in GROUPS:
        words = [a.word for a in alternatives if group == "no" or group in a.homes or not a.homes]
        words += [a.nearby[0][2] for a in alternatives if a.nearby and a.nearby[0][0] == group]
        yield from (Term(f"{group}_gram", gram, _WEIGHT["gram"]) for gram in dict.fromkeys(gram for word in words for gram in grams(word)))


def _phrases(typed: Sequence[str], lexicon: Lexicon) -> Iterator[Phrase]:
    """Neighbours as typed; in another group only when it knows both words."""
    for a, b in pairwise(typed):
        if _is_stop(a) and _is_stop(b):
            continue
        for group in GROUPS:
            if group == "no" or (lexicon.has(a, group) and lexicon.has(b, group)):
                yield Phrase(f"{group}_text", (stem(a, group), stem(b, group)), _PHRASE)


def build(schema: Schema, request: SearchRequest, wording: Wording | None, stage: Stage | None) -> Plan:
    """The plan of a request at a stage (None without words)."""
    filters = tuple(_filters(schema, request))
    sort = request.sort
    if sort == "relevance" and wording is None:
        sort = "newest" if "newest" in schema.sort_names else sort
    return Plan(
        query=wording.tree(stage) if wording and stage else None,
        matching=wording.matching(stage) if wording and stage else None,
        filters=filters,
        facets=tuple(_facets(schema, request, filters)),
        order=_order(schema, sort),
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


def _order(schema: Schema, sort: str) -> Order | None:
    return next((Order(name, ascending, field == "title_sort") for name, field, ascending in schema.sorts if name == sort), None)
