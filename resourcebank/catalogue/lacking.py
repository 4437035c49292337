"""What a search found nothing for, taken apart into what may be counted without pointing at anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from resourcebank.catalogue.documents import CATALOGUE
from search.analysis import Lexicon
from search.analysis.typed import read_typed
from search.engines.configured import embedded
from search.errors import EngineUnavailable
from search.lexicons import shelf_of
from search.request import SearchPage, SearchRequest
from search.wording import is_stop_word

MOST_DIGITS = 4
"""A text with more may hold a telephone number or a date of birth beside a name: nothing of it is taken."""
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Lacking:
    """The words of a search in normal form, those the bank's own texts have and the others; and the chosen (facet, value) pairs."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known or self.unknown or self.chosen)


def unmet(page: SearchPage) -> Lacking:
    """What the bank had nothing for: all of a search without a hit; of one with hits on words that look alike, the words nobody wrote."""
    if page.request.page > 1 or (page.total and page.stage != "near"):
        return Lacking()
    found = lacking(page.request)
    return replace(found, known=(), chosen=()) if page.total else found


def lacking(request: SearchRequest) -> Lacking:
    """What a search asked for. Neither words with digits, nor small words, nor words that were to be left out. Of a text that may point
    at a person nothing but the filters."""
    kept = _words(request.text)
    lexicon = _lexicon() if kept else None
    known = tuple(word for word in kept if lexicon and lexicon.groups_with(word))
    chosen = tuple((facet, value) for facet, values in request.filters for value in values)
    return Lacking(known, tuple(word for word in kept if word not in known), chosen)


def _words(text: str) -> list[str]:
    if "@" in text or sum(char.isdigit() for char in text) > MOST_DIGITS:
        return []
    typed = read_typed(text)
    every = [*typed.words, *(word for phrase in typed.phrases for word in phrase)]
    telling = (word for word in every if len(word) > 1 and not is_stop_word(word) and not any(char.isdigit() for char in word))
    return list(dict.fromkeys(telling))[:MOST_WORDS]


def _lexicon() -> Lexicon | None:
    """The words of the texts as the embedded index knows them, which is always kept; None (nothing is known) while it cannot be read."""
    try:
        return shelf_of(CATALOGUE.name).get(embedded(CATALOGUE.name).view(CATALOGUE.schema).about.lexicon)
    except EngineUnavailable:
        return None
