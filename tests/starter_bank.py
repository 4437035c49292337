"""A part of the starter bank, loaded and indexed: enough of every kind, and the same however large the bank grows."""

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

BANK = Path(__file__).resolve().parents[1] / "fixtures" / "bank"
FEW = (
    *("bytt-plass-og-se", "en-ting-du-har-med-deg", "fem-sma-valg", "fire-stoler", "gruppen-som-ble-stille", "hva-kan-flyttes"),
    *("hvor-ville-du-statt", "kast-og-velg", "lukket-hand-apen-hand", "pek-pa-en-dor", "si-det-pa-tre-mater", "velg-bort-for-travle-uker"),
)
"""Two of each word pair and two for colleagues; among them picture cards, easy-read, English and a working title."""


def load_few(folder: Path) -> None:
    """The framework and the few, as `load_bank` loads a folder; `folder` is an empty one to lay them out in."""
    for slug in FEW:
        (folder / slug).symlink_to(BANK / slug)
    call_command("load_framework", verbosity=0)
    call_command("load_bank", str(folder), verbosity=0)


def index_in(folder: Path) -> override_settings:
    """A search index of its own; an empty folder is a search that is down."""
    return override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": folder})


@contextmanager
def starter_bank(blocker: DjangoDbBlocker, folder: Path) -> Iterator[None]:
    """The few with the embedded index, in one transaction that is taken back."""
    for name in ("few", "index"):
        (folder / name).mkdir()
    with blocker.unblock(), index_in(folder / "index"), transaction.atomic():
        load_few(folder / "few")
        call_command("reindex", verbosity=0)
        forget_labels()
        yield
        transaction.set_rollback(True)
    forget_labels()
