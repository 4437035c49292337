"""Answering a request: the engine that can, the stage that fits, the counts that hold."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import TypeVar

from search import plan, wording
from search.analysis import Lexicon
from search.analysis.spelling import corrected
from search.analysis.thesaurus import Thesaurus, thesaurus_with
from search.changelog import is_behind
from search.engines import configured
from search.engines.base import Engine, RawPage, View
from search.errors import EngineUnavailable, IndexOutdated, SearchDown
from search.index import Index
from search.leaning import lean, titles_by_side
from search.lexicons import shelf_of
from search.request import MAX_TEXT, Facet, FacetValue, Hit, SearchPage, SearchRequest, Stage
from search.schema import Schema
from search.tree import Side
from search.wording import Wording

log = logging.getLogger(__name__)
_REMEMBERED, _REMEMBERED_FOR = 2_000, 10.0
_LEAST_SHARE = 0.9
_BEHIND_AFTER, _LOOK_EVERY = 5.0, 3.0
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the text alone decides: the size of the index, the hits of the stages that may be passed over, and which side it leans to."""

    size: int
    totals: tuple[int, ...]
    lean: Side | None


class _Memory:
    """What is known of a text before any filter, so that choosing a filter or turning a page asks for it once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Key, tuple[float, _Known]] = OrderedDict()

    def get(self, key: Key) -> _Known | None:
        with self._lock:
            known = self._known.get(key)
        return known[1] if known and time.monotonic() < known[0] else None

    def put(self, key: Key, known: _Known) -> None:
        with self._lock:
            self._known[key] = (time.monotonic() + _REMEMBERED_FOR, known)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._known.clear()


_memory = _Memory()


def forget_totals() -> None:
    """Ask for the totals of the stages anew, as the first request for a text does."""
    _memory.clear()
    _watch.clear()


class _Watch:
    """Whether a generation elsewhere lags behind the log, looked up every few seconds and remembered in between."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    def look(self, index_name: str, generation: str) -> bool:
        key, now = (index_name, generation), time.monotonic()
        until, behind = self._known.get(key, (0.0, False))
        if now >= until:
            behind = is_behind(index_name, generation, seconds=_BEHIND_AFTER)
            self._known = {key: (now + _LOOK_EVERY, behind)}
        return behind

    def clear(self) -> None:
        self._known = {}


_watch = _Watch()


Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Asking:
    """One engine that can answer now: its live generation, with the words that go with it. `fallback`: a better engine is silent."""

    index: Index
    engine: Engine
    view: View
    lexicon: Lexicon
    fallback: bool

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The synonyms as they are when they are first asked for."""
        return thesaurus_with(self.index.synonyms())

    def read(self, text: str) -> Wording | None:
        """A text worked out for this generation."""
        return wording.read(text, self.lexicon, self.thesaurus) if text else None


def ask(index: Index, question: Callable[[Asking], Answer], *, engines: Sequence[Engine] | None = None) -> Answer:
    """Put a question to the first of the site's engines (or of those given) that can answer it. Raises SearchDown when none can.

    An engine of the site that takes no changes any more is passed over too: its answer would be of the day before.
    """
    for place, engine in enumerate(engines or configured.engines(index.name)):
        try:
            view = engine.view(index.schema)
            if view.about.fingerprint != configured.fingerprint(index.schema, engine):
                raise IndexOutdated("the index was built by another version")
            if not engines and not engine.keeps_position and _watch.look(index.name, view.about.generation):
                raise EngineUnavailable("it has taken no changes for a while")
            lexicon = shelf_of(index.name).get(view.about.lexicon)
            return question(Asking(index, engine, view, lexicon, fallback=place > 0))
        except EngineUnavailable as error:
            log.warning("%s does not answer: %s", engine.name, error)
    raise SearchDown("no engine can answer now")


def search(index: Index, request: SearchRequest, *, engines: Sequence[Engine] | None = None) -> SearchPage:
    """Answer from the first engine that can. Raises SearchDown when none can."""
    return ask(index, lambda asking: _answer(asking, request), engines=engines)


def _answer(asking: Asking, request: SearchRequest) -> SearchPage:
    view, engine = asking.view, asking.engine
    words = asking.read(request.text)
    version = asking.thesaurus.version if words else ""
    key = (f"{asking.index.name} {view.stamp} {version}", engine.name, request.text)
    remembered = _memory.get(key)
    known = remembered or _known(asking, words, key)
    stage = _stage(known.size, known.totals, words.stages) if words and words.stages else None
    if words and stage == "any_word" and len(words.groups) == 1:
        stage = "all_words"  # any word is all words, and nobody should be told that some are missing
    raw = view.search(plan.build(asking.index.schema, request, words, stage, known.lean))
    if remembered and not raw.total and not engine.keeps_position:
        _known(asking, words, key)  # what is remembered would hide that the index was emptied since
    return SearchPage(
        request=request,
        total=raw.total,
        hits=tuple(Hit(document_id, score) for document_id, score in raw.hits),
        facets=_facets(asking.index.schema, request, raw),
        stage=stage,
        engine=engine.name,
        left_out=words.typed.left_out if words else 0,
        fallback=asking.fallback,
        terms=words.marks if words else frozenset(),
        phrases=words.typed.phrases if words else (),
        without=words.typed.without if words else (),
        did_you_mean=_meant(asking, request) if words else None,
    )


def _known(asking: Asking, words: Wording | None, key: Key) -> _Known:
    """Size of the index, hits of the stages that may be passed over, and the side that is leant to, before any filter; remembered for the
    next requests.

    An engine that holds far fewer documents than the embedded one has lost some: that is a failure, not an answer.
    """
    view, stages, sides = asking.view, words.stages if words else (), asking.index.schema.sides
    queries = [words.matching(stage) for stage in stages[:-1]] if words else []
    titles = titles_by_side(words, sides) if words and sides else ()
    found = view.totals(queries if view.far else queries[:1], titles)
    size, totals = found.size, found.hits
    if queries and not view.far and _stage(size, totals, stages) == stages[-1]:
        totals += view.totals(queries[1:]).hits
    if not asking.engine.keeps_position and size < _LEAST_SHARE * _embedded_size(asking.index):
        raise EngineUnavailable(f"{asking.engine.name} holds only {size} documents")
    known = _Known(size, totals, lean(found.scores, sides) if sides and titles else None)
    _memory.put(key, known)
    return known


def _stage(size: int, totals: Sequence[int], stages: Sequence[Stage]) -> Stage:
    """The first stage with enough hits; the last one answers with whatever it finds."""
    found = (stage for stage, total in zip(stages, totals, strict=False) if wording.enough(stage, total, size=size))
    return next(found, stages[-1])


def _meant(asking: Asking, request: SearchRequest) -> str | None:
    """The text with its misspelt words put right, if that finds something under the same filters."""
    text = corrected(request.text, asking.lexicon, asking.thesaurus)
    words = asking.read(text) if text and len(text) <= MAX_TEXT else None
    if text is None or words is None or not words.stages:
        return None
    wanted = replace(request, text=text, facets=(), page=1, page_size=1)
    stage = words.stages[min(1, len(words.stages) - 1)]  # any word, but none that is only alike
    return text if asking.view.search(plan.build(asking.index.schema, wanted, words, stage)).total else None


def _embedded_size(index: Index) -> int:
    try:
        return configured.embedded(index.name).view(index.schema).totals(()).size
    except EngineUnavailable:
        return 0


def _facets(schema: Schema, request: SearchRequest, raw: RawPage) -> tuple[Facet, ...]:
    """Every value with a count, the commonest first; a chosen value is listed also at 0."""
    facets = []
    for name in request.facets:
        declared = schema.facet(name)
        if declared:
            facets.append(Facet(name, declared.combine, _values(raw.counts.get(name, {}), request.chosen(name))))
    return tuple(facets)


def _values(counts: Mapping[str, int], chosen: Sequence[str]) -> tuple[FacetValue, ...]:
    shown = {**counts, **{value: counts.get(value, 0) for value in chosen}} if chosen else counts
    ordered = sorted(sorted(shown.items()), key=itemgetter(1), reverse=True)
    return tuple([FacetValue(value, count, value in chosen) for value, count in ordered])
