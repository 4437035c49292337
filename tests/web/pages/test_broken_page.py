"""A fault nobody thought of still answers in words, with a reference that stands in the log."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from tests.web.pages.conftest import whole


@pytest.mark.parametrize(("language", "said"), [
    ("nb", "Noe gikk galt hos oss"), ("nn", "Noko gjekk gale hos oss"), ("en", "Something went wrong on our side"),
])  # fmt: skip
@override_settings(ROOT_URLCONF="tests.web.pages.broken_urls")
def test_a_broken_page_apologises_and_gives_a_reference(
    language: str, said: str, caplog: pytest.LogCaptureFixture, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    with django_assert_num_queries(0):
        response = client.get(f"/{language}/brudd/")
    assert response.status_code == 500
    text = whole(response)
    assert said in text
    assert f'<a href="/{language}/">' in text
    assert "script-src 'self'" in response["Content-Security-Policy"]
    found = re.search(r"\b([0-9a-f]{8})\b", text)
    assert found is not None
    assert found[1] in caplog.text
