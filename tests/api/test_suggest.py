"""Suggestions and likeness through the API."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank.models import Form, Resource
from resourcebank.selectors.bodies import PARTS
from resourcebank.services.publication import retire
from resourcebank.workflow import RoleName
from tests.api.conftest import Get
from tests.factories import NOW, person
from tests.starter_bank import index_in


def test_what_is_typed_leads_to_words_terms_and_titles_with_hits(get: Get) -> None:
    answer = get("suggest", q="val")
    assert list(answer) == ["words", "terms", "titles"]
    for word in answer["words"]:
        assert word["text"].startswith("val")
        assert get("resources", q=f'"{word["text"]}"')["count"] == word["count"] > 0
        assert parse_qs(urlsplit(word["url"]).query) == {"q": [word["text"]]}
    for term in answer["terms"]:
        assert get("resources", **{term["facet"]: term["value"]})["count"] == term["count"] > 0
        assert parse_qs(urlsplit(term["url"]).query) == {term["facet"]: [term["value"]]}
    assert answer["terms"][0]["value"].startswith("valg-og-tilfeldigheter")
    assert {title["title"] for title in answer["titles"]} >= {"Se nærmere på fem små valg"}


def test_a_title_is_found_by_its_first_letters_in_any_of_its_languages(get: Get, client: Client) -> None:
    (title,) = get("suggest", q="kast og ve", lang="nn")["titles"]
    assert title["url"].endswith("/nn/ressurs/kast-og-velg/")
    assert client.get(urlsplit(title["url"]).path).status_code == 200
    nynorsk = Form.objects.get(revision__published_resource__slug="fem-sma-valg", language="nn", level="")
    found = get("suggest", q=nynorsk.title[:8], lang="nb")["titles"]
    assert any(one["id"] == str(nynorsk.revision.resource.public_id) for one in found)


def test_labels_are_in_the_language_asked_for_and_found_in_any(get: Get) -> None:
    assert get("suggest", q="chance", lang="nb")["terms"][0]["label"] == "Valg og tilfeldigheter"
    assert get("suggest", q="tilfeldig", lang="en")["terms"][0]["label"] == "Choice and chance"


@pytest.mark.parametrize("text", ["", "v", "qqqqq", "  ", "-", '"'])
def test_nothing_typed_or_known_suggests_nothing(get: Get, text: str) -> None:
    assert get("suggest", q=text) == {"words": [], "terms": [], "titles": []}


def test_what_is_no_longer_published_is_not_suggested(get: Get) -> None:
    resource = Resource.objects.get(slug="kast-og-velg")
    assert resource.published
    retire(resource.published, by=person("Karl", RoleName.CURATOR), now=NOW, seen=resource.published.version, reason="Prøve.")
    assert get("suggest", q="kast og ve")["titles"] == []


def test_suggestions_take_two_statements_and_only_known_parameters(
    get: Get, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    get("suggest", q="val")
    with django_assert_max_num_queries(2):
        get("suggest", q="vei")
    assert client.get("/api/v1/suggest", {"q": "val", "kind": "activity"}).json()["code"] == "unknown-parameter"
    assert client.get("/api/v1/suggest", {"q": "v" * 251}).json()["code"] == "too-long"


def test_resources_like_one_share_its_words_and_are_not_it(get: Get) -> None:
    for resource in Resource.objects.exclude(published=None):
        results = get(f"resources/{resource.public_id}/similar")["results"]
        ids = [one["id"] for one in results]
        assert str(resource.public_id) not in ids
        assert len(ids) == len(set(ids)) <= 4
    hit: dict[str, Any] = get("resources", q="terning")["results"][0]
    assert list(get(f"resources/{hit['id']}/similar")["results"][0]) == list(hit)


def test_similar_of_something_unknown_or_with_search_down_is_refused(client: Client, tmp_path: Any) -> None:
    resource = Resource.objects.get(slug="kast-og-velg")
    assert client.get("/api/v1/resources/00000000-0000-4000-8000-000000000000/similar").status_code == 404
    with index_in(tmp_path):
        down = client.get(f"/api/v1/resources/{resource.public_id}/similar")
        assert (down.status_code, down.json()["code"]) == (503, "search-down")
        assert client.get("/api/v1/suggest", {"q": "val"}).status_code == 503


def test_a_misspelt_search_says_what_was_meant(get: Get) -> None:
    assert get("resources", q="ternign")["did_you_mean"] == "terning"
    assert get("resources", q="terning")["did_you_mean"] is None
    assert get("resources", q="ternign", kind="case")["did_you_mean"] is None


def test_a_hit_elsewhere_shows_the_sentence(get: Get) -> None:
    hits = get("resources", q="krise", page_size=50)["results"]
    shown = [hit for hit in hits if not hit["highlights"]]
    assert shown
    for hit in shown:
        excerpt = hit["excerpt"]
        assert excerpt["part"] in {"title", "summary", *PARTS}
        assert all(excerpt["text"][start:end].isalpha() for start, end in excerpt["highlights"])
        assert excerpt["highlights"]
    assert any("kris" in hit["excerpt"]["text"].lower() for hit in shown)
    assert all(hit["excerpt"] is None for hit in hits if hit["highlights"])
    assert all(hit["excerpt"] is None for hit in get("resources")["results"])
