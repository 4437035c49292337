"""Answering a request: the engine that can, the stage that fits, the counts that hold."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from threading import Lock

from search import plan
from search.analysis import Lexicon
from search.changelog import is_behind
from search.engines import configured
from search.engines.base import Engine, RawPage, View
from search.errors import EngineUnavailable, IndexOutdated, SearchDown
from search.index import Index
from search.lexicons import shelf_of
from search.plan import STAGES, Wording
from search.request import Facet, FacetValue, Hit, SearchPage, SearchRequest, Stage
from search.schema import Schema

log = logging.getLogger(__name__)
_REMEMBERED, _REMEMBERED_FOR = 2_000, 10.0
_LEAST_SHARE = 0.9
_BEHIND_AFTER, _LOOK_EVERY = 5.0, 3.0
Totals = tuple[int, tuple[int, ...]]
Key = tuple[str, str, str]


class _Memory:
    """Totals of the stages before any filter, so that choosing a filter or turning a page asks for them once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Key, tuple[float, Totals]] = OrderedDict()

    def get(self, key: Key) -> Totals | None:
        with self._lock:
            known = self._known.get(key)
        return known[1] if known and time.monotonic() < known[0] else None

    def put(self, key: Key, totals: Totals) -> None:
        with self._lock:
            self._known[key] = (time.monotonic() + _REMEMBERED_FOR, totals)
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


def search(index: Index, request: SearchRequest, *, engines: Sequence[Engine] | None = None) -> SearchPage:
    """Answer from the first of the site's engines (or of those given) that can. Raises SearchDown when none can.

    An engine of the site that takes no changes any more is passed over too: its answer would be of the day before.
    """
    for place, engine in enumerate(engines or configured.engines(index.name)):
        try:
            if not engines and not engine.keeps_position and _watch.look(index.name, engine.view(index.schema).about.generation):
                raise EngineUnavailable("it has taken no changes for a while")
            return _answer(index, request, engine, fallback=place > 0)
        except EngineUnavailable as error:
            log.warning("%s does not answer: %s", engine.name, error)
    raise SearchDown("no engine can answer now")


def _answer(index: Index, request: SearchRequest, engine: Engine, *, fallback: bool) -> SearchPage:
    view = engine.view(index.schema)
    if view.about.fingerprint != configured.fingerprint(index.schema, engine):
        raise IndexOutdated("the index was built by another version")
    wording = plan.read(request.text, _lexicon(index, view))
    key = (f"{index.name} {view.stamp}", engine.name, request.text)
    remembered = _memory.get(key)
    size, totals = remembered or _totals(index, engine, view, wording, key)
    stage = _stage(size, totals) if wording else None
    raw = view.search(plan.build(index.schema, request, wording, stage))
    if remembered and not raw.total and not engine.keeps_position:
        _totals(index, engine, view, wording, key)  # what is remembered would hide that the index was emptied since
    return SearchPage(
        request=request,
        total=raw.total,
        hits=tuple(Hit(document_id, score) for document_id, score in raw.hits),
        facets=_facets(index.schema, request, raw),
        stage=stage,
        engine=engine.name,
        left_out=wording.left_out if wording else 0,
        fallback=fallback,
        terms=wording.marks if wording else frozenset(),
    )


def _lexicon(index: Index, view: View) -> Lexicon:
    return shelf_of(index.name).get(view.about.lexicon)


def _totals(index: Index, engine: Engine, view: View, wording: Wording | None, key: Key) -> Totals:
    """Size of the index and hits of the stages that may be passed over, before any filter; remembered for the next requests.

    An engine that holds far fewer documents than the embedded one has lost some: that is a failure, not an answer.
    """
    queries = [wording.matching(stage) for stage in STAGES[:-1]] if wording else []
    size, totals = view.totals(queries if view.far else queries[:1])
    if queries and not view.far and _stage(size, totals) == "near":
        totals += view.totals(queries[1:])[1]
    if not engine.keeps_position and size < _LEAST_SHARE * _embedded_size(index):
        raise EngineUnavailable(f"{engine.name} holds only {size} documents")
    _memory.put(key, (size, totals))
    return size, totals


def _stage(size: int, totals: Sequence[int]) -> Stage:
    """The first stage with enough hits; the last one answers with whatever it finds."""
    return next((stage for stage, total in zip(STAGES, totals, strict=False) if plan.enough(stage, total, size=size)), STAGES[-1])


def _embedded_size(index: Index) -> int:
    try:
        return configured.embedded(index.name).view(index.schema).totals(())[0]
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
