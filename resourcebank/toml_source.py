"""A TOML file whose every key can be traced back to its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resourcebank.faults import Fault, nearest

Key = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_ERROR_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class TomlSource:
    """The data of one file, and the line on which each key is given."""

    path: Path
    data: dict[str, Any]
    lines: dict[Key, int]

    def line(self, *key: str | int) -> int:
        """The line of a key; of the nearest thing around it when the key itself has no line of its own."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def fault(self, message: str, *key: str | int) -> Fault:
        """A fault at the line of `key`."""
        return Fault(self.path, self.line(*key), message)


def read_toml(path: Path) -> TomlSource | Fault:
    """The file as data with lines, or the fault that keeps it from being read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Fault(path, 1, "Filen er ikke lagret som UTF-8.")
    except OSError as error:
        return Fault(path, 1, f"Filen kan ikke leses: {error.strerror}.")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _ERROR_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        return Fault(path, line, f"Filen er ikke gyldig TOML: {_ERROR_PLACE.sub('', str(error))}.")
    return TomlSource(path, data, _lines(text))


@dataclass(slots=True)
class TomlReader:
    """Takes values out of a file and keeps the faults; what is wrong is left out, so that one fault does not hide the next.

    `at` is the key of the table a value stands in.
    """

    source: TomlSource
    faults: list[Fault] = field(default_factory=list)
    unusable: set[str | int] = field(default_factory=set)

    def fault(self, message: str, *at: str | int) -> None:
        """Keep a fault at the line of a key; the key it stands under at the top of the file counts as unusable."""
        self.faults.append(self.source.fault(message, *at))
        self.unusable.update(at[:1])

    def unknown_keys(self, table: Mapping[str, Any], known: Iterable[str], *at: str | int) -> None:
        """A fault for every key that is not among `known`."""
        for name in table:
            if name not in known:
                self.fault(f"«{name}» er ikke en kjent nøkkel.{nearest(name, known)}", *at, name)

    def text(self, table: Mapping[str, Any], name: str, *at: str | int) -> str:
        """A text that must be there, or "" and a fault."""
        value = table.get(name)
        if not isinstance(value, str) or not value.strip():
            self.fault(f"«{name}» mangler.", *at, name)
            return ""
        return value.strip()

    def flag(self, table: Mapping[str, Any], name: str, *at: str | int) -> bool:
        """true or false; false when it is not there."""
        value = table.get(name, False)
        if not isinstance(value, bool):
            self.fault(f"«{name}» er true eller false.", *at, name)
        return value is True

    def tables(self, table: Mapping[str, Any], name: str, *at: str | int) -> list[dict[str, Any]]:
        """The tables of an array; none and a fault when it is anything else."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.fault(f"«{name}» skal skrives som [[{name}]].", *at, name)
            return []
        return value


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in _NAME.findall(dotted)]


def _lines(text: str) -> dict[Key, int]:
    lines: dict[Key, int] = {}
    table: Key = ()
    counts: dict[Key, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if header := _HEADER.match(line):
            table = _table(_names(header[2]), counts, array=header[1] == "[[")
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            names = _names(assignment[1])
            for depth in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:depth]), number)
            inside = next((mark for mark in ('"' * 3, "'" * 3) if line.count(mark) % 2), "")
    return lines


def _table(names: list[str], counts: dict[Key, int], *, array: bool) -> Key:
    key: Key = ()
    for depth, name in enumerate(names, start=1):
        key = (*key, name)
        if array and depth == len(names):
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            key = (*key, counts[key])
    return key
