"""The API is open to every site, sets no cookie, and sends nothing twice."""

from __future__ import annotations

import pytest
from django.test import Client

ADDRESSES = ["resources", "terms", "schema", "resources?nope=1", "nope"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_site_may_read_answers_and_refusals(path: str, client: Client) -> None:
    response = client.get(f"/api/v1/{path}", headers={"Origin": "https://nav.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_cookie_is_set(path: str, client: Client) -> None:
    response = client.get(f"/api/v1/{path}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_browser_may_ask_before_it_reads(client: Client) -> None:
    response = client.options("/api/v1/resources", headers={"Origin": "https://nav.example", "Access-Control-Request-Method": "GET"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/resources?q=valg")
    again = client.get("/api/v1/resources?q=valg", headers={"If-None-Match": first["ETag"]})
    other = client.get("/api/v1/resources?q=valg&lang=nn", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert other.status_code == 200
    assert first["Cache-Control"] == "no-cache"


def test_a_refusal_has_no_tag(client: Client) -> None:
    assert "ETag" not in client.get("/api/v1/resources?nope=1")


def test_head_answers_as_get_without_the_text(client: Client) -> None:
    head, get = client.head("/api/v1/resources"), client.get("/api/v1/resources")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])
