"""What `manage.py bench` measures in one process: building, searching, whole requests, statements, memory."""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resourcebank.catalogue import CATALOGUE, SCHEMA, find, known_values
from resourcebank.selectors import published_cards
from search.analysis import spans
from search.analysis.tokens import document_words
from search.engines import configured
from search.engines.base import Engine
from search.engines.opensearch import OpenSearchEngine
from search.index import Index
from search.indexing import rebuild
from search.lexicons import shelf_of
from search.request import SearchPage, SearchRequest
from search.searching import forget_totals, search

_QUERIES = 300
_FILTERED = ("word_pair", "kind", "format", "audience", "norwegian_level", "needs", "theme", "use")
_FACETS = tuple(facet.name for facet in SCHEMA.facets)
Figures = dict[str, dict[str, str]]
Shown = Callable[[Set[str]], Mapping[str, tuple[str, str]]]
"""Id -> (title, summary) in bokmål."""


def measure(*, seed: int) -> Figures:
    """Every figure by row and column (an engine's name, or `all`). Rebuilds the indexes of the site; leaves none on OpenSearch."""
    figures: Figures = {}
    words = _count_words()
    engines = configured.engines(CATALOGUE.name)
    for engine in reversed(engines):  # the embedded one first: it makes the lexicon
        _put(figures, "index: resources/s, words/s", engine, _build(engine, words, first=engine is engines[-1]))
        _put(figures, "index size", engine, f"{_size(engine) / 1e6:.1f} MB")
    requests = made_requests(CATALOGUE, seed)
    for engine in engines:
        measure_queries(figures, CATALOGUE, engine, requests, _shown)
        found = _times(requests, partial(find, language="nb", engines=(engine,)))
        _put_times(figures, "full query with highlights, titles and summaries read from the database", engine, found)
    _measure_pages(figures, requests)
    figures["peak memory of this process"] = {"all": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"}
    for engine in engines[:-1]:
        engine.drop(CATALOGUE.schema)
    return figures


def _put(figures: Figures, row: str, engine: Engine, cell: str) -> None:
    figures.setdefault(row, {})[engine.name] = cell


def _count_words() -> int:
    ids = sorted(CATALOGUE.all_ids())
    chunks = (ids[start : start + 500] for start in range(0, len(ids), 500))
    return sum(len(some) for chunk in chunks for document in CATALOGUE.documents(chunk) for _, some in document_words(document))


def _build(engine: Engine, words: int, *, first: bool) -> str:
    start = time.perf_counter()
    count = rebuild(CATALOGUE, (engine,), new_lexicon=first)[engine.name]
    took = time.perf_counter() - start
    return f"{count / took:.0f}, {words / took / 1000:.0f}k"


def _size(engine: Engine) -> int:
    if isinstance(engine, OpenSearchEngine):
        return engine.size(CATALOGUE.schema)
    return folder_size(configured.index_dir(CATALOGUE.name))


def folder_size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def made_requests(index: Index, seed: int) -> list[SearchRequest]:
    """Seeded searches: one to three words as common as they are in the embedded index, two filters, all facets, 20 hits."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    about = configured.embedded(index.name).view(index.schema).about
    counts = {word: n for word, n in shelf_of(index.name).get(about.lexicon).counts["no"].items() if len(word) > 3}
    known = known_values()
    made = []
    for _ in range(_QUERIES):
        text = " ".join(chance.choices(list(counts), list(counts.values()), k=chance.randint(1, 3)))
        chosen = sorted(chance.sample(_FILTERED, 2), key=_FACETS.index)
        filters = tuple((name, (chance.choice(known[name]),)) for name in chosen)
        made.append(SearchRequest(text=text, filters=filters, facets=_FACETS))
    return made


def measure_queries(figures: Figures, index: Index, engine: Engine, requests: Sequence[SearchRequest], shown: Shown) -> None:
    """The full query: two filters, every facet, 20 hits; which stages answered; and with the words marked in what is shown of the hits."""

    def bare(request: SearchRequest) -> SearchPage:
        return search(index, request, engines=(engine,))

    pages = [bare(request) for request in requests]
    stages = Counter(page.stage or "none" for page in pages)
    _put(figures, "stages that answered", engine, ", ".join(f"`{stage}` {many}" for stage, many in stages.most_common()))
    facets = "/".join(sorted({str(len(page.facets)) for page in pages}))
    _put(figures, "facets counted; hits on average", engine, f"{facets}; {sum(page.total for page in pages) / len(pages):.0f}")
    texts = shown({hit.id for page in pages for hit in page.hits})

    def marked(request: SearchRequest) -> Any:
        page = bare(request)
        return [[spans(text, "nb", page.terms) for text in texts[hit.id]] for hit in page.hits]

    _put_times(figures, "full query", engine, _times(requests, bare))
    _put_times(figures, "full query with highlights", engine, _times(requests, marked))


def _shown(ids: Set[str]) -> Mapping[str, tuple[str, str]]:
    return {card.public_id: (card.title, card.summary) for card in published_cards(sorted(ids), "nb")}


def _put_times(figures: Figures, row: str, engine: Engine, times: tuple[str, str]) -> None:
    wall, cpu = times
    _put(figures, f"{row}, wall ms p50/p95", engine, wall)
    _put(figures, f"{row}, CPU ms p50/p95", engine, cpu)


def _most_statements(requests: Sequence[SearchRequest], ask: Callable[[SearchRequest], object]) -> int:
    most = 0
    for request in requests:  # a search without hits reads no cards, so no single one tells
        with CaptureQueriesContext(connection) as captured:
            ask(request)
        most = max(most, len(captured))
    return most


def _times(requests: Sequence[SearchRequest], ask: Callable[[SearchRequest], object]) -> tuple[str, str]:
    """p50/p95 in ms of wall and of this thread's CPU time; every request is asked once before, none finds remembered totals."""
    for request in requests:
        ask(request)
    wall, cpu = [], []
    for request in requests:
        forget_totals()
        start, spent = time.perf_counter(), time.thread_time()
        ask(request)
        cpu.append((time.thread_time() - spent) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    return _percentiles(wall), _percentiles(cpu)


def _percentiles(figures: list[float]) -> str:
    ordered = sorted(figures)
    return f"{ordered[len(ordered) // 2]:.1f} / {ordered[int(len(ordered) * 0.95)]:.1f}"


def _measure_pages(figures: Figures, requests: Sequence[SearchRequest]) -> None:
    """Whole requests through every middleware, in this process, with the engine that the settings choose."""
    client = Client(HTTP_HOST="127.0.0.1")
    for name, address in (("search page", "/nb/sok/?"), ("API", "/api/v1/resources?facets=1&")):

        def ask(request: SearchRequest, address: str = address) -> None:
            answer = client.get(address + request.to_query(), secure=True)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")

        wall, cpu = _times(requests, ask)
        cell = f"{wall}, {cpu}, {_most_statements(requests, ask)}"
        figures[f"{name}: wall ms p50/p95, CPU ms p50/p95, statements at most"] = {"all": cell}
