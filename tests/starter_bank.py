"""The starter bank as it is, loaded and indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.catalogue import forget_labels


def index_in(folder: Path) -> override_settings:
    """A search index of its own; an empty folder is a search that is down."""
    return override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": folder})


@contextmanager
def starter_bank(blocker: DjangoDbBlocker, index: Path) -> Iterator[None]:
    """Framework and starter bank from the files of the project, with the embedded index, in one transaction that is taken back."""
    with blocker.unblock(), index_in(index), transaction.atomic():
        for command in ("load_framework", "load_bank", "reindex"):
            call_command(command, verbosity=0)
        forget_labels()
        yield
        transaction.set_rollback(True)
    forget_labels()
