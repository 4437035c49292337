"""How well a search finds what people judged relevant, on texts from files."""

from __future__ import annotations

import logging
import math
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from search.analysis import Lexicon, analyse, lexicon_of
from search.engines import configured
from search.engines.base import Engine, Put
from search.errors import EngineUnavailable
from search.index import Document, Index, Passage
from search.lexicons import shelf_of
from search.request import SearchPage, SearchRequest
from search.schema import Keyword, Schema
from search.searching import search

log = logging.getLogger(__name__)
DEPTH = 20
Judgements = Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class Tally:
    """Sums over queries. nDCG uses gains 2^grade - 1 and log2 discounts (Järvelin & Kekäläinen 2002)."""

    queries: int = 0
    each: list[float] = field(default_factory=list)
    """nDCG@10 of every query, in their order."""
    mrr: float = 0.0
    recall: float = 0.0
    success: int = 0
    zero: int = 0
    hits: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, page: SearchPage, grades: Mapping[str, int], took: float) -> None:
        """Count one answer (its first 20 hits) against the grades of its query; `took` in milliseconds."""
        self.count([hit.id for hit in page.hits], page.total, grades)
        self.stages[page.stage or "none"] += 1
        self.milliseconds.append(took)

    def count(self, ids: Sequence[str], total: int, grades: Mapping[str, int]) -> None:
        """Count the first 20 ids of an answer with so many hits against the grades of its query."""
        ranked = [grades.get(document_id, 0) for document_id in ids]
        relevant = sum(grade > 0 for grade in grades.values())
        first = next((place for place, grade in enumerate(ranked[:10], 1) if grade), 0)
        ideal = _dcg(sorted(grades.values(), reverse=True)[:10])
        self.queries += 1
        self.each.append(_dcg(ranked[:10]) / ideal if ideal else 0.0)
        self.mrr += 1 / first if first else 0.0
        self.recall += sum(grade > 0 for grade in ranked) / relevant if relevant else 0.0
        self.success += any(ranked[:3])
        self.zero += total == 0
        self.hits += total

    def report(self, engine: str) -> dict[str, object]:
        """The figures as they are printed."""
        many = max(1, self.queries)
        times = sorted(self.milliseconds) or [0.0]
        return {
            "engine": engine,
            "queries": self.queries,
            "ndcg@10": round(sum(self.each) / many, 4),
            "mrr@10": round(self.mrr / many, 4),
            "recall@20": round(self.recall / many, 4),
            "success@3": round(self.success / many, 4),
            "zero_hits": self.zero,
            "stages": {stage: round(count / many, 4) for stage, count in sorted(self.stages.items())},
            "mean_hits": round(self.hits / many, 1),
            "p50_ms": round(times[len(times) // 2], 2),
            "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
        }


def _dcg(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def read_documents(file: Path) -> list[Document]:
    """Lines of `id<TAB>text` with an optional language (bokmål unless said)."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Document(row[0], (Passage(row[2] if len(row) > 2 else "nb", "", row[1]),)) for row in rows]


def read_queries(file: Path) -> list[tuple[str, str]]:
    """Lines of two columns, as they stand."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(row[0], row[1]) for row in rows]


def read_judgements(file: Path) -> dict[str, dict[str, int]]:
    """Lines of `query<TAB>id<TAB>grade`, grades 0–3."""
    grades: dict[str, dict[str, int]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            query, document_id, grade = line.split("\t")[:3]
            grades.setdefault(query, {})[document_id] = int(grade)
    return grades


def throwaway_index(name: str, documents: Sequence[Document], sides: tuple[str, str] | None = None) -> Index:
    """An index over documents held in memory, without facets but that of the sides there may be."""
    held = {document.id: document for document in documents}
    facets = (Keyword(name=sides[0]),) if sides else ()
    schema = Schema(name=name, facets=facets, numbers=(), bounds=(), sorts=(), sides=sides)
    return Index(schema, lambda ids: [held[i] for i in ids if i in held], lambda: held)


def fill(index: Index, engine: Engine, documents: Iterable[Document], lexicon: Lexicon | None = None) -> None:
    """Build and publish a generation without any database, with the words of the documents unless told otherwise: then they are walked
    through twice."""
    lexicon = lexicon or lexicon_of(documents)
    name = shelf_of(index.name).keep(lexicon)
    generation = engine.begin(index.schema, fingerprint=configured.fingerprint(index.schema, engine), lexicon=name)
    rest = iter(documents)
    while some := list(islice(rest, 500)):
        refused = generation.write([Put(analyse(document, index.schema, lexicon), 1) for document in some])
        if refused:
            raise EngineUnavailable(f"{engine.name} would not take {len(refused)} documents: {refused[0].message}")
    generation.finish()
    generation.publish(0)


def remove(index: Index, engine: Engine) -> None:
    """Take a throw-away index away again, whatever became of it."""
    try:
        engine.drop(index.schema)
    except EngineUnavailable as error:
        log.warning("the throw-away index %s is left over: %s", index.name, error)
    shutil.rmtree(configured.index_dir(index.name), ignore_errors=True)


def evaluate(index: Index, engine: Engine, queries: Iterable[tuple[str, Mapping[str, int]]]) -> Tally:
    """Ask every query once and count."""
    tally = Tally()
    for text, grades in queries:
        start = time.perf_counter()
        page = search(index, SearchRequest(text=text, page_size=DEPTH), engines=(engine,))
        tally.add(page, grades, (time.perf_counter() - start) * 1000)
    return tally
