"""What a person who is still typing may want: words the collection holds, and documents whose title has them. Nothing is remembered of
who typed what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis.completion import Completion, completions
from search.analysis.languages import group_of
from search.analysis.normalise import placed_words
from search.analysis.stems import stem
from search.engines.base import Engine
from search.index import Index
from search.plan import Plan
from search.schema import GROUPS
from search.searching import Asking, ask
from search.tree import Best, Bool, Node, Term
from search.wording import is_stop_word

SHORTEST = 2
"""How many letters must be typed of a word."""
MAX_WORDS = 8
_UNWANTED = re.compile(r"(?<!\S)-\S*$")
_WIDTH = 40
"""How many words may stand for one that is not finished: they hold nearly all that is written, and a letter more makes them fewer."""


@dataclass(frozen=True, slots=True)
class WordSuggestion:
    """A whole query with the last word finished, and how many documents it finds when all its words are wanted."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Queries, and the ids of documents by their titles, both with the likeliest first. `typed`: the words, in normal form."""

    typed: tuple[str, ...]
    words: tuple[WordSuggestion, ...]
    ids: tuple[str, ...]


def suggest(index: Index, text: str, *, language: str, most: int, titles: int, engines: Sequence[Engine] | None = None) -> Suggestions:
    """At most `most` queries and `titles` ids for a text whose last word may be unfinished. A word one wants to do without is not finished.
    Words of the field group of `language` come before all others.

    Raises SearchDown when no engine can answer.
    """
    placed = list(placed_words(text))
    typed = tuple(word for _, _, word in placed)
    if not typed or len(typed) > MAX_WORDS or len(typed[-1]) < SHORTEST:
        return Suggestions(typed, (), ())
    lead = text[: placed[-1][0]]
    if _UNWANTED.search(lead):
        return Suggestions(typed, (), ())
    return ask(index, lambda asking: _suggestions(lead, typed, group_of(language), most, titles, asking), engines=engines)


def _suggestions(lead: str, typed: tuple[str, ...], group: str, most: int, titles: int, asking: Asking) -> Suggestions:
    found = completions(typed[-1], asking.lexicon, most=_WIDTH, first=group)
    if not found:
        return Suggestions(typed, (), ())
    before = _before(lead, asking)
    offered = list(_different(found))[:most]
    totals = asking.view.totals([Bool((*before, _any_group(one.word, "text", "inside")), (), 0) for one in offered]).hits
    queries = [WordSuggestion(lead + one.word, count) for one, count in zip(offered, totals, strict=True) if count]
    titled = Bool((*(_any_group(word, "title") for word in typed[:-1] if not is_stop_word(word)), _unfinished(found)), (), 0)
    hits = asking.view.search(Plan(titled, titled, filters=(), facets=(), order=None, offset=0, limit=titles)).hits
    return Suggestions(typed, tuple(queries), tuple(document_id for document_id, _ in hits))


def _before(lead: str, asking: Asking) -> tuple[Node, ...]:
    """What the words before the last one want: as in the search for the whole, where stop words want nothing."""
    words = asking.read(lead)
    if words is None:
        return ()
    return (words.limits() if all(is_stop_word(word) for word in words.typed.words) else words.matching("all_words"),)


def _different(found: Sequence[Completion]) -> Iterator[Completion]:
    """Each word in its commonest form only."""
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.group, stem(one.word, one.group))
        if key not in seen and not is_stop_word(one.word):
            seen.add(key)
            yield one


def _any_group(word: str, *fields: str) -> Node:
    return Best(0.0, tuple(Term(f"{group}_{field}", stem(word, group), 1.0) for group in GROUPS for field in fields))


def _unfinished(found: Sequence[Completion]) -> Node:
    tokens = dict.fromkeys((f"{one.group}_title", stem(one.word, one.group)) for one in found)
    return Best(0.0, tuple(Term(field, token, 1.0) for field, token in tokens))
