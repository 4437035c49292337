"""The word lists that whoever owns the texts gives this process: stop words, stems, parts of compounds, word pairs, synonyms.

Search knows no word of any language itself. A process reads one folder of tables, once (`give`, called when the site starts), because
one process analyses for all of its indexes and remembers the stem of every word it has seen. The format of each file stands on its
first lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path

from search.analysis.inflection import forms_of, read_classes

_SHAPING = ("classes.txt", "stems.txt", "parts.txt", "no-parts.txt")
"""The tables that shape the index. Stop words, pairs and synonyms do not: they only shape queries."""
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one folder.

    `stop_words`: words left out of a query (never out of the index), per field group. `parts`: words that compounds are made of, however
    rare they are. `no_parts`: endings that look like words and are none. `stems`: word form -> stem. `pairs`: each bokmål word with its
    nynorsk words. `synonym_groups`: words that mean the same to a counsellor. `version`: 16 hexadecimal digits over what shapes the index.
    """

    stop_words: Mapping[str, frozenset[str]]
    parts: frozenset[str]
    no_parts: frozenset[str]
    stems: Mapping[str, str]
    pairs: Groups
    synonym_groups: Groups
    version: str

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """The tables of a folder. Raises OSError when a file is missing, ValueError for a line that cannot be read."""
        return cls(
            stop_words={"no": _words(folder / "stopwords.no.txt"), "en": _words(folder / "stopwords.en.txt"), "other": frozenset()},
            parts=_words(folder / "parts.txt"),
            no_parts=_words(folder / "no-parts.txt"),
            stems=_stems(folder),
            pairs=tuple(_pair(line) for line in _lines(folder / "pairs.txt")),
            synonym_groups=tuple(_listed(line) for line in _lines(folder / "synonyms.txt")),
            version=sha256(b"\0".join((folder / name).read_bytes() for name in _SHAPING)).hexdigest()[:16],
        )


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if text := line.split("#", 1)[0].strip():
            yield text


def _words(file: Path) -> frozenset[str]:
    return frozenset(word for line in _lines(file) for word in line.split())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word for each in text.split(",") if (word := each.strip().lower()))


def _pair(line: str) -> tuple[str, ...]:
    bokmaal, sign, nynorsk = line.partition("=")
    if not sign:
        raise ValueError(f"a line without =: {line}")
    return (*_listed(bokmaal), *_listed(nynorsk))


def _stems(folder: Path) -> dict[str, str]:
    """Word form -> stem. A line is `stem: paradigm; paradigm`, see `inflection.forms_of`."""
    classes = read_classes(_lines(folder / "classes.txt"))
    table: dict[str, str] = {}
    for line in _lines(folder / "stems.txt"):
        key, _, rest = (part.strip() for part in line.partition(":"))
        for form in (form for paradigm in rest.split(";") for form in forms_of(paradigm, classes)):
            if table.setdefault(form, key) != key:
                raise ValueError(f"{form} has two stems: {table[form]} and {key}")
    return table


class _Given:
    """The folder this process was given."""

    folder: Path | None = None


def give(folder: Path) -> None:
    """Name the folder this process reads its tables from when it first needs them. RuntimeError when it was given another one."""
    if _Given.folder not in (None, folder):
        raise RuntimeError("this process already analyses with other tables")
    _Given.folder = folder


@cache
def tables() -> Tables:
    """The tables of this process. RuntimeError when none were given."""
    if _Given.folder is None:
        raise RuntimeError("no tables were given: call search.analysis.tables.give(folder) first")
    return Tables.read(_Given.folder)


def stop_words() -> Mapping[str, frozenset[str]]:
    """Words that are left out of a query (never out of the index), per field group."""
    return tables().stop_words


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Word -> the words that stand for it: first those of the other language form, then those of the trade, in the order of the tables."""
    return others_of((*tables().pairs, *tables().synonym_groups))


def others_of(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Word -> the other words of its groups, in the order of the groups."""
    table: dict[str, dict[str, None]] = {}
    for group in groups:
        for word, other in product(group, group):
            if word != other:
                table.setdefault(word, {})[other] = None
    return {word: tuple(others) for word, others in table.items()}
