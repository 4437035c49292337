"""The framework in plain language, as files say it: one folder a page, one Markdown file a language form, read without a database.

The form of the files is described in `fixtures/framework/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from resourcebank.faults import Fault, nearest
from resourcebank.markdown_source import MarkdownReader, Passage, read_lines
from resourcebank.toml_source import TomlReader, read_toml

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "framework" / "pages"
FORMS = {"nb": ("nb", ""), "nn": ("nn", ""), "nb-a2": ("nb", "A2")}
"""The language forms every page has, with their language and level."""
PARTS = ("short", "more", "hear", "ask", "known")
"""The headings of a page: the short explanation, more on demand, how it may sound, what to ask, what is known and what is not."""
LISTS = ("hear", "ask")
NEEDED = ("short", "ask", "known")
OVERVIEW, ETHICS = "rammeverk", "etikk"
VOCABULARIES = {"ordpar": "word_pair", "standard": "competence", "kvalitet": "quality_area"}
"""The folders that hold a page for each term of a vocabulary."""
_META = ("title", "summary", "made_from")
_POINT = re.compile(r"[-*]\s+(.*)")
_ADDRESS = re.compile(r"https?://\S+")
_LINK = re.compile(r"\]\((/[^)\s]*)\)")
_OWN = re.compile(r"/(nb|nn)/(?:(ordpar|standard|kvalitet)/([a-z0-9-]+(?:/[a-z0-9-]+)?)|(rammeverk|etikk))/")


@dataclass(frozen=True, slots=True)
class ExplanationText:
    """A page in one language form. `level` is "" or A2; `meta` and `parts` know their lines."""

    path: Path
    language: str
    level: str
    meta: Mapping[str, Passage]
    parts: Mapping[str, Passage]

    def said(self, name: str) -> str:
        """The title or the summary."""
        return self.meta.get(name, Passage()).text

    def text(self, part: str) -> str:
        """The Markdown of a part, or ""."""
        return self.parts.get(part, Passage()).text

    def points(self, part: str) -> tuple[str, ...]:
        """The points of a part that is a list."""
        return tuple(found[1] for line in self.text(part).splitlines() if (found := _POINT.match(line)))

    def passages(self) -> Iterator[Passage]:
        """All that a reader reads."""
        yield from (self.meta[name] for name in ("title", "summary") if name in self.meta)
        yield from self.parts.values()


@dataclass(frozen=True, slots=True)
class Source:
    """Where something on a page is known from. `note` says what, per language."""

    title: str
    address: str
    note: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One page. `place` is its folder (`ordpar/valg-og-tilfeldigheter/valg`), `texts` its forms by code (`nb-a2`)."""

    place: str
    texts: Mapping[str, ExplanationText]
    sources: tuple[Source, ...]

    @property
    def term(self) -> tuple[str, str] | None:
        """(vocabulary, slug) of the term it explains; None for a page about more than one."""
        section, _, slug = self.place.partition("/")
        return (VOCABULARIES[section], slug) if section in VOCABULARIES else None


@cache
def explanations() -> Mapping[str, Explanation]:
    """Every page of the site by its place, read once; `make lint` finds what is wrong with the files."""
    return {page.place: page for page in read_explanations(FOLDER)[0]}


def explanation(place: str) -> Explanation | None:
    """The page at a place, or None."""
    return explanations().get(place)


def read_explanations(folder: Path) -> tuple[tuple[Explanation, ...], tuple[Fault, ...]]:
    """Every page in a folder, and everything wrong with how the files are written. A page that lacks a form is left out."""
    pages: list[Explanation] = []
    faults: list[Fault] = []
    for path in sorted(folder.rglob("page.toml")):
        place = path.parent.relative_to(folder).as_posix()
        sources, wrong = _sources(path)
        faults += wrong
        texts: dict[str, ExplanationText] = {}
        for code in FORMS:
            text, more = _text(path.parent / f"{code}.md", code)
            faults += more
            if text:
                texts[code] = text
        if len(texts) == len(FORMS):
            pages.append(Explanation(place, texts, sources))
    places = {page.place for page in pages}
    faults += [fault for page in pages for text in page.texts.values() for fault in _broken_links(text, places)]
    return tuple(pages), tuple(sorted(faults))


def _text(path: Path, code: str) -> tuple[ExplanationText | None, list[Fault]]:
    lines = read_lines(path)
    if isinstance(lines, Fault):
        return None, [lines]
    reader = MarkdownReader(path, _META, PARTS, "en side om rammeverket")
    meta, start = reader.front_matter(lines)
    parts = reader.parts(lines, start)
    for name in ("title", "summary"):
        if not meta.get(name, Passage()).text and name not in reader.unusable:
            reader.fault(1, f"«{name}» mangler.")
    for name in NEEDED:
        if not parts.get(name, Passage()).text and name not in reader.unusable:
            reader.fault(1, f"«{name}» mangler eller er tom.")
    for name in LISTS:
        part = parts.get(name, Passage())
        for number, line in enumerate(part.text.splitlines(), start=part.line):
            if line.strip() and not _POINT.match(line):
                reader.fault(number, f"Hver linje i «{name}» skal være et punkt («- …»).")
    language, level = FORMS[code]
    return ExplanationText(path, language, level, meta, parts), reader.faults


def _sources(path: Path) -> tuple[tuple[Source, ...], list[Fault]]:
    data = read_toml(path)
    if isinstance(data, Fault):
        return (), [data]
    reader = TomlReader(data)
    reader.unknown_keys(data.data, ("sources",))
    found = tuple(_source(reader, row, number) for number, row in enumerate(reader.tables(data.data, "sources")))
    if not found:
        reader.fault("Siden mangler kilder («[[sources]]»).", "sources")
    return found, reader.faults


def _source(reader: TomlReader, row: Mapping[str, Any], number: int) -> Source:
    key = ("sources", number)
    reader.unknown_keys(row, ("title", "address", "note"), *key)
    address = reader.text(row, "address", *key)
    if address and not _ADDRESS.fullmatch(address):
        reader.fault("«address» er en adresse som begynner med https:// eller http://.", *key, "address")
    note = row.get("note", {})
    for tag in ("nb", "nn"):
        if not (isinstance(note, dict) and isinstance(note.get(tag), str) and note[tag].strip()):
            reader.fault(f"«note.{tag}» mangler: si hva kilden viser.", *key, "note")
            note = {}
            break
    return Source(reader.text(row, "title", *key), address, note)


def _broken_links(text: ExplanationText, places: set[str]) -> Iterator[Fault]:
    """Links to own pages that lead nowhere, or to another language than the text's."""
    for passage in text.parts.values():
        for number, line in enumerate(passage.text.splitlines(), start=passage.line):
            for address in _LINK.findall(line):
                own = _OWN.fullmatch(address)
                place = (own[4] or f"{own[2]}/{own[3]}") if own else ""
                if own is None or place not in places:
                    yield Fault(text.path, number, f"«{address}» finnes ikke.{nearest(place, places)}")
                elif own[1] != text.language:
                    yield Fault(text.path, number, f"«{address}» er på et annet språk enn teksten.")
