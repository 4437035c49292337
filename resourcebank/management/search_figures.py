"""How well search finds, set by set: our own judged searches over the starter bank, and sets of texts and queries from files."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from resourcebank.catalogue import CATALOGUE
from resourcebank.management.judged_searches import Need
from resourcebank.management.slips import all_misspelt
from resourcebank.selectors import published_cards
from search.analysis import lexicon_of
from search.engines.base import Engine
from search.engines.opensearch import OpenSearchEngine
from search.evaluation import Tally, evaluate, fill, read_documents, read_queries, remove, throwaway_index
from search.index import Document
from search.rivals import RIVALS, measure_rival

Queries = Sequence[tuple[str, Mapping[str, int]]]
_RESAMPLES, _DRAWS = 10_000, 50


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table: who answered which set, and what came of it."""

    set_name: str
    who: str
    tally: Tally


def bank_documents() -> list[Document]:
    """The texts of the published resources as the site indexes them, named by their addresses."""
    ids = sorted(CATALOGUE.all_ids())
    slugs = {card.public_id: card.slug for card in published_cards(ids, "nb")}
    return [replace(document, id=slugs[document.id], numbers={}) for document in CATALOGUE.documents(ids)]


def judged_queries(needs: Sequence[Need], language: str) -> Queries:
    """The words of every need in one written standard."""
    return [(need.nb if language == "nb" else need.nn, need.grades) for need in needs]


def as_a_reader_ranks(ranking: Sequence[Need], judging: Sequence[Need], resources: Sequence[str]) -> float:
    """Mean nDCG@10 of what one reader would put first, in the eyes of another: as good as a search can be expected to get.

    Within a grade her order is left to chance (50 seeded draws).
    """
    chance = random.Random(1)  # noqa: S311  # no secret
    tally = Tally()
    for one, other in zip(ranking, judging, strict=True):
        for _ in range(_DRAWS):
            drawn = chance.sample(resources, len(resources))
            grades = {resource: one.grades.get(resource, 0) for resource in drawn}
            tally.count(sorted(drawn, key=grades.__getitem__, reverse=True), len(drawn), other.grades)
    return sum(tally.each) / len(tally.each)


def sample_sets(folder: Path) -> Iterator[tuple[str, Queries]]:
    """Sets A and B of the sample data: one relevant text for each query."""
    for name in ("a", "b"):
        yield name.upper(), [(text, {relevant: 1}) for relevant, text in read_queries(folder / f"{name}.queries.tsv")]


def sample_documents(folder: Path) -> list[Document]:
    """The texts that the sample sets are asked of."""
    return read_documents(folder / "docs.tsv")


def measured(
    documents: Sequence[Document], sets: Sequence[tuple[str, Queries]], engines: Sequence[Engine], synonyms: Sequence[Sequence[str]]
) -> Iterator[Measured]:
    """Every set on every engine with our analysis, and on OpenSearch with its own when it is among them."""
    for engine in engines:
        index = throwaway_index(f"measured-{uuid4().hex[:8]}", documents, CATALOGUE.schema.sides)
        try:
            fill(index, engine, documents)
            for name, queries in sets:
                yield Measured(name, engine.name, evaluate(index, engine, queries))
        finally:
            remove(index, engine)
    for engine in engines:
        if isinstance(engine, OpenSearchEngine):
            yield from _rivals(documents, sets, engine, synonyms)


def _rivals(
    documents: Sequence[Document], sets: Sequence[tuple[str, Queries]], engine: OpenSearchEngine, synonyms: Sequence[Sequence[str]]
) -> Iterator[Measured]:
    lexicon = lexicon_of(documents)
    parts = {part for word in lexicon.counts["no"] for part in lexicon.split(word)}
    for name in RIVALS:
        for set_name, queries in sets:
            yield Measured(set_name, name, measure_rival(name, engine, documents, queries, synonyms=synonyms, parts=parts))


def paired_difference(first: Sequence[float], second: Sequence[float], *, seed: int = 1) -> tuple[float, float, float]:
    """(mean of first minus second, lower and upper end of its 95 % interval): percentile bootstrap over the pairs."""
    differences = [a - b for a, b in zip(first, second, strict=True)]
    chance = random.Random(seed)  # noqa: S311  # no secret
    many = len(differences)
    means = sorted(sum(chance.choices(differences, k=many)) / many for _ in range(_RESAMPLES))
    return sum(differences) / many, means[int(_RESAMPLES * 0.025)], means[int(_RESAMPLES * 0.975)]


def misspelt_queries(queries: Queries, kind: str) -> Queries:
    """The same queries with one slip each, of a kind of `slips.KINDS`."""
    texts = all_misspelt((text for text, _ in queries), kind)
    return [(text, grades) for text, (_, grades) in zip(texts, queries, strict=True)]
