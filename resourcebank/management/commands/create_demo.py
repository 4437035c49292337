"""Made-up resources for load and scale tests."""

from __future__ import annotations

import sys
import time
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resourcebank.demo import SHORT_WORDS, contents, make_stock
from resourcebank.selectors.samples import bank_texts, terms_by_vocabulary
from resourcebank.services.demo import add_demo


class Command(BaseCommand):
    """`manage.py create_demo --resources 10000 --seed 1 [--short]`."""

    help = "Make plausible but made-up published resources for load and scale tests. Not for a site that people use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resources", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, required=True, metavar="S")
        parser.add_argument("--short", action="store_true", help=f"texts of {SHORT_WORDS} words; else as long as the bank's median")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = bank_texts()
        if not texts:
            raise CommandError("The starter bank is empty. Run `manage.py load_framework` and `manage.py load_bank` first.")
        length = SHORT_WORDS if options["short"] else round(median(len(" ".join(some).split()) for some in texts.values()))
        every = [text for some in texts.values() for text in some]
        stock = make_stock(every, terms_by_vocabulary(), length=length, seed=options["seed"])
        start = time.perf_counter()
        many = options["resources"]
        done = add_demo(contents(stock, many=many, seed=options["seed"]), now=timezone.now(), tell=lambda n: self._progress(n, many))
        took = time.perf_counter() - start
        self.stdout.write(f"{done} resources of {length} words in {took:.1f} s ({done / took:.0f} a second)")

    def _progress(self, done: int, of: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{done}/{of}", ending="" if done < of else "\n")
