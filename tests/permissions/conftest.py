"""One world for all tests of who may do what, in a transaction that is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.catalogue import forget_labels
from tests.factories import load_whole_framework
from tests.permissions.world import World, make_world
from tests.starter_bank import index_in


@pytest.fixture(scope="package")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The actors and their texts, indexed."""
    with django_db_blocker.unblock(), index_in(tmp_path_factory.mktemp("index")), transaction.atomic():
        load_whole_framework()
        world = make_world()
        call_command("reindex", verbosity=0)
        forget_labels()
        yield world
        transaction.set_rollback(True)
    forget_labels()


@pytest.fixture
def world(made: World, db: None) -> World:
    """The same; every test leaves it as it was."""
    return made
