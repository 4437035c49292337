"""What the search page shows: filters, chosen filters, hits, order and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import FoundPage, LabelledFacet, LabelledValue, Looser, asks_for_something, bare
from resourcebank.web.asked import Asked, address
from resourcebank.web.cards import CardView, card_view
from resourcebank.web.chosen import chosen
from resourcebank.web.faults import FaultView
from resourcebank.web.loosening import DeadEnd, dead_end
from resourcebank.web.words import Labels
from search.request import SearchRequest

OPEN_FACETS = ("word_pair", "duration", "norwegian_level")
"""Filters that are unfolded from the start: what a counsellor in a hurry chooses by."""
NUMBERS_IN = {"minutes_min": "duration", "minutes_max": "duration", "group": "format"}
"""Which filter each number field stands in."""
LONG = 12
"""A filter with more values than this can be searched in, unless they stand below each other: those are found by their parents."""
NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `current` when it is where the reader already is."""

    url: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number the reader may type: the shortest and the longest time, the size of the group."""

    name: str
    label: str
    unit: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A value with those below it: a word pair with its words."""

    value: LabelledValue
    below: tuple[LabelledValue, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """One filter: its values as check boxes, and perhaps number fields. `long`: there are so many values that one may search in them."""

    facet: LabelledFacet
    branches: tuple[Branch, ...]
    numbers: tuple[NumberField, ...]
    chosen: int
    unfolded: bool
    long: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The way through the pages of hits; None in `numbers` is a gap."""

    previous: str
    following: str
    numbers: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class FinderView:
    """Everything `web/search.html` shows."""

    text: str
    wanted: SearchRequest
    faults: tuple[FaultView, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Link, ...]
    clear_url: str
    all_url: str
    feed_url: str
    save_url: str
    cards: tuple[CardView, ...]
    total: int
    heading: str
    title: str
    meant: Link | None
    notes: tuple[str, ...]
    sorts: tuple[Link, ...]
    pages: PageLinks | None
    last_page: Link | None
    dead_end: DeadEnd

    @property
    def empty_bank(self) -> bool:
        """Nothing was asked for and nothing was found."""
        return self.total == 0 and not self.wanted.text and not self.chips and not self.faults


def finder_view(asked: Asked, found: FoundPage, faults: tuple[FaultView, ...], looser: Sequence[Looser]) -> FinderView:
    """The page for a search that was answered; `looser` is what finds more when this found little."""
    wanted, page = asked.wanted, found.page
    labels = labels_of(found)
    beyond = page.total > 0 and not found.cards
    return FinderView(
        text=asked.text,
        wanted=wanted,
        faults=faults,
        facets=tuple(_facet(facet, wanted) for facet in found.facets if facet.values or facet.name in NUMBERS_IN.values()),
        chips=tuple(Link(address(without), words) for words, without in chosen(wanted, labels)),
        clear_url=address(wanted.cleared()),
        all_url=reverse("web:search"),
        feed_url=_with_query("web:search_feed", wanted),
        save_url=_with_query("web:save_search", wanted) if asks_for_something(wanted) else "",
        cards=tuple(card_view(card, labels) for card in found.cards),
        total=page.total,
        heading=_heading(page.total, wanted.page, page.pages),
        title=_title(page.total, wanted.text),
        meant=Link(address(replace(wanted, text=page.did_you_mean, page=1)), page.did_you_mean) if page.did_you_mean else None,
        notes=tuple(_notes(found)),
        sorts=tuple(_sorts(wanted)),
        pages=_pages(wanted, page.pages) if page.pages > 1 and not beyond else None,
        last_page=Link(address(wanted.on_page(page.pages)), _("Gå til side %(page)s") % {"page": page.pages}) if beyond else None,
        dead_end=dead_end(wanted, looser, labels),
    )


def _with_query(route: str, wanted: SearchRequest) -> str:
    query = bare(wanted).to_query()
    return reverse(route) + (f"?{query}" if query else "")


def labels_of(found: FoundPage) -> Labels:
    """The labels of everything the hits can carry: a value of a hit always has a count."""
    return {(facet.name, value.value): value.label for facet in found.facets for value in facet.values}


def _facet(facet: LabelledFacet, wanted: SearchRequest) -> FacetView:
    numbers = tuple(_number(name, wanted) for name, place in NUMBERS_IN.items() if place == facet.name)
    chosen = sum(value.selected for value in facet.values) + sum(number.value is not None for number in numbers)
    branches = tuple(_branches(facet.values))
    return FacetView(
        facet=facet,
        branches=branches,
        numbers=numbers,
        chosen=chosen,
        unfolded=facet.name in OPEN_FACETS or chosen > 0,
        long=len(branches) > LONG,
    )


def _branches(values: Sequence[LabelledValue]) -> Iterator[Branch]:
    """Top values in their order, each with its children; a child whose parent is not shown stands alone."""
    tops = {value.value for value in values if "/" not in value.value}
    for value in values:
        if value.value in tops:
            yield Branch(value, tuple(other for other in values if other.value.startswith(f"{value.value}/")))
        elif value.value.partition("/")[0] not in tops:
            yield Branch(value, ())


def _number(name: str, wanted: SearchRequest) -> NumberField:
    if name == "group":
        return NumberField(name, _("Gruppe på"), _("personer"), wanted.bound(name))
    return NumberField(name, _("Minst") if name == "minutes_min" else _("Høyst"), _("minutter"), wanted.bound(name))


def _heading(total: int, page: int, pages: int) -> str:
    hits = ngettext("%(number)s treff", "%(number)s treff", total) % {"number": total}
    return _("%(hits)s · side %(page)s av %(pages)s") % {"hits": hits, "page": page, "pages": pages} if pages > 1 else hits


def _title(total: int, text: str) -> str:
    hits = ngettext("%(number)s treff", "%(number)s treff", total) % {"number": total}
    return _("%(hits)s for «%(text)s»") % {"hits": hits, "text": text} if text else hits


def _notes(found: FoundPage) -> Iterator[str]:
    page = found.page
    if page.phrases:
        yield _("Må stå samlet: %(phrases)s.") % {"phrases": _quoted(page.phrases)}
    if page.without:
        yield _("Uten: %(words)s.") % {"words": _quoted(page.without)}
    if page.total and page.stage == "any_word":
        yield _("Få eller ingen ressurser har alle ordene. Her er også treff med noen av dem.")
    if page.total and page.stage == "near":
        yield _("Få eller ingen ressurser har disse ordene. Her er også treff på ord som ligner.")
    if page.left_out:
        yield ngettext(
            "Vi søkte på de første 16 ordene. %(number)s ord er ikke med.",
            "Vi søkte på de første 16 ordene. %(number)s ord er ikke med.",
            page.left_out,
        ) % {"number": page.left_out}
    if page.fallback:
        yield _("Den vanlige søkemotoren svarer ikke akkurat nå. Treffene kommer fra reservesøket.")


def _quoted(some: Iterable[Sequence[str]]) -> str:
    return ", ".join(f"«{' '.join(one)}»" for one in some)


def _sorts(wanted: SearchRequest) -> Iterator[Link]:
    names = {"relevance": _("Mest relevant"), "newest": _("Nyest"), "shortest": _("Kortest"), "title": _("Tittel")}
    for name, text in names.items():
        yield Link(address(replace(wanted, sort=name, page=1)), text, name == wanted.sort)


def _pages(wanted: SearchRequest, pages: int) -> PageLinks:
    now = wanted.page
    return PageLinks(
        previous=address(wanted.on_page(now - 1)) if now > 1 else "",
        following=address(wanted.on_page(now + 1)) if now < pages else "",
        numbers=tuple(_numbers(wanted, now, pages)),
    )


def _numbers(wanted: SearchRequest, now: int, pages: int) -> Iterable[Link | None]:
    shown = sorted({1, pages, *(page for page in range(now - NEIGHBOURS, now + NEIGHBOURS + 1) if 1 <= page <= pages)})
    before = 0
    for number in shown:
        if number != before + 1:
            yield None
        yield Link(address(wanted.on_page(number)), str(number), number == now)
        before = number
