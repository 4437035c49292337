"""Do everything that waits: catch up and mend the search indexes, send mails, and the other jobs of `services/chores.py`."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from resourcebank.catalogue import CATALOGUE
from resourcebank.services.chores import Chores
from search.upkeep import Upkeep

log = logging.getLogger(__name__)
_PAUSE = 0.5
_PATIENCE = 8.0


class Command(BaseCommand):
    """Runs until SIGINT or SIGTERM; `--once` does one round and ends."""

    help = "Do what waits: catch up the search indexes and mend broken ones, send mails and reminders. Runs until it is stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do one round and end")

    def handle(self, *args: Any, **options: Any) -> None:
        upkeep = Upkeep(CATALOGUE)
        if options["once"]:
            self.stdout.write(f"{upkeep.tend()} documents indexed")
            for name, number in Chores().tend(timezone.now()).items():
                self.stdout.write(f"{name}: {number}")
            return
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)
        chores = threading.Thread(target=_do_chores, args=(stop,), name="chores", daemon=True)
        chores.start()
        while not stop.wait(_PAUSE):
            close_old_connections()
            try:
                upkeep.tend()
            except DatabaseError as error:
                log.warning("the database does not answer, trying again: %s", error)
        chores.join(_PATIENCE)


def _do_chores(stop: threading.Event) -> None:
    """Beside the indexes, so that a mail server that does not answer keeps no text from being found."""
    chores = Chores()
    while not stop.wait(_PAUSE):
        close_old_connections()
        chores.tend(timezone.now())
    connections.close_all()
