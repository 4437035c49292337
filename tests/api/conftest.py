"""The starter bank as it is, loaded and indexed once for all tests of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.starter_bank import starter_bank

Answer = dict[str, Any]
Get = Callable[..., Answer]


@pytest.fixture(scope="package")
def bank(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The starter bank for all tests of the API."""
    with starter_bank(django_db_blocker, tmp_path_factory.mktemp("bank")):
        yield


@pytest.fixture(autouse=True)
def _bank(bank: None, db: None) -> None:
    """Every test of the API has the bank, and leaves it as it was."""


@pytest.fixture
def client() -> Client:
    """Somebody's program."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def get(client: Client) -> Get:
    """Read an address of the API, which must answer."""

    def read(path: str, **parameters: Any) -> Answer:
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content.decode()
        answer: Answer = response.json()
        return answer

    return read
