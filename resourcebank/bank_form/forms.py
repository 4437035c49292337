"""One language form of a resource, read from its Markdown file with the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from resourcebank.faults import Fault
from resourcebank.languages import form_code
from resourcebank.markdown_source import MarkdownReader, Passage, read_lines

PARTS = ("goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
"""The headings of a form in the order they stand."""
LEVELS = ("A1", "A2", "B1", "B2", "C", "none")
_NUMBERED = re.compile(r"(\d+)[.)]\s+(.*)")
_BULLET = re.compile(r"()[-*]\s+(.*)")
_MARKERS = {"steps": _NUMBERED, "questions": _BULLET, "adaptations": _BULLET}
_HOW = {"steps": "et nummerert punkt («1. …»)", "questions": "et punkt («- …»)", "adaptations": "et punkt («- …»)"}
_META = ("title", "summary", "made_from", "translated_by", "checked_by", "checked_on")


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form as its file says it. `parts` holds every part there is; `items` the points of those that are lists.

    `unusable` names the parts that are written wrongly, so that nobody calls them missing as well.
    """

    path: Path
    language: str
    level: str
    meta: Mapping[str, Passage]
    parts: Mapping[str, Passage]
    items: Mapping[str, tuple[Passage, ...]]
    checked_on: date | None = None
    unusable: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """The short name of the form: `nb`, `nb-a2`."""
        return form_code(self.language, self.level)

    def said(self, name: str) -> str:
        """A line of the front matter, or ""."""
        return self.meta.get(name, Passage()).text

    def text(self, part: str) -> str:
        """The words of a part, or ""."""
        return self.parts.get(part, Passage()).text

    def points(self, part: str) -> tuple[str, ...]:
        """The points of a part that is a list."""
        return tuple(item.text for item in self.items.get(part, ()))

    def passages(self) -> Iterable[Passage]:
        """All that a reader reads: title, summary and every part."""
        yield from (self.meta[name] for name in ("title", "summary") if name in self.meta)
        yield from self.parts.values()


def form_of(name: str, *, languages: Iterable[str]) -> tuple[str, str] | None:
    """(language, level) of a file name without its ending, or None: `nb-a2` is bokmål at A2, `fa-AF` is Dari."""
    tags = {tag.casefold(): tag for tag in languages}
    if name.casefold() in tags:
        return tags[name.casefold()], ""
    language, _, last = name.rpartition("-")
    levels = {level.casefold(): level for level in LEVELS}
    if language.casefold() in tags and last.casefold() in levels:
        return tags[language.casefold()], levels[last.casefold()]
    return None


def read_form(path: Path, *, language: str, level: str) -> tuple[FormFile, list[Fault]]:
    """The form in one file, and what is wrong with how it is written."""
    lines = read_lines(path)
    if isinstance(lines, Fault):
        return FormFile(path, language, level, {}, {}, {}), [lines]
    reader = _Reader(path, _META, PARTS, "en ressurs")
    meta, start = reader.front_matter(lines)
    parts = reader.parts(lines, start)
    items = {name: reader.items(name, parts[name]) for name in _MARKERS if name in parts}
    form = FormFile(path, language, level, meta, parts, items, reader.day(meta), frozenset(reader.unusable))
    return form, reader.faults


class _Reader(MarkdownReader):
    def items(self, name: str, part: Passage) -> tuple[Passage, ...]:
        """The points of a list; a line that begins no point continues the one before it."""
        points: list[tuple[int, list[str]]] = []
        count = 0
        for number, line in enumerate(part.text.splitlines(), start=part.line):
            found = _MARKERS[name].match(line)
            if found:
                points.append((number, [found[2]]))
                count += 1
                if found[1] and int(found[1]) != count:
                    self.fault(number, f"Steget har nummer {found[1]}, men er nummer {count}.")
                    count = int(found[1])
            elif points:
                points[-1][1].append(line.strip())
            elif line.strip():
                self.fault(number, f"Hver linje i «{name}» skal være {_HOW[name]}.", name)
        return tuple(Passage(number, "\n".join(text).strip()) for number, text in points)

    def day(self, meta: Mapping[str, Passage]) -> date | None:
        """The day somebody checked the form."""
        said = meta.get("checked_on")
        if said is None:
            return None
        try:
            return date.fromisoformat(said.text)
        except ValueError:
            self.fault(said.line, "«checked_on» er en dato: 2026-11-22.")
            return None
