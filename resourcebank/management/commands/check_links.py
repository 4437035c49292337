"""Look at the links of everything that is published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from resourcebank.services.links import check_due_links
from resourcebank.services.published_links import keep_all_links


class Command(BaseCommand):
    """One round; `work` does the same a few at a time."""

    help = "Ser om lenkene i det som er publisert, fortsatt virker. En lenke som feiler tre ganger på rad, regnes som død."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, metavar="DAGER", help="se også på dem som ble sett på for så mange dager siden")
        parser.add_argument("--limit", type=int, default=1_000, help="høyst så mange adresser (1000)")

    def handle(self, *, older_than: int | None, limit: int, verbosity: int, **options: Any) -> None:
        age = None if older_than is None else timedelta(days=older_than)
        keep_all_links()
        count = check_due_links(timezone.now(), limit=limit, older_than=age)
        if verbosity:
            self.stdout.write(f"{count} lenker er sett på.")
