"""The figures of an evaluation are those of their definitions."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation import Tally, read_documents, read_judgements, read_queries
from search.index import Passage
from search.request import Hit, SearchPage, SearchRequest
from tests.search.collection import Collection, a_document


def a_page(ids: list[str], *, total: int | None = None) -> SearchPage:
    hits = tuple(Hit(document_id, 1.0) for document_id in ids)
    return SearchPage(SearchRequest(), len(ids) if total is None else total, hits, (), "any_word", "embedded")


def report(ids: list[str], grades: dict[str, int], *, total: int | None = None) -> dict[str, object]:
    tally = Tally()
    tally.add(a_page(ids, total=total), grades, 4.0)
    return tally.report("embedded")


def test_one_relevant_document_in_the_third_place() -> None:
    found = report(["a", "b", "c", "d"], {"c": 1}, total=40)
    assert found["ndcg@10"] == round(1 / math.log2(4), 4) == 0.5
    assert (found["mrr@10"], found["recall@20"], found["success@3"]) == (0.3333, 1.0, 1.0)
    assert (found["zero_hits"], found["mean_hits"], found["p50_ms"], found["stages"]) == (0, 40.0, 4.0, {"any_word": 1.0})


def test_grades_weigh_two_to_the_grade_minus_one() -> None:
    best = 7 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)
    swapped = 3 / math.log2(2) + 7 / math.log2(3) + 1 / math.log2(4)
    assert report(["b", "a", "c"], {"a": 3, "b": 2, "c": 1, "d": 0})["ndcg@10"] == round(swapped / best, 4)


def test_what_comes_after_the_tenth_place_counts_for_recall_alone() -> None:
    found = report([*"abcdefghij", "x"], {"x": 1})
    assert (found["ndcg@10"], found["mrr@10"], found["recall@20"], found["success@3"]) == (0.0, 0.0, 1.0, 0.0)


def test_nothing_found_is_counted() -> None:
    assert report([], {"a": 1})["zero_hits"] == 1


@given(
    st.lists(st.sampled_from("abcdefghijklmnop"), unique=True, max_size=14),
    st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 3), min_size=1),
)
def test_a_perfect_order_is_one_and_every_other_less(ids: list[str], grades: dict[str, int]) -> None:
    figure = float(str(report(ids, grades)["ndcg@10"]))
    perfect = report(sorted(grades, key=lambda document_id: -grades[document_id]), grades)["ndcg@10"]
    assert 0.0 <= figure <= 1.0
    assert perfect == (1.0 if any(grades.values()) else 0.0)


def test_files_are_read_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("1\tEn stol\n\n2\tA chair\ten\n", encoding="utf-8")
    one, two = read_documents(file)
    assert (one.id, one.passages, two.passages) == ("1", (Passage("nb", "", "En stol"),), (Passage("en", "", "A chair"),))
    assert read_queries(file) == [("1", "En stol"), ("2", "A chair")]
    file.write_text("stol\t1\t3\nstol\t2\t0\nbord\t2\t1\n", encoding="utf-8")
    assert read_judgements(file) == {"stol": {"1": 3, "2": 0}, "bord": {"2": 1}}


@pytest.mark.parametrize(("text", "expected"), [("stol", 1.0), ("bord", 1.0), ("lampe", 0.0)])
def test_an_evaluated_search_is_a_search(collection: Collection, text: str, expected: float) -> None:
    collection.fill([a_document("stol", "stol"), a_document("bord", "bord"), a_document("annet", "annet")])
    tally = Tally()
    tally.add(collection.ask(text), {text: 1}, 0.0)
    assert sum(tally.each) == expected
