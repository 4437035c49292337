"""The checklist a reviewer answers, as its file says it. Plain data, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resourcebank.faults import Fault
from resourcebank.framework import LANGUAGES
from resourcebank.toml_source import TomlReader, read_toml


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """One point: a short name and a sentence that says what a yes means, per language. `optional`: may be answered «ikke aktuelt»."""

    key: str
    labels: Mapping[str, str]
    help: Mapping[str, str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """One version of the list, in the order it is answered. A new wording is a new version."""

    version: int
    criteria: tuple[CriterionEntry, ...]


def read_checklist(path: Path) -> tuple[ChecklistEntry | None, tuple[Fault, ...]]:
    """The checklist in a file, or what is wrong with it."""
    source = read_toml(path)
    if isinstance(source, Fault):
        return None, (source,)
    reader = _Reader(source)
    checklist = reader.checklist()
    return (None if reader.faults else checklist), tuple(sorted(reader.faults))


class _Reader(TomlReader):
    def checklist(self) -> ChecklistEntry:
        data = self.source.data
        self.unknown_keys(data, ("version", "criteria"))
        version = data.get("version")
        if type(version) is not int or version < 1:
            self.fault("«version» er et helt tall fra 1.", "version")
            version = 0
        rows = self.tables(data, "criteria")
        criteria = tuple(self._criterion(row, number) for number, row in enumerate(rows))
        if not criteria:
            self.fault("Sjekklisten trenger minst ett punkt.", "criteria")
        for number, each in enumerate(criteria):
            if any(other.key == each.key for other in criteria[:number]):
                self.fault(f"«{each.key}» står to ganger.", "criteria", number, "key")
        return ChecklistEntry(version, criteria)

    def _criterion(self, row: dict[str, object], number: int) -> CriterionEntry:
        at = ("criteria", number)
        self.unknown_keys(row, ("key", "labels", "help", "optional"), *at)
        optional = row.get("optional", False)
        if not isinstance(optional, bool):
            self.fault("«optional» er true eller false.", *at, "optional")
        return CriterionEntry(
            self.text(row, "key", *at), self._said(row, "labels", *at), self._said(row, "help", *at), optional=optional is True
        )

    def _said(self, row: Mapping[str, object], name: str, *at: str | int) -> dict[str, str]:
        value = row.get(name)
        if not isinstance(value, dict) or not all(isinstance(value.get(tag), str) and value[tag] for tag in LANGUAGES):
            self.fault(f"«{name}» har en tekst på {', '.join(LANGUAGES)}.", *at, name)
            return {}
        return {tag: value[tag].strip() for tag in LANGUAGES}
