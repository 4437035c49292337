"""What is shown while no search engine answers: a way in that needs none."""

from __future__ import annotations

from dataclasses import dataclass

from resourcebank import selectors
from resourcebank.web import words
from resourcebank.web.cards import Pair


@dataclass(frozen=True, slots=True)
class DownView:
    """The words that were asked for, and the pairs with their resources."""

    text: str
    pairs: tuple[Pair, ...]


def down_view(text: str = "") -> DownView:
    """The pairs as the database knows them."""
    language = words.interface_language()
    terms = selectors.terms("word_pair")
    return DownView(text, tuple(Pair(term.slug, term.label(language)) for term in terms if term.parent_id is None))
