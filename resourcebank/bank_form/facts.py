"""The facts of a resource: `resource.toml`, read into plain data. What the values may be is for `rules` to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from resourcebank.toml_source import TomlReader, TomlSource

FACETS = ("format", "use", "needs", "audience", "sector", "theme")
"""Keys that hold terms of the vocabulary with the same name."""
ORIGINS = ("own", "linked")
_KEYS = (
    "kind", "origin", "minutes", "step_minutes", "group", "norwegian_level", "preparation_minutes", "licence", "attribution",
    "source_url", "checked_by", "checked_on", "checklist", "terms", "pictures", "files", "search_words", *FACETS,
)  # fmt: skip
_TERM_KEYS = ("term", "role", "reason")
_PICTURE_KEYS = ("file", "alt")
_FILE_KEYS = ("file", "role", "language", "caption", "alt", "rights")


@dataclass(frozen=True, slots=True)
class TermRow:
    """One link to the framework, as written."""

    vocabulary: str
    slug: str
    role: str
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture, as written: the name of its file in the folder, and per language what it shows."""

    file: str
    alt: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A document, the film, its captions or its poster, as written: the name of its file in the folder and what is said of it."""

    file: str
    role: str
    language: str
    caption: Mapping[str, str]
    alt: Mapping[str, str]
    rights: str


@dataclass(frozen=True, slots=True)
class Facts:
    """`resource.toml`. Times are minutes, `group` is persons (from, to); None or empty where nothing usable is written.

    `unusable` names the keys that are written wrongly, so that nobody calls them missing as well.
    """

    source: TomlSource
    unusable: frozenset[str | int]
    kind: str
    origin: str
    minutes: tuple[int, int] | None
    step_minutes: tuple[int, ...]
    group: tuple[int, int] | None
    norwegian_level: str
    preparation_minutes: int | None
    licence: str
    attribution: str
    source_url: str
    facets: Mapping[str, tuple[str, ...]]
    terms: tuple[TermRow, ...]
    pictures: tuple[PictureRow, ...]
    files: tuple[FileRow, ...]
    search_words: Mapping[str, tuple[str, ...]]
    checked_by: str
    checked_on: date | None
    checklist: Mapping[str, str]

    def mains(self) -> list[TermRow]:
        """The terms the resource is mainly about."""
        return [row for row in self.terms if row.role == "main"]


class FactsReader(TomlReader):
    """Reads `resource.toml`."""

    def facts(self) -> Facts:
        """Everything in the file that can be used; the rest is in `faults`."""
        data = self.source.data
        self.unknown_keys(data, _KEYS)
        facts = Facts(
            source=self.source,
            unusable=frozenset(),
            kind=self._optional(data, "kind"),
            origin=self._optional(data, "origin", default="own"),
            minutes=self._span(data, "minutes"),
            step_minutes=self._numbers(data, "step_minutes"),
            group=self._span(data, "group"),
            norwegian_level=self._optional(data, "norwegian_level"),
            preparation_minutes=self._number(data, "preparation_minutes"),
            licence=self._optional(data, "licence"),
            attribution=self._optional(data, "attribution"),
            source_url=self._optional(data, "source_url"),
            facets={name: self._slugs(data, name) for name in FACETS},
            terms=tuple(self._term(row, "terms", number) for number, row in enumerate(self.tables(data, "terms"))),
            pictures=tuple(self._picture(row, "pictures", number) for number, row in enumerate(self.tables(data, "pictures"))),
            files=tuple(self._file(row, "files", number) for number, row in enumerate(self.tables(data, "files"))),
            search_words=self._lists(data, "search_words"),
            checked_by=self._optional(data, "checked_by"),
            checked_on=self._day(data, "checked_on"),
            checklist=self._texts(data, "checklist"),
        )
        return replace(facts, unusable=frozenset(self.unusable))

    def _term(self, row: Mapping[str, Any], *at: str | int) -> TermRow:
        self.unknown_keys(row, _TERM_KEYS, *at)
        vocabulary, _, slug = self.text(row, "term", *at).partition(":")
        return TermRow(vocabulary, slug, self.text(row, "role", *at), self._texts(row, "reason", *at))

    def _picture(self, row: Mapping[str, Any], *at: str | int) -> PictureRow:
        self.unknown_keys(row, _PICTURE_KEYS, *at)
        return PictureRow(self.text(row, "file", *at), self._texts(row, "alt", *at))

    def _file(self, row: Mapping[str, Any], *at: str | int) -> FileRow:
        self.unknown_keys(row, _FILE_KEYS, *at)
        return FileRow(
            file=self.text(row, "file", *at),
            role=self.text(row, "role", *at),
            language=self._optional(row, "language", *at),
            caption=self._texts(row, "caption", *at),
            alt=self._texts(row, "alt", *at),
            rights=self._optional(row, "rights", *at),
        )

    def _optional(self, data: Mapping[str, Any], name: str, *at: str | int, default: str = "") -> str:
        return self.text(data, name, *at) if name in data else default

    def _span(self, data: Mapping[str, Any], name: str) -> tuple[int, int] | None:
        numbers = self._numbers(data, name)
        if name not in data or name in self.unusable:
            return None
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            self.fault(f"«{name}» er to tall, fra og til: {name} = [10, 20].", name)
            return None
        return (numbers[0], numbers[1])

    def _numbers(self, data: Mapping[str, Any], name: str) -> tuple[int, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(type(each) is int and each > 0 for each in value):
            self.fault(f"«{name}» er en liste med hele tall over null.", name)
            return ()
        return tuple(value)

    def _number(self, data: Mapping[str, Any], name: str) -> int | None:
        value = data.get(name)
        if value is not None and (type(value) is not int or value < 0):
            self.fault(f"«{name}» er et helt tall, 0 eller mer.", name)
            return None
        return value

    def _slugs(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fault(f'«{name}» er en liste: {name} = ["…"].', name)
            return ()
        return tuple(value)

    def _lists(self, data: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
        value = data.get(name, {})
        rows = list(value.values()) if isinstance(value, dict) else [None]
        if not all(isinstance(row, list) and all(isinstance(each, str) for each in row) for row in rows):
            self.fault(f'«{name}» har én liste for hvert språk: nb = ["…"].', name)
            return {}
        return {language: tuple(each.strip() for each in row) for language, row in value.items()}

    def _texts(self, table: Mapping[str, Any], name: str, *at: str | int) -> dict[str, str]:
        value = table.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            self.fault(f"«{name}» har én tekst for hver nøkkel.", *at, name)
            return {}
        return {key: each.strip() for key, each in value.items()}

    def _day(self, data: Mapping[str, Any], name: str) -> date | None:
        value = data.get(name)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fault(f"«{name}» er en dato uten hermetegn: {name} = 2026-11-22.", name)
            return None
        return value
