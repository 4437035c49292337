"""The starter bank as it is, loaded and indexed once for all tests of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.catalogue import forget_labels

Answer = dict[str, Any]
Get = Callable[..., Answer]


def index_in(folder: Path) -> override_settings:
    """A search index of its own."""
    return override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": folder})


@pytest.fixture(scope="package")
def bank(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Framework and starter bank from the files of the project, with the embedded index."""
    with django_db_blocker.unblock(), index_in(tmp_path_factory.mktemp("index")), transaction.atomic():
        for command in ("load_framework", "load_bank", "reindex"):
            call_command(command, verbosity=0)
        forget_labels()
        yield
        transaction.set_rollback(True)
    forget_labels()


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
