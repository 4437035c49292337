"""A Markdown file with a head between two `---` and parts under level-2 headings, each with the line it begins on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from resourcebank.faults import Fault, nearest

_META_LINE = re.compile(r"(\w+):(?:\s+(.*))?")
_COMMENT = re.compile(r"\s+#\s.*")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text and the line it begins on."""

    line: int = 1
    text: str = ""


def read_lines(path: Path) -> list[str] | Fault:
    """The lines of the file, or the fault that keeps them from being read."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return Fault(path, 1, "Filen er ikke lagret som UTF-8.")
    except OSError as error:
        return Fault(path, 1, f"Filen kan ikke leses: {error.strerror}.")


@dataclass(slots=True)
class MarkdownReader:
    """Takes a file apart and keeps the faults. `meta_names` are the lines its head may have, `part_names` its headings in their order;
    `whole` is what it is called where a heading does not belong to it. `unusable` names what is written wrongly, so that nobody calls it
    missing as well."""

    path: Path
    meta_names: tuple[str, ...]
    part_names: tuple[str, ...]
    whole: str
    faults: list[Fault] = field(default_factory=list)
    unusable: set[str] = field(default_factory=set)

    def fault(self, line: int, message: str, *parts: str) -> None:
        """Keep a fault, and count `parts` as unusable."""
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
        self.fault(1, "Hodet mangler «---» til slutt.", *self.part_names)
        return meta, len(lines) + 1

    def _meta_line(self, number: int, line: str, meta: dict[str, Passage]) -> None:
        found = _META_LINE.fullmatch(line.rstrip())
        if not found:
            self.fault(number, "Linjene i hodet skrives som «navn: tekst», hver på én linje.")
        elif found[1] not in self.meta_names:
            self.fault(number, f"«{found[1]}» hører ikke hjemme i hodet.{nearest(found[1], self.meta_names)}")
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
            if name not in self.part_names:
                self.fault(head, f"«{name}» er ikke en del av {self.whole}.{nearest(name, self.part_names)}")
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
            if self.part_names.index(before) > self.part_names.index(after):
                self.fault(found[after], f"«{after}» skal stå før «{before}».")


def _passage(lines: list[str], start: int, end: int) -> Passage:
    """The text from line `start` up to, not with, line `end`, without blank lines around it."""
    while start < end and not lines[start - 1].strip():
        start += 1
    return Passage(start, "\n".join(lines[start - 1 : end - 1]).rstrip())
