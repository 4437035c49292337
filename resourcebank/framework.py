"""The vocabularies as files say them: read, checked and given as plain data. Nothing here knows the database.

The form of the files is described in `fixtures/framework/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resourcebank.faults import Fault, nearest
from resourcebank.toml_source import TomlReader, read_toml

LANGUAGES = ("nb", "nn", "en")
CHECKLIST = "checklist.toml"
_ORIGINS = ("framework", "own")
_TOP_KEYS = ("slug", "labels", "ordered", "origin", "source", "terms", "replaced")
_TERM_KEYS = ("slug", "labels", "description", "alternatives", "source", "origin", "confirmed", "unconfirmed", "children")
_SLUG = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term. `slug` is the whole path ("pair/word"); a working title is a name of the framework's that nobody has confirmed.

    `unconfirmed` names the languages in which the label is ours though the term's name is known in another.
    """

    slug: str
    parent: str | None
    position: int
    labels: Mapping[str, str]
    description: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]]
    source: str
    confirmed: bool
    unconfirmed: tuple[str, ...]

    @property
    def confirmed_languages(self) -> tuple[str, ...]:
        """The languages whose label is the official one, or nobody's but ours."""
        return tuple(tag for tag in self.labels if tag not in self.unconfirmed) if self.confirmed else ()


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """One vocabulary with its terms, parents before their children. `replaced` maps a slug that was taken away to its successor."""

    slug: str
    labels: Mapping[str, str]
    ordered: bool
    terms: tuple[TermEntry, ...]
    replaced: Mapping[str, str]


def read_framework(path: Path) -> tuple[tuple[VocabularyEntry, ...], tuple[Fault, ...]]:
    """The vocabularies of one file, or of all files in a folder, and every fault found in them."""
    paths = sorted(p for p in path.glob("*.toml") if p.name != CHECKLIST) if path.is_dir() else [path]
    if not paths:
        return (), (Fault(path, 1, "Mappen har ingen ordlister (*.toml)."),)
    entries: list[VocabularyEntry] = []
    faults: list[Fault] = []
    for each in paths:
        source = read_toml(each)
        if isinstance(source, Fault):
            faults.append(source)
            continue
        reader = _Reader(source)
        entries.append(reader.vocabulary())
        faults += reader.faults
    return tuple(entries), tuple(sorted(faults))


def known_slugs(entries: Iterable[VocabularyEntry]) -> dict[str, frozenset[str]]:
    """vocabulary -> every slug a resource may name."""
    return {entry.slug: frozenset(term.slug for term in entry.terms) for entry in entries}


@dataclass(slots=True)
class _Reader(TomlReader):
    """Reads one file; `seen` holds the line of every slug so far."""

    seen: dict[str, int] = field(default_factory=dict)

    def vocabulary(self) -> VocabularyEntry:
        data = self.source.data
        self.unknown_keys(data, _TOP_KEYS)
        slug = self.text(data, "slug")
        if slug and slug != self.source.path.stem:
            self.fault(f"Ordlisten heter «{slug}», men filen heter «{self.source.path.name}».", "slug")
        origin = self._origin(data, default=None)
        terms = tuple(self._terms(data, origin=origin, source=self._address(data, default="")))
        return VocabularyEntry(
            slug=slug,
            labels=self._labels(data),
            ordered=self.flag(data, "ordered"),
            terms=terms,
            replaced=self._replaced(data, {term.slug for term in terms}),
        )

    def _terms(
        self, table: Mapping[str, Any], *at: str | int, origin: str, source: str, parent: str | None = None, name: str = "terms"
    ) -> Iterator[TermEntry]:
        for number, row in enumerate(self.tables(table, name, *at)):
            key = (*at, name, number)
            slug = self._slug(row, *key)
            path = f"{parent}/{slug}" if parent else slug
            yield self._term(row, *key, slug=path, parent=parent, position=number, origin=origin, source=source)
            if parent is None:
                yield from self._terms(row, *key, origin=origin, source=source, parent=path, name="children")
            elif "children" in row:
                self.fault(f"«{path}» kan ikke ha ledd under seg: en ordliste har høyst to nivåer.", *key, "children")

    def _term(
        self, row: Mapping[str, Any], *at: str | int, slug: str, parent: str | None, position: int, origin: str, source: str
    ) -> TermEntry:
        self.unknown_keys(row, _TERM_KEYS, *at)
        self._once(slug, *at)
        confirmed, unconfirmed = self._confirmation(row, self._origin(row, *at, default=origin), *at)
        address = self._address(row, *at, default=source)
        if "confirmed" in row and not address:
            self.fault(f"«{slug}» er et navn fra rammeverket og må ha en kilde («source»).", *at, "slug")
        return TermEntry(
            slug=slug,
            parent=parent,
            position=position,
            labels=self._labels(row, *at),
            description=self._by_language(row, "description", *at),
            alternatives=self._alternatives(row, *at),
            source=address,
            confirmed=confirmed,
            unconfirmed=unconfirmed,
        )

    def _confirmation(self, row: Mapping[str, Any], origin: str, *at: str | int) -> tuple[bool, tuple[str, ...]]:
        if origin == "own":
            for name in ("confirmed", "unconfirmed"):
                if name in row:
                    self.fault(f'«{name}» gjelder bare navn fra rammeverket (origin = "framework").', *at, name)
            return True, ()
        if not isinstance(row.get("confirmed"), bool):
            self.fault(
                "Et navn fra rammeverket må ha «confirmed = true» eller «confirmed = false».",
                *at,
                "confirmed" if "confirmed" in row else "slug",
            )
        unconfirmed = row.get("unconfirmed", [])
        if not isinstance(unconfirmed, list) or not set(map(str, unconfirmed)) <= set(LANGUAGES):
            self.fault("«unconfirmed» er en liste med nb, nn eller en.", *at, "unconfirmed")
            unconfirmed = []
        if unconfirmed and row.get("confirmed") is False:
            self.fault("«unconfirmed» hører til et bekreftet navn: med «confirmed = false» er alle språk ubekreftet.", *at, "unconfirmed")
        return row.get("confirmed") is True, tuple(unconfirmed)

    def _replaced(self, data: Mapping[str, Any], present: set[str]) -> dict[str, str]:
        replaced: dict[str, str] = {}
        for number, row in enumerate(self.tables(data, "replaced")):
            key = ("replaced", number)
            self.unknown_keys(row, ("slug", "by"), *key)
            old, new = self.text(row, "slug", *key), self.text(row, "by", *key)
            if old in present:
                self.fault(f"«{old}» står både som ledd og som erstattet.", *key, "slug")
            if new and new not in present:
                self.fault(f"«{new}» finnes ikke i ordlisten.{nearest(new, present)}", *key, "by")
            replaced[old] = new
        return replaced

    def _once(self, slug: str, *at: str | int) -> None:
        line = self.source.line(*at, "slug")
        if slug in self.seen:
            self.fault(f"«{slug}» står også på linje {self.seen[slug]}.", *at, "slug")
        self.seen.setdefault(slug, line)

    def _labels(self, table: Mapping[str, Any], *at: str | int) -> dict[str, str]:
        labels = self._by_language(table, "labels", *at)
        missing = [tag for tag in LANGUAGES if not labels.get(tag)]
        if missing:
            self.fault(f"«labels» mangler {', '.join(missing)}.", *at, "labels")
        return labels

    def _by_language(self, table: Mapping[str, Any], name: str, *at: str | int) -> dict[str, str]:
        found: dict[str, str] = {}
        for tag, text in self._languages(table, name, *at):
            if isinstance(text, str) and text.strip():
                found[tag] = text.strip()
            else:
                self.fault(f"«{name}.{tag}» er tom eller ikke en tekst.", *at, name, tag)
        return found

    def _alternatives(self, table: Mapping[str, Any], *at: str | int) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for tag, words in self._languages(table, "alternatives", *at):
            if isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words):
                found[tag] = tuple(words)
            else:
                self.fault(f"«alternatives.{tag}» er ikke en liste med ord.", *at, "alternatives", tag)
        return found

    def _languages(self, table: Mapping[str, Any], name: str, *at: str | int) -> Iterator[tuple[str, object]]:
        value = table.get(name, {})
        if not isinstance(value, dict):
            self.fault(f"«{name}» skal ha en verdi for hvert språk: {name} = {{ nb = …, nn = …, en = … }}.", *at, name)
            return
        for tag, each in value.items():
            if _TAG.fullmatch(tag):
                yield tag, each
            else:
                self.fault(f"«{tag}» er ikke et språk.", *at, name, tag)

    def _origin(self, table: Mapping[str, Any], *at: str | int, default: str | None) -> str:
        origin = table.get("origin", default)
        if origin not in _ORIGINS:
            self.fault("«origin» er «framework» (navnene hører til rammeverket) eller «own» (listen er vår egen).", *at, "origin")
            return "own"
        return str(origin)

    def _address(self, table: Mapping[str, Any], *at: str | int, default: str) -> str:
        address = table.get("source", default)
        if address != "" and not (isinstance(address, str) and _ADDRESS.fullmatch(address)):
            self.fault("«source» er en adresse som begynner med https:// eller http://.", *at, "source")
            return ""
        return str(address)

    def _slug(self, row: Mapping[str, Any], *at: str | int) -> str:
        slug = self.text(row, "slug", *at)
        if slug and not _SLUG.fullmatch(slug):
            self.fault(f"«{slug}» kan ikke være en slug: bokstavene a–z, tall og bindestrek.", *at, "slug")
        return slug
