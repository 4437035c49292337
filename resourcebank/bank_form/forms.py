"""One language form of a resource, read from its Markdown file with the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from resourcebank.faults import Fault, nearest
from resourcebank.languages import form_code

PARTS = ("goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
"""The headings of a form in the order they stand."""
LEVELS = ("A1", "A2", "B1", "B2", "C", "none")
_NUMBERED = re.compile(r"(\d+)[.)]\s+(.*)")
_BULLET = re.compile(r"()[-*]\s+(.*)")
_MARKERS = {"steps": _NUMBERED, "questions": _BULLET, "adaptations": _BULLET}
_HOW = {"steps": "et nummerert punkt («1. …»)", "questions": "et punkt («- …»)", "adaptations": "et punkt («- …»)"}
_META = ("title", "summary", "made_from", "translated_by", "checked_by", "checked_on")
_META_LINE = re.compile(r"(\w+):(?:\s+(.*))?")
_COMMENT = re.compile(r"\s+#\s.*")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text and the line it begins on."""

    line: int = 1
    text: str = ""


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
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return FormFile(path, language, level, {}, {}, {}), [Fault(path, 1, "Filen er ikke lagret som UTF-8.")]
    reader = _Reader(path)
    meta, start = reader.front_matter(lines)
    parts = reader.parts(lines, start)
    items = {name: reader.items(name, parts[name]) for name in _MARKERS if name in parts}
    form = FormFile(path, language, level, meta, parts, items, reader.day(meta), frozenset(reader.unusable))
    return form, reader.faults


@dataclass(slots=True)
class _Reader:
    path: Path
    faults: list[Fault] = field(default_factory=list)
    unusable: set[str] = field(default_factory=set)

    def fault(self, line: int, message: str, *parts: str) -> None:
        self.faults.append(Fault(self.path, line, message))
        self.unusable.update(parts)

    def front_matter(self, lines: list[str]) -> tuple[dict[str, Passage], int]:
        """What stands between the two `---`, and the number of the line after them."""
        if not lines or lines[0].strip() != _FENCE:
            self.fault(1, "Filen skal begynne med «---» og tittelen.", "title", "summary")
            return {}, 1
        meta: dict[str, Passage] = {}
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() == _FENCE:
                return meta, number + 1
            if line.strip():
                self._meta_line(number, line, meta)
        self.fault(1, "Hodet mangler «---» til slutt.", *PARTS)
        return meta, len(lines) + 1

    def _meta_line(self, number: int, line: str, meta: dict[str, Passage]) -> None:
        found = _META_LINE.fullmatch(line.rstrip())
        if not found:
            self.fault(number, "Linjene i hodet skrives som «navn: tekst», hver på én linje.")
        elif found[1] not in _META:
            self.fault(number, f"«{found[1]}» hører ikke hjemme i hodet.{nearest(found[1], _META)}")
        elif found[1] in meta:
            self.fault(number, f"«{found[1]}» står også på linje {meta[found[1]].line}.")
        else:
            meta[found[1]] = Passage(number, _COMMENT.sub("", found[2] or "").strip())

    def parts(self, lines: list[str], start: int) -> dict[str, Passage]:
        """The text under each heading, in the order of the file."""
        parts: dict[str, Passage] = {}
        found: dict[str, int] = {}
        heads = [n for n in range(start, len(lines) + 1) if lines[n - 1].startswith("## ")]
        if _passage(lines, start, (heads or [len(lines) + 1])[0]).text:
            self.fault(start, "Teksten før den første overskriften hører ikke til noen del.")
        for head, after in zip(heads, [*heads[1:], len(lines) + 1], strict=False):
            name = lines[head - 1][3:].strip()
            if name not in PARTS:
                self.fault(head, f"«{name}» er ikke en del av en ressurs.{nearest(name, PARTS)}")
            elif name in found:
                self.fault(head, f"«{name}» står også på linje {found[name]}.")
            else:
                found[name] = head
                parts[name] = _passage(lines, head + 1, after)
        self._order(found)
        return parts

    def _order(self, found: Mapping[str, int]) -> None:
        names = list(found)
        for before, after in pairwise(names):
            if PARTS.index(before) > PARTS.index(after):
                self.fault(found[after], f"«{after}» skal stå før «{before}».")

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


def _passage(lines: list[str], start: int, end: int) -> Passage:
    """The text from line `start` up to, not with, line `end`, without blank lines around it."""
    while start < end and not lines[start - 1].strip():
        start += 1
    return Passage(start, "\n".join(lines[start - 1 : end - 1]).rstrip())
