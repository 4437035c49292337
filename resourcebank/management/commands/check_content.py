"""Check framework, its pages, checklist and starter bank as files, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from resourcebank.bank_form import Folder, Known, explanation_faults, read_bank
from resourcebank.checklist import read_checklist
from resourcebank.framework import CHECKLIST, known_slugs, read_framework
from resourcebank.management.faults import told
from resourcebank.quality import lix


class Command(BaseCommand):
    """The same rules as when loading, with the files as the only truth."""

    help = "Kontrollerer alt innhold i fixtures/ (rammeverk, sider, sjekkliste, startbank) og nevner fil og linje ved hver feil."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="en annen mappe enn fixtures/")

    def handle(self, *, directory: Path | None, verbosity: int, **options: Any) -> None:
        path = directory or settings.BASE_DIR / "fixtures"
        for part in (path / "framework", path / "bank"):
            if not part.is_dir():
                raise CommandError(f"{part} er ikke en mappe.")
        entries, faults = read_framework(path / "framework")
        checklist, more = read_checklist(path / "framework" / CHECKLIST)
        known = known_slugs(entries)
        more = (*more, *explanation_faults(path / "framework" / "pages", known))
        criteria = {row.key: row.optional for row in checklist.criteria} if checklist else {}
        found = list(read_bank(path / "bank", known=Known(known, criteria)))
        wrong = [*faults, *more, *(fault for _, _, each in found for fault in each)]
        if wrong:
            raise CommandError(f"{told(wrong)}\n{len(wrong)} feil.")
        if verbosity:
            self.stdout.write(f"{len(entries)} ordlister og {len(found)} ressurser er i orden.")
            for line in _readability([folder for _, folder, _ in found if folder]):
                self.stdout.write(line)


def _readability(folders: Sequence[Folder]) -> Iterator[str]:
    """LIX of what participants read: a signal for the eye of an editor, never a reason to refuse."""
    measured: dict[str, list[tuple[int, str]]] = {}
    for folder in folders:
        for form in folder.forms:
            number = lix(form.text("participant_sheet"))
            if form.language in ("nb", "nn") and number is not None:
                measured.setdefault(form.code, []).append((number, folder.slug))
    for code, numbers in sorted(measured.items()):
        hardest = ", ".join(f"{slug} {number}" for number, slug in sorted(numbers, reverse=True)[:3])
        yield f"LIX på deltakerark, {code}: midterst {median(number for number, _ in numbers):.0f}, tyngst {hardest}."
