"""Do everything that waits: today catching up the search indexes, and mending them."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from resourcebank.catalogue import CATALOGUE
from search.upkeep import Upkeep

log = logging.getLogger(__name__)
_PAUSE = 0.5


class Command(BaseCommand):
    """Runs until SIGINT or SIGTERM; `--once` does one round and ends."""

    help = "Do what waits: catch up the search indexes and mend broken ones. Runs until it is stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do one round and end")

    def handle(self, *args: Any, **options: Any) -> None:
        upkeep = Upkeep(CATALOGUE)
        if options["once"]:
            self.stdout.write(f"{upkeep.tend()} documents indexed")
            return
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)
        while not stop.wait(_PAUSE):
            close_old_connections()
            try:
                upkeep.tend()
            except DatabaseError as error:
                log.warning("the database does not answer, trying again: %s", error)
