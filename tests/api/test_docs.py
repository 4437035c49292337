"""docs/api.md says what the API does, and cannot lag behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from resourcebank.api.description import LANG, search_parameters
from resourcebank.api.problems import TITLES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    GET (\S+)$", PAGE, re.MULTILINE)
ADDRESSES = [address for address in re.findall(r"`GET (/\S+)`", PAGE) if "{" not in address]


@pytest.mark.parametrize("address", EXAMPLES + ADDRESSES)
def test_every_address_on_the_page_answers(address: str, client: Client) -> None:
    assert client.get(address).status_code == 200


def test_the_page_names_every_parameter_and_every_refusal() -> None:
    named = {*re.findall(r"`([\w-]+)`", PAGE)}
    assert {parameter.name for parameter in (*search_parameters(), LANG)} <= named
    assert {*TITLES} <= named


def test_the_example_of_a_refusal_is_what_the_api_says(client: Client) -> None:
    problem = client.get("/api/v1/resources", {"kind": "activty", "lang": "nb"}).json()
    said = problem["detail"].replace("\u2068", "").replace("\u2069", "")
    assert f'"detail": "{said}"' in PAGE
