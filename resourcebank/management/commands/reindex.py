"""Build the search index anew beside the live one, or only send what waits."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resourcebank.catalogue import CATALOGUE
from resourcebank.management.engine_choice import add_engine_argument, chosen_engines
from search.errors import SearchError
from search.indexing import catch_up, rebuild

_WIDTH = 30
_DOING = {"words": "Counting words", "index": "Building the index"}


class Command(BaseCommand):
    """Rebuilds into a new generation and swaps; a progress bar on a terminal."""

    help = "Rebuild the search index beside the live one and swap; --drain only sends what waits."

    def add_arguments(self, parser: CommandParser) -> None:
        add_engine_argument(parser)
        parser.add_argument("--drain", action="store_true", help="only send the changes that wait")

    def handle(self, *args: Any, **options: Any) -> None:
        engines = chosen_engines(options["engine"])
        try:
            if options["drain"]:
                for engine in engines:
                    self.stdout.write(f"{engine.name}: {catch_up(CATALOGUE, engine)} documents sent")
                return
            everything = options["engine"] is None
            done = rebuild(CATALOGUE, engines, new_lexicon=everything, progress=self._progress)
        except SearchError as error:
            raise CommandError(f"The index was not rebuilt: {error}. What was there before is still used.") from error
        for name, count in done.items():
            self.stdout.write(f"{name}: {count} documents")
        for engine in engines:
            if engine.name not in done:
                raise CommandError(f"{engine.name} was not rebuilt: it did not answer. Start it and run this again.")

    def _progress(self, doing: str, done: int, of: int) -> None:
        if not sys.stdout.isatty():
            return
        filled = _WIDTH * done // max(of, 1)
        self.stdout.write(f"\r{_DOING[doing]:<20} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done}/{of}", ending="")
        if done >= of:
            self.stdout.write("")
