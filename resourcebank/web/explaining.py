"""A page that explains a part of the framework: the short form first, more on demand, and the resources beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import FoundPage, Named, Names
from resourcebank.explanations import ETHICS, FORMS, OVERVIEW, Explanation, ExplanationText
from resourcebank.web import words
from resourcebank.web.addresses import explained_url, search_url
from resourcebank.web.cards import CardView, Pair, card_view
from resourcebank.web.finder import labels_of
from resourcebank.web.front import PairLink
from resourcebank.web.markup import blocks, one_line
from search.request import SearchRequest

SHOWN = 4
"""How many resources stand beside an explanation; the search behind them has the rest."""
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Switch:
    """A language form of the page."""

    url: str
    language: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source and what it shows."""

    title: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another page or search of the same part of the framework."""

    url: str
    label: str
    count: str
    working_title: bool
    current: bool


@dataclass(frozen=True, slots=True)
class NeighbourList:
    """Pages that belong together."""

    heading: str
    items: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of resource with its number, leading to the search."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The resources of a page: the newest, all counted by kind, and the search for all."""

    cards: tuple[CardView, ...]
    kinds: tuple[Counted, ...]
    all_url: str
    all_text: str


@dataclass(frozen=True, slots=True)
class ExplainedView:
    """Everything `web/explained.html` shows. `language` and `easy` are of the text, not of the page around it; `foreign` says that the
    text is in another language than the page. `beside` is None on a page without resources of its own or while search is down."""

    title: str
    section: str
    language: str
    easy: bool
    foreign: bool
    english_name: str
    working_title: bool
    summary: SafeString
    short: SafeString
    more: SafeString
    hear_heading: str
    hear: tuple[SafeString, ...]
    ask_heading: str
    ask: tuple[SafeString, ...]
    known: SafeString
    sources: tuple[SourceView, ...]
    switches: tuple[Switch, ...]
    pair: Pair | None
    above_url: str
    ring: tuple[PairLink, ...]
    lists: tuple[NeighbourList, ...]
    beside: Beside | None
    down: bool


def wanted_beside(page: Explanation, known: Names, facets: Sequence[str]) -> SearchRequest:
    """The search for the resources of a page, with the counts its lists show."""
    vocabulary, slug = page.term or ("ethics", "")
    if page.place == OVERVIEW:
        return SearchRequest(facets=tuple(facets), sort="newest", page_size=1)
    values = (slug,) if slug else tuple(named.slug for named in _ordered(known, vocabulary, depth=0))
    return SearchRequest(filters=((vocabulary, values),), facets=tuple(facets), sort="newest", page_size=SHOWN)


def explained_view(page: Explanation, code: str, found: FoundPage | None, known: Names) -> ExplainedView | None:
    """The page in a language form: the asked-for `code`, or that of the interface language. None when there is no such form.

    `found` is the answer to `wanted_beside`, None when no search engine answers.
    """
    interface = words.interface_language()
    text = page.texts.get(code or (interface if interface in FORMS else "nb"))
    if text is None:
        return None
    named = known.values.get(page.term[0], {}).get(page.term[1]) if page.term else None
    counts = _counts(found)
    section = page.place.partition("/")[0]
    pair = _pair(page, known, interface)
    return ExplainedView(
        title=text.said("title"),
        section=section,
        language=text.language,
        easy=words.easy_read(text.language, text.level),
        foreign=text.language != interface,
        english_name=named.label("en") if named and interface == "en" else "",
        working_title=bool(named and not named.confirmed),
        summary=one_line(text.said("summary")),
        short=blocks(text.text("short")),
        more=blocks(text.text("more")),
        hear_heading=_("Slik merker du det") if section in ("standard", "kvalitet") else _("Slik kan det høres ut"),
        hear=tuple(one_line(point) for point in text.points("hear")),
        ask_heading=_("Spør gjerne om") if section == "ordpar" and not text.level else _("Spørsmål å tenke på"),
        ask=tuple(one_line(point) for point in text.points("ask")),
        known=blocks(text.text("known")),
        sources=tuple(SourceView(source.title, source.address, source.note.get(text.language, "")) for source in page.sources),
        switches=tuple(_switches(page, text)),
        pair=pair,
        above_url=explained_url("word_pair", pair.slug) if pair and page.term and "/" in page.term[1] else "",
        ring=tuple(_ring(known, counts, interface)) if page.place == OVERVIEW else (),
        lists=tuple(_lists(page, known, counts, interface)),
        beside=_beside(found) if found and page.place != OVERVIEW else None,
        down=found is None,
    )


def place_url(page: Explanation) -> str:
    """The address of a page."""
    if page.term:
        return explained_url(*page.term)
    return reverse("web:ethics" if page.place == ETHICS else "web:framework")


def _switches(page: Explanation, chosen: ExplanationText) -> Iterator[Switch]:
    names = dict(settings.LANGUAGES)
    for code, text in page.texts.items():
        level = words.level_name(text.language, text.level)
        name = f"{names[text.language]}, {level}" if level else names[text.language]
        yield Switch(f"{place_url(page)}?form={code}", text.language, name, text is chosen)


def _pair(page: Explanation, known: Names, language: str) -> Pair | None:
    if not page.term or page.term[0] != "word_pair":
        return None
    slug = page.term[1].partition("/")[0]
    named = known.values.get("word_pair", {}).get(slug)
    return Pair(slug, named.label(language) if named else slug)


def _ordered(known: Names, vocabulary: str, *, depth: int) -> list[Named]:
    values = known.values.get(vocabulary, {}).values()
    return sorted((named for named in values if named.active and named.depth == depth), key=lambda named: named.place)


def _counts(found: FoundPage | None) -> Counts:
    return {(facet.name, value.value): value.count for facet in found.facets for value in facet.values} if found else {}


def _ring(known: Names, counts: Counts, language: str) -> Iterator[PairLink]:
    for named in _ordered(known, "word_pair", depth=0):
        number = counts.get(("word_pair", named.slug))
        yield PairLink(Pair(named.slug, named.label(language)), explained_url("word_pair", named.slug), _number(number))


def _lists(page: Explanation, known: Names, counts: Counts, language: str) -> Iterator[NeighbourList]:
    def listed(heading: str, vocabulary: str, values: Sequence[Named], *, search: bool = False) -> NeighbourList:
        items = []
        for named in values:
            url = search_url(vocabulary, named.slug) if search else explained_url(vocabulary, named.slug)
            number = _number(counts.get((vocabulary, named.slug)))
            current = page.term == (vocabulary, named.slug)
            items.append(Neighbour(url, named.label(language), number, not named.confirmed, current))
        return NeighbourList(heading, tuple(items))

    vocabulary, slug = page.term or ("", "")
    if vocabulary == "word_pair":
        above = slug.partition("/")[0]
        inside = [named for named in _ordered(known, vocabulary, depth=1) if named.slug.startswith(f"{above}/")]
        yield listed(_("De to ordene"), vocabulary, inside)
        yield listed(_("De fem ordparene"), vocabulary, _ordered(known, vocabulary, depth=0))
    if vocabulary == "competence" or page.place == OVERVIEW:
        yield listed(_("Sju kompetanseområder"), "competence", _ordered(known, "competence", depth=0))
    if vocabulary == "quality_area" or page.place == OVERVIEW:
        yield listed(_("Sju innsatsområder for kvalitet"), "quality_area", _ordered(known, "quality_area", depth=0))
    if page.place == OVERVIEW:
        yield NeighbourList(_("Etikk"), (Neighbour(reverse("web:ethics"), _("Tolv retningslinjer i tre kategorier"), "", False, False),))
    if page.place == ETHICS:
        yield listed(_("Ressurser til de tre kategoriene"), "ethics", _ordered(known, "ethics", depth=0), search=True)


def _beside(found: FoundPage) -> Beside:
    labels = labels_of(found)
    total = found.page.total
    base = _search_of(found.page.request)
    kinds = next((facet.values for facet in found.facets if facet.name == "kind"), ())
    return Beside(
        cards=tuple(card_view(card, labels) for card in found.cards),
        kinds=tuple(Counted(f"{base}&kind={value.value}", f"{value.label} ({value.count})") for value in kinds if value.count),
        all_url=base,
        all_text=ngettext("Se %(number)d ressurs", "Se alle %(number)d ressursene", total) % {"number": total},
    )


def _search_of(request: SearchRequest) -> str:
    pairs = "&".join(f"{name}={value}" for name, values in request.filters for value in values)
    return f"{reverse('web:search')}?{pairs}"


def _number(number: int | None) -> str:
    return "" if number is None else ngettext("%(number)s ressurs", "%(number)s ressurser", number) % {"number": number}
