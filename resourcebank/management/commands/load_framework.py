"""Load or update the vocabularies and the checklist from their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from resourcebank.checklist import read_checklist
from resourcebank.errors import Invalid
from resourcebank.framework import CHECKLIST, read_framework
from resourcebank.management.faults import told
from resourcebank.services.checklist import load_checklist
from resourcebank.services.framework import Change, load_framework


class Command(BaseCommand):
    """Everything is read before anything is loaded: one fault, and the site stays as it was."""

    help = (
        "Laster ordlistene og sjekklisten fra fixtures/framework/ og skriver hva som ble endret. "
        "Et ledd som er borte, trekkes tilbake med sin etterfølger. Det som er endret på nettstedet, beholdes, og forskjellen skrives."
    )

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="én fil, eller en annen mappe enn fixtures/framework/")

    def handle(self, *, file: Path | None, verbosity: int, **options: Any) -> None:
        lines = _load(file or settings.BASE_DIR / "fixtures" / "framework")
        if verbosity:
            for line in lines or ["Ingen endringer."]:
                self.stdout.write(line)


@transaction.atomic
def _load(path: Path) -> list[str]:
    file = path if path.name == CHECKLIST else path / CHECKLIST
    entries, faults = ((), ()) if path == file else read_framework(path)
    checklist, more = read_checklist(file) if file.is_file() else (None, ())
    if faults or more:
        raise CommandError(f"{told([*faults, *more])}\nIngenting er lastet: {len(faults) + len(more)} feil.")
    try:
        criteria = load_checklist(checklist) if checklist else ()
    except Invalid as error:
        raise CommandError(f"{file}: {error.message}\nIngenting er lastet.") from error
    return [*map(_line, load_framework(entries)), *(f"{line[0]} {file.name}: {line[2:]}" for line in criteria)]


def _line(change: Change) -> str:
    match change:
        case Change(kind="added"):
            return f"+ {change.subject}: {change.new}"
        case Change(field="active", new=False, kind="changed"):
            return f"- {change.subject}: trukket tilbake"
        case Change(field="replaced_by", kind="changed", new=str()):
            return f"- {change.subject}: erstattet av {change.new}"
        case Change(kind="kept"):
            here, there = _value(change.old), _value(change.new)
            return f"= {change.subject}: {change.field} er endret på nettstedet og beholdes: {here} (filen sier {there})"
        case _:
            return f"~ {change.subject}: {change.field}: {_value(change.old)} -> {_value(change.new)}"


def _value(value: Any) -> str:
    match value:
        case None | "":
            return "ingenting"
        case bool():
            return "ja" if value else "nei"
        case list():
            return f"[{', '.join(map(str, value))}]"
        case str():
            return f"«{value}»"
        case _:
            return str(value)
