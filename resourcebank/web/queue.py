"""The review queue as a page: its parts, its filters, and each submission in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resourcebank.catalogue import Names
from resourcebank.models import Revision
from resourcebank.selectors import PAGE_SIZE, QueuePage, QueueRow, about_pair, written_in
from resourcebank.web import words
from resourcebank.web.review_words import moment, span, status_name
from resourcebank.workflow import Status

SECTIONS = {"mine": "mine", "ledige": "free", "andre": "others", "forfatter": "author", "ferdige": "done"}
"""What each part of the queue is called in the address."""
_SHOWN = (Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.PUBLISHED, Status.SUPERSEDED, Status.RETIRED, Status.REJECTED)


class QueueFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Which submissions of the queue are shown. What can be chosen is named as the framework is named now."""

    status = django_filters.ChoiceFilter()
    kind = django_filters.ChoiceFilter(field_name="kind__slug")
    pair = django_filters.ChoiceFilter(method="about")
    language = django_filters.ChoiceFilter(method="written")

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Revision], known: Names) -> None:
        super().__init__(data, queryset=queryset)
        choices = {"status": [(status.value, status_name(status)) for status in _SHOWN]}
        choices |= {"kind": _choices(known, "kind"), "pair": _choices(known, "word_pair"), "language": _choices(known, "language")}
        labels = {"status": _("Status"), "kind": _("Type"), "pair": _("Ordpar"), "language": _("Språk")}
        for name, each in self.filters.items():
            each.label = labels[name]
            each.extra |= {"choices": choices[name]}

    def about(self, queryset: QuerySet[Revision], _name: str, value: str) -> QuerySet[Revision]:
        """Those linked to the pair or to one of its words."""
        return about_pair(queryset, value)

    def written(self, queryset: QuerySet[Revision], _name: str, value: str) -> QuerySet[Revision]:
        """Those with a form in the language."""
        return written_in(queryset, value)


def _choices(known: Names, vocabulary: str) -> list[tuple[str, str]]:
    language = words.interface_language()
    found = sorted(known.values.get(vocabulary, {}).values(), key=lambda named: named.place)
    return [(named.slug, named.label(language)) for named in found if named.active and not named.depth]


@dataclass(frozen=True, slots=True)
class FilterField:
    """One filter as it is chosen: (value, name) of each choice. The template makes the list: Django's own takes 8 ms for these four."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


def _fields(filters: QueueFilter, asked: QueryDict) -> Iterator[FilterField]:
    for name, each in filters.filters.items():
        yield FilterField(name, each.label, (("", _("Alle")), *each.extra["choices"]), asked.get(name, ""))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the queue: its name, how many are in it, and where it is."""

    code: str
    name: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One submission as it is listed; its status only where they differ. `free` when the reader may take it from here."""

    url: str
    version: int
    title: str
    language: str
    dir: str
    status: str
    next_version: bool
    kind: str
    pair: str
    languages: str
    author: str
    age: str
    answer: str
    due: str
    overdue: bool
    holder: str
    publish_at: str
    own: bool
    uncovered: bool
    free: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """Everything `web/queue.html` shows."""

    sections: tuple[Section, ...]
    section: str
    rows: tuple[RowView, ...]
    count: int
    page: int
    pages: int
    previous: str
    next: str
    fields: tuple[FilterField, ...]
    faults: tuple[str, ...]
    filtered: bool
    unfiltered: str
    empty: str


def queue_view(found: QueuePage, filters: QueueFilter, asked: QueryDict, *, known: Names, now: datetime) -> QueueView:
    """One page of the queue. `asked` is the address: `del` (a part), `side` (a page) and the filters."""
    section = section_of(asked)
    return QueueView(
        sections=tuple(
            Section(each, name, found.counts[SECTIONS[each]], _address(asked, {"del": each}), each == section)
            for each, name in _names().items()
        ),
        section=_names()[section],
        rows=tuple(_row(row, known, part=SECTIONS[section], now=now) for row in found.rows),
        count=found.counts[SECTIONS[section]],
        page=found.page,
        pages=found.pages,
        previous=_address(asked, {"del": section, "side": str(found.page - 1)}) if found.page > 1 else "",
        next=_address(asked, {"del": section, "side": str(found.page + 1)}) if found.page < found.pages else "",
        fields=tuple(_fields(filters, asked)),
        faults=tuple(_("«%(value)s» finnes ikke i listen «%(name)s».") % each for each in _faults(filters, asked)),
        filtered=any(asked.get(name) for name in filters.filters),
        unfiltered=f"{reverse('web:queue')}?del={section}",
        empty=_nothing(section),
    )


def section_of(asked: QueryDict) -> str:
    """The part of the queue an address asks for; what makes no sense is the free ones."""
    wanted = asked.get("del", "")
    return wanted if wanted in SECTIONS else "ledige"


def page_of(asked: QueryDict) -> int:
    """The page an address asks for; what makes no sense is the first."""
    side = asked.get("side", "")
    return int(side) if side.isascii() and side.isdigit() and len(side) < len(str(10**6 * PAGE_SIZE)) else 1


def _names() -> dict[str, str]:
    return {
        "mine": _("Mine"),
        "ledige": _("Ledige"),
        "andre": _("Hos andre"),
        "forfatter": _("Venter på forfatter"),
        "ferdige": _("Ferdige"),
    }


def _nothing(section: str) -> str:
    return {
        "mine": _("Du har ingen saker nå. Ta en fra de ledige."),
        "ledige": _("Ingen saker er ledige nå."),
        "andre": _("Ingen andre har en sak nå."),
        "forfatter": _("Ingen saker venter på forfatteren nå."),
        "ferdige": _("Ingen saker er ferdige ennå."),
    }[section]


def _faults(filters: QueueFilter, asked: QueryDict) -> list[dict[str, str]]:
    return [{"value": asked.get(name, ""), "name": str(filters.filters[name].label)} for name in filters.form.errors]


def _address(asked: QueryDict, changes: Mapping[str, str]) -> str:
    kept = asked.copy()
    kept.pop("side", None)
    for name, value in changes.items():
        kept[name] = value
    return f"{reverse('web:queue')}?{kept.urlencode()}"


def _row(row: QueueRow, known: Names, *, part: str, now: datetime) -> RowView:
    return RowView(
        url=reverse("web:review", args=[row.revision_id]),
        version=row.version,
        title=row.title or _("Uten tittel"),
        language=row.language,
        dir=row.dir,
        status=status_name(row.status) if part == "done" else "",
        next_version=row.number > 1,
        kind=_label(known, "kind", row.kind),
        pair=_label(known, "word_pair", row.pair.partition("/")[0]),
        languages=", ".join(_label(known, "language", tag) for tag in row.languages),
        author=row.author,
        age=span(row.waited_from, now) if row.waited_from else "",
        answer=_answer(row, now),
        due=words.day(row.due_on) if row.due_on else "",
        overdue=bool(row.due_on and row.due_on < timezone.localdate(now)),
        holder=row.holder if part == "others" else "",
        publish_at=moment(row.publish_at) if row.publish_at else "",
        own=row.own,
        uncovered=not row.covered and row.status == Status.IN_REVIEW,
        free=part == "free" and not row.own,
    )


def _label(known: Names, vocabulary: str, slug: str) -> str:
    named = known.values.get(vocabulary, {}).get(slug)
    return named.label(words.interface_language()) if named else slug


def _answer(row: QueueRow, now: datetime) -> str:
    if row.first_opened is None:
        return ""
    if row.answered_at:
        return _("etter %(span)s") % {"span": span(row.first_opened, row.answered_at)}
    return _("ikke ennå, etter %(span)s") % {"span": span(row.first_opened, now)}
