"""What the bank covers, and where it is empty: word pairs and competence standards against kind, audience, level and language.

A count is what the search with the same two filters finds, so that a cell can lead to its search. `main` counts those that are mainly
about the row's term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from resourcebank.catalogue.declaration import COLLEAGUES, FOR_COLLEAGUES
from resourcebank.catalogue.documents import fitting_levels
from resourcebank.catalogue.vocabulary import Named, Names, names
from resourcebank.selectors import Covering, covering, public_sequence

SUBJECTS = ("word_pair", "competence")
DIMENSIONS = ("kind", "audience", "norwegian_level", "language")
EXPECTED_LANGUAGES = {"word_pair": ("nb", "nn", "en", "uk", "ar", "pl", "so"), "competence": ("nb", "nn", "en")}
"""Languages that are missed when they are missing."""
WANTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("word_pair", "kind", ("conversation-starter", "activity", "self-insight")),
    ("competence", "kind", ("case", "colleague-reflection")),
    ("word_pair", "kind", ("group-game", "after-experience")),
    ("competence", "kind", ("observation", "training-plan")),
    ("word_pair", "norwegian_level", ("A1", "A2")),
    ("word_pair", "language", ("en", "uk", "ar", "pl", "so")),
)
"""What every pair and every standard should have, the most missed first: (subject, dimension, values)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` resources fit, `main` of them mainly; `stale`: there are some, and every one should have been read anew by now."""

    value: str
    count: int
    main: int
    stale: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A pair, a word or a standard, with its cells by dimension in the order of the vocabulary."""

    vocabulary: str
    slug: str
    count: int
    main: int
    cells: Mapping[str, tuple[Cell, ...]]

    def cell(self, dimension: str, value: str) -> Cell:
        """One cell; an empty one for a value nobody counted."""
        return next((cell for cell in self.cells[dimension] if cell.value == value), Cell(value, 0, 0, stale=False))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something every row of its kind should have, and this one has not (`count` 0), or only in passing."""

    row: Row
    dimension: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything the map shows, as it is on a day."""

    resources: int
    assurances: Mapping[str, int]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]


def columns(rows: Sequence[Row], dimension: str) -> tuple[str, ...]:
    """The values of a dimension worth a column beside rows of one subject: those that belong there, and those that are there anyway."""
    if not rows:
        return ()
    found = zip(*(row.cells[dimension] for row in rows), strict=True)
    belongs = rows[0].vocabulary
    return tuple(cells[0].value for cells in found if _belongs(belongs, dimension, cells[0].value) or any(cell.count for cell in cells))


def _belongs(subject: str, dimension: str, value: str) -> bool:
    colleagues = subject == "competence"
    match dimension:
        case "kind":
            return (value in FOR_COLLEAGUES) == colleagues
        case "audience":
            return (value == COLLEAGUES) == colleagues
        case "language":
            return value in EXPECTED_LANGUAGES[subject]
        case _:
            return not colleagues


class _Shelf:
    """The last map; it holds until something public changes or the day is over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[tuple[int, date], Coverage] | None = None

    def get(self, today: date) -> Coverage:
        now = (public_sequence(), today)
        with self._lock:
            held = self._held
        if held and held[0] == now:
            return held[1]
        made = count_coverage(covering((*SUBJECTS, "audience")), names(), today=today)
        with self._lock:
            self._held = (now, made)
        return made

    def forget(self) -> None:
        with self._lock:
            self._held = None


_shelf = _Shelf()


def coverage(today: date) -> Coverage:
    """The map as it is now: one statement while nothing changed, four after a change."""
    return _shelf.get(today)


def forget_coverage() -> None:
    """Count anew at the next request of this process."""
    _shelf.forget()


def count_coverage(resources: Sequence[Covering], names: Names, *, today: date) -> Coverage:
    """The map of some resources, in rows and columns of the terms that have names."""
    tally = _Tally()
    for resource in resources:
        tally.add(resource, today=today)
    known = names.values
    rows = tuple(tally.row(subject, named.slug, known) for subject in SUBJECTS for named in _in_order(known.get(subject, {})))
    return Coverage(
        resources=len(resources),
        assurances=Counter(resource.assurance for resource in resources),
        rows=rows,
        gaps=tuple(_gaps(rows)),
    )


def _in_order(values: Mapping[str, Named]) -> list[Named]:
    return sorted((named for named in values.values() if named.active), key=lambda named: named.place)


class _Tally:
    """Counts by (subject, slug) and by (subject, slug, dimension, value)."""

    def __init__(self) -> None:
        self.all: Counter[tuple[str, ...]] = Counter()
        self.main: Counter[tuple[str, ...]] = Counter()
        self.fresh: Counter[tuple[str, ...]] = Counter()

    def add(self, resource: Covering, *, today: date) -> None:
        fresh = resource.review_due_on is None or resource.review_due_on >= today
        values = list(_values(resource))
        for subject in SUBJECTS:
            for slug, role in _with_parents(resource.terms.get(subject, {})).items():
                for key in ((subject, slug), *((subject, slug, *value) for value in values)):
                    self.all[key] += 1
                    self.main[key] += role == "main"
                    self.fresh[key] += fresh

    def row(self, subject: str, slug: str, known: Mapping[str, Mapping[str, Named]]) -> Row:
        cells = {
            dimension: tuple(self._cell(subject, slug, dimension, named.slug) for named in _in_order(known.get(dimension, {})))
            for dimension in DIMENSIONS
        }
        return Row(subject, slug, self.all[subject, slug], self.main[subject, slug], cells)

    def _cell(self, *key: str) -> Cell:
        return Cell(key[-1], self.all[key], self.main[key], stale=self.all[key] > 0 and self.fresh[key] == 0)


def _with_parents(terms: Mapping[str, str]) -> dict[str, str]:
    """A word stands for its pair too, as in the index; the pair is main when it or one of its words is."""
    roles = dict(terms)
    for slug, role in terms.items():
        parent = slug.partition("/")[0]
        if roles.get(parent) != "main":
            roles[parent] = role
    return roles


def _values(resource: Covering) -> Iterator[tuple[str, str]]:
    """Every (dimension, value) the search finds the resource by."""
    yield "kind", resource.kind
    yield from (("audience", slug) for slug in resource.terms.get("audience", ()))
    yield from (("language", language) for language in {language for language, _ in resource.forms})
    levels = fitting_levels((language, level or resource.norwegian_level) for language, level in resource.forms)
    yield from (("norwegian_level", level) for level in levels)


def _gaps(rows: Sequence[Row]) -> Iterator[Gap]:
    """What is wanted and not there, in the order of `WANTED`; then what is there only in passing."""
    found = list(_short_of(rows))
    yield from (gap for gap in found if not gap.count)
    yield from (gap for gap in found if gap.count)


def _short_of(rows: Iterable[Row]) -> Iterator[Gap]:
    tops = [row for row in rows if "/" not in row.slug]
    for subject, dimension, values in WANTED:
        for row in tops:
            if row.vocabulary == subject:
                cells = (row.cell(dimension, value) for value in values)
                yield from (Gap(row, dimension, cell.value, cell.count) for cell in cells if not cell.main)
