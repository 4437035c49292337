"""The coverage map for programs."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank.catalogue import forget_coverage
from tests.api.conftest import Answer, Get


@pytest.fixture(autouse=True)
def _anew() -> None:
    forget_coverage()


def row(answer: Answer, value: str) -> Answer:
    found: Answer = next(row for row in answer["rows"] if row["value"] == value)
    return found


def test_a_cell_has_the_count_of_the_search_it_names(get: Get) -> None:
    cells = [cell for each in get("coverage")["rows"] for cell in each["cells"] if cell["count"]]
    for cell in cells[:: max(1, len(cells) // 40)]:
        query = cell["url"].partition("?")[2]
        facets = dict(pair.split("=") for pair in query.split("&"))
        assert get("resources", **facets)["count"] == cell["count"] >= cell["main"]


def test_pairs_words_and_standards_are_rows_named_in_the_language_asked_for(get: Get) -> None:
    answer = get("coverage", lang="nn")
    assert [each["vocabulary"] for each in answer["rows"]] == ["word_pair"] * 15 + ["competence"] * 7
    assert row(answer, "muligheter-og-begrensninger")["label"] == "Moglegheiter og avgrensingar"
    assert row(answer, "omrade-2")["working_title"] is True
    assert answer["resources"] == sum(answer["assurance"].values())
    assert {cell["dimension"] for cell in answer["rows"][0]["cells"]} == {"kind", "audience", "norwegian_level", "language"}


def test_gaps_name_what_is_missing(get: Get) -> None:
    answer = get("coverage")
    for gap in answer["gaps"]:
        cells = row(answer, gap["value"])["cells"]
        cell = next(cell for cell in cells if (cell["dimension"], cell["value"]) == (gap["dimension"], gap["missing"]))
        assert (cell["main"], cell["count"]) == (0, gap["count"])


def test_nothing_else_is_understood(client: Client) -> None:
    response = client.get("/api/v1/coverage?mot=kind")
    assert (response.status_code, response.json()["code"]) == (400, "unknown-parameter")


def test_the_map_needs_few_statements(get: Get, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(5):
        get("coverage")
