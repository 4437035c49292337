"""What the API says to everything it cannot answer: never a 500, always a sentence with a way out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.request import Request
from rest_framework.response import Response

from resourcebank.api.public import PublicRead
from tests.starter_bank import index_in

MEMBERS = ["type", "title", "status", "detail", "code", "errors", "reference"]
SEARCH = "/api/v1/resources"

ODD_BUT_FINE = {
    "NUL bytes": "q=valg%00og%00tilfeldigheter",
    "lone surrogates": "q=%ED%A0%80valg%ED%BF%BF",
    "broken percent-encoding": "q=%ZZ%25%25%&q=%E6%E",
    "bytes that are no text": "q=%FF%FE%C3%28",
    "quotes and brackets": "q=%22valg%20(%5B%7B%27%C2%AB)%22%22",
    "query syntax": "q=title:valg%20AND%20-x*%20~2%20%5E3%20%2F.*%2F",
    "marks that turn the text around": "q=%E2%80%AEvalg%E2%80%8F%E2%81%A6",
    "only stop words": "q=og%20i%20det",
    "only marks": "q=...!?",
    "only spaces": "q=%20%20%20",
    "emoji and joiners": "q=%F0%9F%91%A9%E2%80%8D%F0%9F%8E%93",
    "ampersands alone": "&&&",
    "the same word twice in the address": "q=valg&q=endring",
    "a semicolon": "q=valg;kind=activity",
    "an empty value": "kind=&minutes_max=&page=&sort=&lang=&facets=",
    "digits of another script": "q=%D9%A1%D9%A2",
}
REFUSED = {
    "unknown parameter": ("knd=activity", "unknown-parameter", "knd", "kind"),
    "unknown parameter like nothing": ("zzzzzz=1", "unknown-parameter", "zzzzzz", None),
    "a parameter without a name": ("=valg", "unknown-parameter", "", None),
    "broken percent-encoding": ("%=%ZZ", "unknown-parameter", "%", None),
    "unknown value": ("kind=activty", "unknown-value", "kind", "activity"),
    "unknown value like nothing": ("kind=%E4%BD%A0", "unknown-value", "kind", None),
    "unknown value among known ones": ("kind=activity&kind=x%00y", "unknown-value", "kind", None),
    "unknown order": ("sort=newst", "unknown-value", "sort", "newest"),
    "unknown language": ("lang=nm", "unknown-value", "lang", "nn"),
    "facets neither yes nor no": ("facets=yes", "unknown-value", "facets", None),
    "251 characters": (f"q={'a' * 251}", "too-long", "q", None),
    "10,000 characters": (f"q={'%C3%B8' * 10_000}", "too-long", "q", None),
    "10,000 characters in a value": (f"kind={'a' * 10_000}", "unknown-value", "kind", None),
    "10,000 characters in a name": (f"{'a' * 10_000}=1", "unknown-parameter", "a" * 100, None),
    "page 99999": ("page=99999", "out-of-window", "page", "500"),
    "just beyond the window": ("page=101&page_size=100", "out-of-window", "page", "100"),
    "page 0": ("page=0", "unknown-value", "page", "1"),
    "page with a word": ("page=to", "unknown-value", "page", "1"),
    "page in digits of another script": ("page=%D9%A2", "unknown-value", "page", "1"),
    "no hits on a page": ("page_size=0", "unknown-value", "page_size", "1"),
    "101 hits on a page": ("page_size=101", "unknown-value", "page_size", "100"),
    "negative minutes": ("minutes_max=-5", "unknown-value", "minutes_max", "0"),
    "minutes without end": (f"minutes_max={'9' * 5000}", "unknown-value", "minutes_max", "100000"),
    "minutes with a comma": ("minutes_min=1,5", "unknown-value", "minutes_min", "0"),
    "a group of NUL": ("group=%00", "unknown-value", "group", "0"),
    "marks that turn the text around": ("kind=%E2%80%AEactivity", "unknown-value", "kind", "activity"),
    "a surrogate": ("kind=%ED%A0%80", "unknown-value", "kind", None),
}


def problem_of(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, after checking what all of them have."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert [*problem][: len(MEMBERS)] == MEMBERS
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    assert problem["type"].endswith(f"/api/v1/schema#{code}")
    assert len(problem["reference"]) == 8
    assert_sentence(problem["detail"])
    return problem


def assert_sentence(text: str) -> None:
    """Whole, readable, and with nothing that cannot be seen but the marks that keep a quoted value in its place."""
    assert text[0].isupper() or text[0] in "«“"
    assert text[-1] in ".?"
    assert all(char.isprintable() or char in "\u2068\u2069" for char in text)
    assert len(text) < 400


@pytest.mark.parametrize("query", ODD_BUT_FINE.values(), ids=ODD_BUT_FINE.keys())
def test_odd_words_are_answered(query: str, client: Client) -> None:
    response = client.get(SEARCH, QUERY_STRING=query)
    assert response.status_code == 200, response.content.decode()
    assert response.json()["count"] >= 0


@pytest.mark.parametrize(("query", "code", "field", "nearest"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_understood_is_refused_with_a_way_out(
    query: str, code: str, field: str, nearest: str | None, client: Client
) -> None:
    said = set()
    for language in ("nb", "nn", "en"):
        response = client.get(SEARCH, QUERY_STRING=query, headers={"Accept-Language": language})
        problem = problem_of(response, 400, code)
        [error] = problem["errors"]
        assert response["Content-Language"] == language
        assert (error["field"], error["code"], error["nearest"]) == (field, code, nearest)
        assert error["message"] == problem["detail"]
        assert nearest is None or nearest.isdigit() or nearest in error["message"]
        said.add(error["message"])
    assert len(said) >= 2


def test_a_refusal_is_in_the_language_asked_for_before_that_of_the_client(client: Client) -> None:
    said = {
        language: client.get(SEARCH, {"q": "a" * 251, "lang": language}, headers={"Accept-Language": "nb"}).json()["detail"]
        for language in ("nb", "nn", "en")
    }
    assert said["nb"].startswith("Søket er for langt.")
    assert said["nn"].startswith("Søket er for langt.")
    assert said["en"].startswith("The search is too long.")
    assert said["nb"] != said["nn"]


def test_a_refusal_for_a_client_of_another_language_is_in_bokmaal(client: Client) -> None:
    response = client.get(SEARCH, {"page": "x"}, headers={"Accept-Language": "de,fr;q=0.5"})
    assert response["Content-Language"] == "nb"


def test_a_value_like_nothing_known_leads_to_the_list_of_all(client: Client) -> None:
    problem = client.get(SEARCH, {"kind": "qqqqqqq"}).json()
    assert "/api/v1/terms?vocabulary=kind" in problem["detail"]
    assert "/api/v1/schema" in client.get(SEARCH, {"qqqqqqq": "1"}).json()["detail"]


def test_a_thousand_parameters_are_refused(client: Client) -> None:
    problem_of(client.get(SEARCH, QUERY_STRING="&".join(["kind=activity"] * 1001)), 400, "bad-request")


@pytest.mark.parametrize("path", ["terms", "schema", "resources/3f333df6-90a4-4fda-8dd3-9485d27cee36"])
def test_every_address_refuses_parameters_it_does_not_know(path: str, client: Client) -> None:
    problem_of(client.get(f"/api/v1/{path}", {"utm_source": "mail"}), 400, "unknown-parameter")
    problem_of(client.get(f"/api/v1/{path}", {"lang": "xx"}), 400, "unknown-value")


@pytest.mark.parametrize(
    "path",
    [
        "v1/",
        "v1/nope",
        "v1/resources/",
        "v1/resources/17",
        "v1/resources/%00",
        "v1/terms/kind",
        "v1/%ff%fe",
        "v1/resources/x%0ay",
        "v2/resources",
        "",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_not_found_whatever_is_done_to_it(path: str, method: str, client: Client) -> None:
    response = getattr(client, method)(f"/api/{path}")
    problem = problem_of(response, 404, "not-found")
    assert "/api/v1/schema" in problem["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["resources", "terms", "schema"])
def test_nothing_can_be_written(path: str, method: str, client: Client) -> None:
    response = getattr(client, method)(f"/api/v1/{path}")
    problem_of(response, 405, "method-not-allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_who_does_not_take_json_is_told_that_there_is_nothing_else(client: Client) -> None:
    problem_of(client.get(SEARCH, headers={"Accept": "text/html"}), 406, "not-acceptable")
    assert client.get(SEARCH, headers={"Accept": "text/html,*/*;q=0.1"}).status_code == 200


def test_without_an_index_the_search_says_that_it_is_down_and_when_to_try_again(client: Client, tmp_path: Path) -> None:
    with index_in(tmp_path):
        response = client.get(SEARCH, {"q": "valg"})
    problem_of(response, 503, "search-down")
    assert int(response["Retry-After"]) > 0


class Broken(PublicRead):
    """An address with a fault of ours in it."""

    def get(self, request: Request) -> Response:
        return Response(1 // 0)


def test_a_fault_of_ours_is_a_problem_document_with_a_reference_that_stands_in_the_log(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    response = Broken.as_view()(rf.get("/api/v1/broken?q=hemmelig"))
    problem = problem_of(response, 500, "broken")
    assert "ZeroDivisionError" in caplog.text
    assert problem["reference"] in caplog.text
    assert "hemmelig" not in caplog.text
