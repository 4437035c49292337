"""Do everything that waits: today catching up the search indexes, mending them, and forgetting what was kept for a while."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from resourcebank.catalogue import CATALOGUE
from resourcebank.services.forgetting import forget_expired
from search.upkeep import Upkeep

log = logging.getLogger(__name__)
_PAUSE = 0.5
_SWEEP = 60.0


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
        swept = -_SWEEP
        while not stop.wait(_PAUSE):
            close_old_connections()
            try:
                upkeep.tend()
                if time.monotonic() - swept >= _SWEEP:
                    forget_expired(now=timezone.now())
                    swept = time.monotonic()
            except DatabaseError as error:
                log.warning("the database does not answer, trying again: %s", error)
