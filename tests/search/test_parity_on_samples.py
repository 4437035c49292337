"""Real Norwegian text: the figures to reach, and the same answers from both engines."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search.engines import configured
from search.evaluation import Tally, fill, read_documents, read_queries, remove, throwaway_index
from search.request import SearchPage, SearchRequest
from search.searching import search
from tests.search.collection import in_groups
from tests.search.conftest import patient_node

pytestmark = pytest.mark.samples
FLOORS = {"a": 0.945, "b": 0.890}
DEPTH = 30


def whole_groups(page: SearchPage) -> list[list[str]]:
    """The hits in groups of equal score, without the last group when the page may cut it."""
    groups = in_groups(page)
    return groups if page.total <= DEPTH else groups[:-1]


@pytest.mark.opensearch
@pytest.mark.timeout(400)  # 4,500 queries on two engines
@pytest.mark.parametrize("name", ["a", "b"])
def test_both_engines_give_the_same_answers_and_reach_the_figures(samples: Path, opensearch_url: str, name: str) -> None:
    documents = read_documents(samples / "search-eval" / "docs.tsv")
    index = throwaway_index(f"samples-{name}", documents)
    engines = (configured.embedded(index.name), patient_node(opensearch_url))
    tallies = (Tally(), Tally())
    try:
        for engine in engines:
            fill(index, engine, documents)
        for relevant, text in read_queries(samples / "search-eval" / f"{name}.queries.tsv"):
            request = SearchRequest(text=text, page_size=DEPTH)
            own, other = (search(index, request, engines=(engine,)) for engine in engines)
            assert (text, own.total, own.stage, whole_groups(own)) == (text, other.total, other.stage, whole_groups(other))
            for tally, page in zip(tallies, (own, other), strict=True):
                tally.add(page, {relevant: 1}, 0.0)
    finally:
        for engine in engines:
            remove(index, engine)
    for tally in tallies:
        assert sum(tally.each) / tally.queries >= FLOORS[name]
        assert tally.zero == 0
    if name == "b":
        assert tallies[0].stages["near"] / tallies[0].queries <= 0.20
        assert tallies[0].hits / tallies[0].queries <= 150


@pytest.mark.timeout(400)
def test_the_command_measures_and_prints_one_object_as_its_last_line(samples: Path) -> None:
    folder = samples / "search-eval"
    printed = StringIO()
    call_command("evaluate_search", documents=folder / "docs.tsv", queries=folder / "b.queries.tsv", stdout=printed)
    report = json.loads(printed.getvalue().splitlines()[-1])
    assert {
        "engine",
        "queries",
        "ndcg@10",
        "mrr@10",
        "recall@20",
        "success@3",
        "zero_hits",
        "p50_ms",
        "p95_ms",
        "stages",
        "mean_hits",
    } <= set(report)
    assert (report["engine"], report["queries"], report["zero_hits"]) == ("embedded", 2228, 0)
    assert report["ndcg@10"] >= FLOORS["b"]
    assert report["stages"]["near"] <= 0.20
    assert report["mean_hits"] <= 150
    assert list(configured.index_dir("x").parent.glob("evaluation-*")) == []
