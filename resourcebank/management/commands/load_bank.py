"""Load or update the starter bank from its folders."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resourcebank.bank_form import read_bank
from resourcebank.management.faults import told
from resourcebank.services.bank import Loaded, Outcome, known_values, load_bank

_SAID = {
    Outcome.PUBLISHED: "ny, publisert",
    Outcome.UPDATED: "endret, ny utgave publisert",
    Outcome.DRAFT: "utkast: ingen har lest og svart ja på hele sjekklisten",
    Outcome.FOR_CURATOR: "lagt til vurdering hos en redaktør",
    Outcome.UNCHANGED: "uendret",
    Outcome.LEFT_RETIRED: "trukket tilbake på nettstedet, ikke lastet",
    Outcome.FOREIGN: "adressen er i bruk av en ressurs som ikke kommer fra startbanken, ikke lastet",
    Outcome.REFUSED: "avvist",
}
_FAILED = (Outcome.FOREIGN, Outcome.REFUSED)


class Command(BaseCommand):
    """What is wrong in one folder keeps that resource out and no other."""

    help = (
        "Laster startbanken fra fixtures/bank/. Det noen har lest, publiseres; resten blir utkast. "
        "En ressurs som er endret på nettstedet, beholdes, og teksten i filene legges til vurdering."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="en annen mappe enn fixtures/bank/")

    def handle(self, *, directory: Path | None, verbosity: int, **options: Any) -> None:
        path = directory or settings.BASE_DIR / "fixtures" / "bank"
        if not path.is_dir():
            raise CommandError(f"{path} er ikke en mappe.")
        known = known_values()
        if not known.terms or not known.criteria:
            raise CommandError("Rammeverket er ikke lastet. Kjør først: manage.py load_framework")
        found = list(read_bank(path, known=known))
        whole = [folder for _, folder, faults in found if folder and not faults]
        loaded = load_bank(whole, criteria=known.criteria, now=timezone.now())
        faults = [fault for _, _, wrong in found for fault in wrong]
        if verbosity:
            self._say(loaded)
        self._refuse(told(faults), broken=len(found) - len(whole), loaded=loaded)

    def _say(self, loaded: tuple[Loaded, ...]) -> None:
        for each in loaded:
            self.stdout.write(f"{each.slug}: {_SAID[each.outcome]}{f' ({each.why})' if each.why else ''}")
        counts = Counter(each.outcome for each in loaded)
        self.stdout.write(", ".join(f"{counts[outcome]} {said.partition(':')[0]}" for outcome, said in _SAID.items() if counts[outcome]))

    def _refuse(self, faults: str, *, broken: int, loaded: tuple[Loaded, ...]) -> None:
        failed = [f"{each.slug}: {_SAID[each.outcome]} {each.why}".strip() for each in loaded if each.outcome in _FAILED]
        if broken or failed:
            lines = [line for line in (faults, *failed) if line]
            count = broken + len(failed)
            raise CommandError("\n".join([*lines, f"{count} {'ressurs' if count == 1 else 'ressurser'} er ikke lastet; de andre er det."]))
