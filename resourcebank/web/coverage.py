"""The coverage map as a page and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import DIMENSIONS, SUBJECTS, Cell, Coverage, Demand, Gap, Names, Row, columns
from resourcebank.complaints import quoted
from resourcebank.models.taxonomy import pick_label
from resourcebank.web import words

SHOWN_GAPS = 15
SHOWN_MISSED = 30
DEEPEST_TINT = 4
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension the map can be turned to."""

    url: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: how many, where the search is, and what to know of it. `tint` is 0 (none) to 4 and only repeats the number. An empty cell
    has no search behind it, but `give_url`: where somebody begins on what is missing."""

    url: str
    give_url: str
    count: int
    spoken: str
    note: str
    tint: int


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its name; words stand below their pair."""

    name: str
    url: str
    word: bool
    working_title: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: word pairs, or standards."""

    subject: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """Something that is missing, and where to see what is there."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class MissedView:
    """A word people look for in vain, with its other forms, or the value of a filter; `facet` is its name. `keys` are what a curator takes
    it away by, empty for a value: those are the bank's own words."""

    text: str
    others: tuple[str, ...]
    facet: str
    times: str
    give_url: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """Everything `web/coverage.html` shows. `missed` are words, `missed_choices` values of filters; `hides`: the reader may take words
    away."""

    choices: tuple[Choice, ...]
    tables: tuple[TableView, ...]
    gaps: tuple[GapView, ...]
    more_gaps: str
    total: str
    levels: tuple[str, ...]
    csv_url: str
    fault: str
    missed: tuple[MissedView, ...]
    missed_choices: tuple[MissedView, ...]
    hides: bool


def coverage_view(found: Coverage, missed: Sequence[Demand], names: Names, asked: str, *, hides: bool) -> CoverageView:
    """The map against the dimension asked for, or against kind when nobody knows it; `missed` is what people look for in vain."""
    dimension = asked if asked in DIMENSIONS else DIMENSIONS[0]
    said = _Said(names, words.interface_language())
    return CoverageView(
        choices=tuple(Choice(f"{reverse('web:coverage')}?mot={each}", said.facet(each), each == dimension) for each in DIMENSIONS),
        tables=tuple(_table(found, subject, dimension, said) for subject in SUBJECTS),
        gaps=tuple(_gap(gap, said) for gap in found.gaps[:SHOWN_GAPS]),
        more_gaps=_more(len(found.gaps) - SHOWN_GAPS),
        total=_resources(found.resources),
        levels=tuple(
            f"{words.assurance(level).short}: {number}" for level, number in sorted(found.assurances.items(), key=lambda item: -item[1])
        ),
        csv_url=reverse("web:coverage_csv"),
        fault=_("«%(value)s» er ikke noe kartet kan vises mot.") % {"value": quoted(asked)} if asked and asked != dimension else "",
        missed=tuple(_missed(each, said) for each in [one for one in missed if not one.facet][:SHOWN_MISSED]),
        missed_choices=tuple(_missed(each, said) for each in [one for one in missed if one.facet][:SHOWN_MISSED]),
        hides=hides,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """Names in one language."""

    names: Names
    language: str

    def facet(self, name: str) -> str:
        return pick_label(dict(self.names.facets.get(name, {})), language=self.language, otherwise=name)

    def value(self, vocabulary: str, slug: str) -> str:
        named = self.names.values.get(vocabulary, {}).get(slug)
        return named.label(self.language) if named else slug

    def working_title(self, vocabulary: str, slug: str) -> bool:
        named = self.names.values.get(vocabulary, {}).get(slug)
        return bool(named and not named.confirmed)


def _table(found: Coverage, subject: str, dimension: str, said: _Said) -> TableView:
    rows = [row for row in found.rows if row.vocabulary == subject]
    shown = columns(rows, dimension)
    caption = _("%(rows)s mot %(columns)s: hvor mange ressurser som passer, og hvor mange som har dette som hovedtema.")
    return TableView(
        subject=subject,
        caption=caption % {"rows": said.facet(subject), "columns": said.facet(dimension).lower()},
        columns=tuple(said.value(dimension, value) for value in shown),
        rows=tuple(_row(row, dimension, shown, said) for row in rows),
    )


def _row(row: Row, dimension: str, shown: Sequence[str], said: _Said) -> RowView:
    return RowView(
        name=said.value(row.vocabulary, row.slug),
        url=_search(row),
        word="/" in row.slug,
        working_title=said.working_title(row.vocabulary, row.slug),
        cells=tuple(_cell(row, dimension, row.cell(dimension, value), said) for value in shown),
    )


def _cell(row: Row, dimension: str, cell: Cell, said: _Said) -> CellView:
    spoken = {"row": said.value(row.vocabulary, row.slug), "column": said.value(dimension, cell.value), "count": _resources(cell.count)}
    return CellView(
        url=_search(row, dimension, cell.value) if cell.count else "",
        give_url="" if cell.count else f"{reverse('web:contribute')}?{row.vocabulary}={row.slug}&{dimension}={cell.value}",
        count=cell.count,
        spoken=_("%(row)s og %(column)s: %(count)s") % spoken,
        note=_note(cell),
        tint=min(cell.count, DEEPEST_TINT),
    )


def _note(cell: Cell) -> str:
    if cell.stale:
        return _("må leses på nytt")
    if cell.count and not cell.main:
        return _("bare berørt")
    return _("%(number)d som hovedtema") % {"number": cell.main} if cell.main < cell.count else ""


def _gap(gap: Gap, said: _Said) -> GapView:
    named = {"row": said.value(gap.row.vocabulary, gap.row.slug), "value": said.value(gap.dimension, gap.value)}
    if gap.count:
        named["count"] = _resources(gap.count)
        text = _("%(row)s har ingen ressurs som hovedtema for «%(value)s», men %(count)s berører det.") % named
        return GapView(text, _search(gap.row, gap.dimension, gap.value))
    match gap.dimension:
        case "norwegian_level":
            text = _("%(row)s har ingen ressurs for den som er på nivå %(value)s i norsk.") % named
        case "language":
            text = _("%(row)s har ingen ressurs på språket %(value)s.") % named
        case _:
            text = _("%(row)s har ingen ressurs av typen «%(value)s».") % named
    return GapView(text, _search(gap.row))


def _missed(each: Demand, said: _Said) -> MissedView:
    first, *others = each.words
    times = ngettext("%(number)s søk", "%(number)s søk", each.count) % {"number": each.count} if each.count else ""
    told = ngettext("%(number)s har sagt fra", "%(number)s har sagt fra", each.said) % {"number": each.said} if each.said else ""
    return MissedView(
        text=said.value(each.facet, first) if each.facet else f"«{first}»",
        others=tuple(f"«{word}»" for word in others),
        facet=said.facet(each.facet) if each.facet else "",
        times=", ".join(filter(None, (told, times))),
        give_url=reverse("web:contribute") + (f"?{each.facet}={first}" if each.facet else ""),
        keys=() if each.facet else each.keys,
    )


def _more(number: int) -> str:
    return ngettext("Og %(number)d hull til.", "Og %(number)d hull til.", number) % {"number": number} if number > 0 else ""


def _resources(number: int) -> str:
    return ngettext("%(number)s ressurs", "%(number)s ressurser", number) % {"number": number}


def _search(row: Row, *chosen: str) -> str:
    more = f"&{chosen[0]}={chosen[1]}" if chosen else ""
    return f"{reverse('web:search')}?{row.vocabulary}={row.slug}{more}"


def coverage_csv(found: Coverage, names: Names) -> str:
    """Every cell on a line of its own, for a spreadsheet: semicolons, and a mark in front so that it reads the letters right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(text) for text in line] for line in _lines(found, _Said(names, words.interface_language())))
    return f"\ufeff{out.getvalue()}"


def _lines(found: Coverage, said: _Said) -> Iterator[tuple[str, ...]]:
    yield (
        *(_("Liste"), _("Kode"), _("Navn"), _("Mot"), _("Verdi"), _("Verdiens navn")),
        *(_("Ressurser"), _("Som hovedtema"), _("Må leses på nytt")),
    )
    for row in found.rows:
        for dimension in DIMENSIONS:
            for cell in row.cells[dimension]:
                yield (
                    *(row.vocabulary, row.slug, said.value(row.vocabulary, row.slug)),
                    *(dimension, cell.value, said.value(dimension, cell.value)),
                    *(str(cell.count), str(cell.main), _("ja") if cell.stale else _("nei")),
                )


def _harmless(text: str) -> str:
    """What a spreadsheet would take for a formula gets a mark in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text
