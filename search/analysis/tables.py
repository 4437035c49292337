"""The word lists a person edits, read from `data/`: stop words, stem overrides, synonyms, endings that are no compound part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if text := line.split("#", 1)[0].strip():
            yield text


def _set(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Words that are left out of a query (never out of the index), per field group."""
    return {"no": _set("stopwords.no.txt"), "en": _set("stopwords.en.txt"), "other": frozenset()}


@cache
def never_parts() -> frozenset[str]:
    """Endings that look like words and are none; never part of a compound."""
    return _set("endings.txt")


def overrides() -> dict[str, str]:
    """Word form -> key. A line of the table is `key: base endings; base endings`; an ending `-` is the base alone."""
    table: dict[str, str] = {}
    for line in _lines("overrides.txt"):
        key, _, rest = line.partition(":")
        for paradigm in rest.split(";"):
            base, *endings = paradigm.split()
            for ending in endings or ["-"]:
                table[base + ending.strip("-")] = key.strip()
    return table


@cache
def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same to a counsellor; a line is `word, word, …`."""
    return tuple(tuple(word.strip().lower() for word in line.split(",") if word.strip()) for line in _lines("synonyms.txt"))


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Word -> the other words of its groups, in the order of the table."""
    table: dict[str, dict[str, None]] = {}
    for group in synonym_groups():
        for word, other in product(group, group):
            if word != other:
                table.setdefault(word, {})[other] = None
    return {word: tuple(others) for word, others in table.items()}


@cache
def tables_version() -> str:
    """16 hexadecimal digits over the tables that shape the index (synonyms do not: they only shape queries)."""
    names = ("overrides.txt", "endings.txt")
    return sha256(b"\0".join((_DATA / name).read_bytes() for name in names)).hexdigest()[:16]
