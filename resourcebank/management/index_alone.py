"""What `manage.py bench --alone` measures: an index of made-up documents that no database holds, so that there can be a million of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import uuid4

from resourcebank.catalogue import CATALOGUE
from resourcebank.catalogue.documents import duration_of, fitting_levels, passages_of
from resourcebank.content import Content
from resourcebank.demo import contents, make_stock
from resourcebank.management.measurement import Figures, folder_size, made_requests, measure_queries
from resourcebank.management.worker_memory import resident
from resourcebank.selectors.samples import bank_texts, terms_by_vocabulary
from search.analysis import document_words, words_inside
from search.engines import configured
from search.evaluation import fill, remove
from search.index import Document, Index, Passage

_CHUNK = 500


class MadeDocuments:
    """The same documents each time they are walked through; what making them cost is kept apart from what is measured."""

    def __init__(self, many: int, length: int, seed: int) -> None:
        self._many, self._seed = many, seed
        every = [text for some in bank_texts().values() for text in some]
        self._stock = make_stock(every, terms_by_vocabulary(), length=length, seed=seed)
        self.words = 0
        """How many they have."""
        self.seconds = 0.0
        """CPU seconds that making and counting them took."""

    def __iter__(self) -> Iterator[Document]:
        made = (_document(n, content) for n, content in enumerate(contents(self._stock, many=self._many, seed=self._seed)))
        self.words = 0
        while True:
            start = time.thread_time()
            chunk = list(islice(made, _CHUNK))
            self.words += sum(map(_words_of, chunk))
            self.seconds += time.thread_time() - start
            if not chunk:
                return
            yield from chunk

    def shown(self, ids: Set[str]) -> Mapping[str, tuple[str, str]]:
        """Title and summary in bokmål of some of them."""
        return {document.id: _title_and_summary(document.passages[0]) for document in self if document.id in ids}


def _title_and_summary(passage: Passage) -> tuple[str, str]:
    return passage.title, passage.rest.partition("\n")[0]


def measure_alone(*, many: int, length: int, seed: int) -> Figures:
    """Building the embedded index on one core, what it needs of memory, and the full query; nothing is read from a database meanwhile."""
    made = MadeDocuments(many, length, seed)
    index = Index(replace(CATALOGUE.schema, name=f"alone-{uuid4().hex[:8]}"), lambda ids: (), lambda: ())
    engine = configured.embedded(index.name)
    try:
        with _one_core():
            spent = _build(index, made)
        figures: Figures = {
            "building, words": {engine.name: f"{made.words / 1e6:.1f} million"},
            "analysis and indexing, words a second on one core": {engine.name: f"{made.words / spent / 1000:.0f}k"},
            "index size": {engine.name: f"{folder_size(configured.index_dir(index.name)) / 1e6:.0f} MB"},
            "most memory while building": {engine.name: f"{resident('VmHWM')} MB"},
        }
        requests = made_requests(index, seed)
        measure_queries(figures, index, engine, requests, made.shown)
        figures["memory after searching"] = {engine.name: f"{resident('VmRSS')} MB, of it files {resident('RssFile')} MB"}
        return figures
    finally:
        remove(index, engine)


def _build(index: Index, made: MadeDocuments) -> float:
    """CPU seconds of every thread, that of making the documents left out."""
    start = time.process_time()
    fill(index, configured.embedded(index.name), made)
    return time.process_time() - start - made.seconds


def _words_of(document: Document) -> int:
    return sum(len(some) for pairs in (document_words(document), words_inside(document)) for _, some in pairs)


@contextmanager
def _one_core() -> Iterator[None]:
    """Every thread of the process on the same core."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _document(number: int, content: Content) -> Document:
    return Document(
        id=f"{number:07}",
        passages=passages_of(content.forms, ()),
        keywords=_keywords(content),
        numbers=_numbers(number, content),
        sort_title=content.forms[0].title,
    )


def _keywords(content: Content) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for term in content.terms:
        found.setdefault(term.vocabulary, []).append(term.slug)
    return {name: tuple(slugs) for name, slugs in found.items()} | {
        "kind": (content.kind,),
        "licence": (content.licence,),
        "language": tuple(sorted({form.language for form in content.forms})),
        "duration": (duration_of(content.minutes[1]),),
        "norwegian_level": fitting_levels((form.language, form.level or content.norwegian_level) for form in content.forms),
        "assurance": ("checked",),
    }


def _numbers(number: int, content: Content) -> Mapping[str, int]:
    values: tuple[Any, ...] = (*content.minutes, *content.group, number, number)
    return dict(zip(("minutes_low", "minutes_high", "group_low", "group_high", "published_minute", "browse_rank"), values, strict=True))
