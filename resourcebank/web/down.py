"""What is shown while no search engine answers: a way in that needs none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse

from resourcebank import selectors
from resourcebank.models import Term
from resourcebank.selectors import Card
from resourcebank.web import words
from resourcebank.web.cards import Pair

MOST = 200
"""How many resources are listed at most: enough to find a way, few enough to be quick."""


@dataclass(frozen=True, slots=True)
class Title:
    """A resource by its name alone."""

    url: str
    text: str
    language: str
    dir: str


@dataclass(frozen=True, slots=True)
class PairTitles:
    """A word pair and its resources."""

    pair: Pair
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class DownView:
    """The words that were asked for, the resources pair by pair, and those that have no pair."""

    text: str
    groups: tuple[PairTitles, ...]
    others: tuple[Title, ...]


def down_view(text: str = "") -> DownView:
    """The published resources as the database knows them, by their pairs."""
    language = words.interface_language()
    cards = selectors.published_cards(list(islice(selectors.published_ids(), MOST)), language)
    pairs = [term for term in selectors.terms("word_pair") if term.parent_id is None]
    groups = tuple(_group(term, cards, language) for term in pairs)
    return DownView(text, groups, tuple(_title(card) for card in cards if not card.terms.get("word_pair")))


def _group(term: Term, cards: Sequence[Card], language: str) -> PairTitles:
    own = (card for card in cards if any(slug.partition("/")[0] == term.slug for slug in card.terms.get("word_pair", ())))
    return PairTitles(Pair(term.slug, term.label(language)), tuple(_title(card) for card in own))


def _title(card: Card) -> Title:
    return Title(reverse("web:resource", args=[card.slug]), card.title, card.language, card.dir)
