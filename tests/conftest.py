"""People, the framework, and a database that can be emptied although its triggers forbid it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from resourcebank.migrations import _triggers as triggers
from resourcebank.models import User
from resourcebank.workflow import RoleName
from tests.factories import load_whole_framework, person


@pytest.fixture(scope="session", autouse=True)
def _emptying_lifts_triggers() -> Iterator[None]:
    """SQLite is emptied by deleting rows, which the triggers refuse: they are lifted for that moment.

    PostgreSQL truncates, which fires no trigger for each row.
    """
    empty = getattr(TransactionTestCase, "_fixture_teardown")  # noqa: B009 - Django's own, which its types do not tell of

    def emptied(self: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            empty(self)
            return
        with connection.schema_editor() as editor:
            triggers.remove(editor)
        empty(self)
        with connection.schema_editor() as editor:
            triggers.install(editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture
def framework(db: None) -> None:
    """Every vocabulary and the checklist."""
    load_whole_framework()


@pytest.fixture
def alice(db: None) -> User:
    """An author."""
    return person("Alice", RoleName.CONTRIBUTOR)


@pytest.fixture
def rita(db: None) -> User:
    """A reviewer."""
    return person("Rita", RoleName.REVIEWER)


@pytest.fixture
def carl(db: None) -> User:
    """A curator."""
    return person("Carl", RoleName.CURATOR)


@pytest.fixture
def adam(db: None) -> User:
    """An administrator."""
    return person("Adam", RoleName.ADMIN)


@pytest.fixture
def sam(db: None) -> User:
    """Somebody who is logged in and has no role."""
    return person("Sam")
