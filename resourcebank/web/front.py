"""What the front page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import FoundPage
from resourcebank.models import Term
from resourcebank.web import words
from resourcebank.web.addresses import search_url
from resourcebank.web.cards import CardView, Pair, card_view
from resourcebank.web.finder import labels_of

NEWEST = 4
"""How many new resources the front page shows."""


@dataclass(frozen=True, slots=True)
class PairLink:
    """A word pair as a way in."""

    pair: Pair
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class QuickChoice:
    """A search that fits a common situation; shown only when it has hits."""

    icon_template: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FrontView:
    """Everything `web/front.html` shows."""

    pairs: tuple[PairLink, ...]
    choices: tuple[QuickChoice, ...]
    cards: tuple[CardView, ...]


def front_view(found: FoundPage, terms: Iterable[Term]) -> FrontView:
    """The front page from one search for the newest, with all counts, and the terms of the word pairs."""
    language = words.interface_language()
    labels = labels_of(found)
    counts = {(facet.name, value.value): value.count for facet in found.facets for value in facet.values}
    pairs = [Pair(term.slug, term.label(language)) for term in terms if term.parent_id is None]
    return FrontView(
        pairs=tuple(PairLink(pair, search_url("word_pair", pair.slug), _count(counts.get(("word_pair", pair.slug), 0))) for pair in pairs),
        choices=tuple(
            QuickChoice(f"web/icons/{icon}.svg", text, search_url(facet, value))
            for icon, text, facet, value in _situations()
            if counts.get((facet, value))
        ),
        cards=tuple(card_view(card, labels) for card in found.cards),
    )


def _situations() -> tuple[tuple[str, str, str, str], ...]:
    """(icon, words, filter, value) for what counsellors ask for when the next conversation begins in five minutes."""
    return (
        ("clock", _("Inntil 10 minutter"), "duration", "up-to-10"),
        ("speech", _("Lite norsk"), "norwegian_level", "A2"),
        ("people", _("I gruppe"), "format", "group"),
        ("globe", _("Med tolk"), "needs", "works-with-interpreter"),
        ("sheet", _("Uten å skrive"), "needs", "no-writing"),
        ("bag", _("Ingen forberedelse"), "needs", "no-preparation"),
    )


def _count(number: int) -> str:
    return ngettext("%(number)s ressurs", "%(number)s ressurser", number) % {"number": number}
