"""The judged searches of `fixtures/search_judgements/`, read whole or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import is_normalized

NEEDS = ("id", "half", "style", "nb", "nn", "need")
JUDGEMENTS = ("need", "resource", "grade")
FIRST_READING, SECOND_READING = "judgements.tsv", "second_reading.tsv"
STYLES = ("word", "words", "sentence", "misspelt", "compound", "synonym", "english")
GRADES = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Need:
    """What a counsellor looks for: her words in both languages, and the grade (1–3) of each resource that answers; all others have 0."""

    id: str
    half: str
    style: str
    nb: str
    nn: str
    sentence: str
    grades: dict[str, int] = field(default_factory=dict, init=False)


def half_of(need: str) -> str:
    """The half a need belongs to by its id alone, so that nobody can choose it."""
    first = hashlib.sha256(need.encode()).hexdigest()[0]
    return "sealed" if int(first, 16) % 2 else "tune"


def read_needs(folder: Path, resources: Collection[str], reading: str = FIRST_READING) -> list[Need]:
    """All needs with the grades of one reading; ValueError names file, line and fault. `resources` are the addresses of the bank."""
    needs: dict[str, Need] = {}
    for place, row in _rows(folder / "needs.tsv", NEEDS):
        need = Need(*row)
        _hold(place, need.id not in needs, f"{need.id} stands twice")
        _hold(place, need.half == half_of(need.id), f"{need.id} belongs to {half_of(need.id)}")
        _hold(place, need.style in STYLES, f"{need.style} is no style")
        needs[need.id] = need
    for place, (id_, resource, grade) in _rows(folder / reading, JUDGEMENTS):
        _hold(place, id_ in needs, f"{id_} is no need")
        _hold(place, resource in resources, f"{resource} is not in the bank")
        _hold(place, grade in GRADES, f"{grade} is no grade")
        _hold(place, resource not in needs[id_].grades, f"{resource} stands twice for {id_}")
        needs[id_].grades[resource] = int(grade)
    return list(needs.values())


def agreement(first: Iterable[Need], second: Iterable[Need], resources: Collection[str]) -> float:
    """How far two readings of the same needs agree over all resources: Cohen's kappa with squared weights (1968); 1 is wholly, 0 chance."""
    pairs = Counter(
        (one.grades.get(resource, 0), other.grades.get(resource, 0))
        for one, other in zip(first, second, strict=True)
        for resource in resources
    )
    many = pairs.total()
    rows, columns = Counter[int](), Counter[int]()
    for (a, b), times in pairs.items():
        rows[a] += times
        columns[b] += times
    apart = sum((a - b) ** 2 * times for (a, b), times in pairs.items())
    by_chance = sum((a - b) ** 2 * rows[a] * columns[b] / many for a in rows for b in columns)
    return 1 - apart / by_chance


def judged_lines(needs: Iterable[Need]) -> Iterator[str]:
    """What `evaluate_search --judgements` reads: the words in bokmål, then those in nynorsk unless they are the same."""
    for need in needs:
        for words in dict.fromkeys((need.nb, need.nn)):
            yield from (f"{words}\t{resource}\t{grade}" for resource, grade in need.grades.items())


def _rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The place and the cells of each line below the line with the names of the columns."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        place, cells = f"{file.name}:{number}", line.split("\t")
        _hold(place, is_normalized("NFC", line), "letters must be composed (NFC)")
        _hold(place, len(cells) == len(columns), f"{len(columns)} columns with tabs between them: {', '.join(columns)}")
        _hold(place, all(cell and cell == cell.strip() for cell in cells), "a cell is empty or has space at an end")
        if number > 1:
            yield place, cells
        else:
            _hold(place, tuple(cells) == columns, f"the first line names the columns: {', '.join(columns)}")


def _hold(place: str, holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(f"{place}: {fault}")
