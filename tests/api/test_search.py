"""Searching through the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank.catalogue import SCHEMA, forget_labels
from resourcebank.models import Resource
from tests.api.conftest import Answer, Get
from tests.starter_bank import index_in

MEMBERS = ["count", "page", "page_size", "next", "previous", "results", "facets", "did_you_mean", "stage", "left_out", "engine"]
HIT = [
    *("id", "url", "title", "summary", "language", "dir", "forms", "kind", "minutes", "group", "terms", "licence", "quality"),
    *("highlights", "found_in", "excerpt"),
]


def ids(answer: Answer) -> list[str]:
    return [hit["id"] for hit in answer["results"]]


def follow(client: Client, address: str) -> Answer:
    """Go where the answer points."""
    parts = urlsplit(address)
    answer: Answer = client.get(f"{parts.path}?{parts.query}").json()
    return answer


def test_an_answer_has_the_promised_members(get: Get) -> None:
    answer = get("resources", q="valg")
    assert list(answer) == MEMBERS
    assert list(answer["results"][0]) == HIT
    assert answer["engine"] == "embedded"
    assert answer["stage"] == "all_words"
    assert answer["did_you_mean"] is None


def test_without_words_everything_is_found_and_no_stage_is_named(get: Get) -> None:
    published = Resource.objects.filter(published__isnull=False).count()
    found = [identity for page in range(1, published // 100 + 2) for identity in ids(get("resources", page_size=100, page=page))]
    answer = get("resources")
    assert answer["count"] == len(found) == len({*found}) == published
    assert answer["stage"] is None


def test_a_hit_shows_its_facts(get: Get) -> None:
    for hit in get("resources", page_size=100)["results"]:
        assert hit["title"]
        assert hit["summary"]
        assert hit["dir"] == "ltr"
        assert {"nb", "nn"} <= {*hit["forms"]}
        assert hit["minutes"]["min"] <= hit["minutes"]["max"]
        assert hit["group"]["min"] <= hit["group"]["max"]
        assert {"word_pair", "competence", "quality_area", "ethics"} & {*hit["terms"]}
        assert "kind" not in hit["terms"]
        assert hit["licence"] == "CC-BY-4.0"
        assert hit["quality"]["assurance"] == "checked"
        assert hit["quality"]["assured_on"] < hit["quality"]["review_due_on"]


def test_the_page_of_a_hit_can_be_opened(get: Get, client: Client) -> None:
    hit = get("resources", lang="nn", page_size=1)["results"][0]
    page = client.get(urlsplit(hit["url"]).path)
    assert page.status_code == 200
    assert urlsplit(hit["url"]).path.startswith("/nn/ressurs/")
    assert hit["title"] in page.content.decode()


@pytest.mark.parametrize(("language", "label"), [("nb", "Tid"), ("nn", "Tid"), ("en", "Time")])
def test_names_and_titles_are_in_the_language_asked_for(get: Get, language: str, label: str) -> None:
    answer = get("resources", lang=language, facets=1)
    assert answer["facets"]["duration"]["label"] == label
    for hit in answer["results"]:
        assert hit["language"] == (language if language in hit["forms"] else "nb")


def test_without_lang_the_clients_language_is_spoken(client: Client) -> None:
    response = client.get("/api/v1/resources", {"facets": 1}, headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert response.json()["facets"]["duration"]["label"] == "Time"
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]


def test_highlights_count_code_points_of_the_shown_text(get: Get) -> None:
    marked = [
        hit[name][start:end].lower()
        for hit in get("resources", q="terningen", lang="nb")["results"]
        for name, spans in hit["highlights"].items()
        for start, end in spans
    ]
    assert marked
    assert {word[:7] for word in marked} == {"terning"}


def test_facets_are_counted_only_when_asked_for(get: Get) -> None:
    assert get("resources")["facets"] == {}
    assert get("resources", facets=0)["facets"] == {}
    assert [*get("resources", facets=1)["facets"]] == [facet.name for facet in SCHEMA.facets]


def test_every_counted_value_leads_to_as_many_hits(get: Get) -> None:
    facets = get("resources", facets=1)["facets"]
    for name in ("word_pair", "kind", "needs", "duration"):
        for value in facets[name]["values"]:
            assert get("resources", **{name: value["value"]})["count"] == value["count"], (name, value)


def test_a_chosen_value_is_marked_as_chosen(get: Get) -> None:
    values = get("resources", facets=1, kind=["activity", "group-game"])["facets"]["kind"]["values"]
    assert {value["value"] for value in values if value["selected"]} == {"activity", "group-game"}


def test_a_facet_called_format_filters_and_does_not_choose_a_file_format(get: Get) -> None:
    hits = get("resources", format="group")["results"]
    assert hits
    assert all("group" in hit["terms"]["format"] for hit in hits)


def test_number_parameters_bound_time_and_group(get: Get) -> None:
    everything = get("resources", page_size=100)["results"]
    short = {hit["id"] for hit in everything if hit["minutes"]["max"] <= 20}
    alone = {hit["id"] for hit in everything if hit["group"]["min"] <= 1 <= hit["group"]["max"]}
    assert {*ids(get("resources", minutes_max=20, page_size=100))} == short != {hit["id"] for hit in everything}
    assert {*ids(get("resources", group=1, page_size=100))} == alone != {hit["id"] for hit in everything}
    assert all(hit["minutes"]["min"] >= 20 for hit in get("resources", minutes_min=20)["results"])


def test_hits_come_in_the_order_asked_for(get: Get) -> None:
    longest = [hit["minutes"]["max"] for hit in get("resources", sort="shortest")["results"]]
    assert longest == sorted(longest)
    assert ids(get("resources", sort="title")) != ids(get("resources", sort="shortest"))


def test_the_pages_can_be_walked_to_the_end_and_back(get: Get, client: Client) -> None:
    answer = get("resources", page_size=4, sort="title", facets=1, lang="nn", needs="no-preparation")
    assert answer["previous"] is None
    seen, first = ids(answer), answer
    while answer["next"]:
        before, answer = answer, follow(client, answer["next"])
        assert ids(follow(client, answer["previous"])) == ids(before)
        seen += ids(answer)
    assert answer["facets"] == first["facets"]
    assert len(seen) == len({*seen}) == first["count"]


def test_a_page_beyond_the_last_is_empty_and_points_back_to_the_last(get: Get, client: Client) -> None:
    answer = get("resources", page=99, page_size=8)
    assert answer["results"] == []
    assert answer["next"] is None
    assert follow(client, answer["previous"])["results"]


def test_words_after_the_sixteenth_are_left_out_and_counted(get: Get) -> None:
    words = [f"ord{chr(97 + n)}" for n in range(19)]
    assert get("resources", q=" ".join(words))["left_out"] == 3
    assert get("resources", q=" ".join(words[:16]))["left_out"] == 0


def test_a_query_of_250_characters_is_answered(get: Get) -> None:
    assert get("resources", q="a" * 250)["count"] == 0


@pytest.mark.parametrize("size", [20, 50])
def test_an_answer_needs_at_most_four_statements(
    size: int, client: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with index_in(tmp_path):
        call_command("create_demo", resources=60, seed=1, short=True, verbosity=0)
        call_command("reindex", verbosity=0)
        forget_labels()
        with django_assert_max_num_queries(4):
            answer: Any = client.get("/api/v1/resources", {"page_size": size, "facets": 1, "minutes_max": 300}).json()
    assert len(answer["results"]) == size
