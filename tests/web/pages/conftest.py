"""The starter bank as it is, loaded and indexed once for all tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.models import Resource
from resourcebank.services.publication import retire
from resourcebank.workflow import RoleName
from tests.factories import NOW, person
from tests.starter_bank import index_in, starter_bank

Read = Callable[..., str]


@pytest.fixture(scope="package")
def bank(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The starter bank for all tests of the pages."""
    with starter_bank(django_db_blocker, tmp_path_factory.mktemp("bank")):
        yield


@pytest.fixture(autouse=True)
def _bank(bank: None, db: None) -> None:
    """Every test of the pages has the bank, and leaves it as it was."""


@pytest.fixture
def client() -> Client:
    """A reader who is not logged in."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def read(client: Client) -> Read:
    """The text of a page that must answer with `status`."""

    def answer(path: str, *, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    return answer


def whole(response: Any) -> str:
    """The page, once it is sure that it is a whole one that asks nothing of its reader."""
    text: str = response.content.decode()
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert text.rstrip().endswith("</html>")
    assert not response.cookies
    return text


@pytest.fixture
def empty(bank: None, db: None, tmp_path: Path) -> Iterator[None]:
    """A bank in which everything was retired."""
    curator = person("Karl", RoleName.CURATOR)
    for resource in Resource.objects.exclude(published=None):
        assert resource.published
        retire(resource.published, by=curator, now=NOW, seen=resource.published.version, reason="Prøve.")
    with index_in(tmp_path):
        call_command("reindex", verbosity=0)
        yield
