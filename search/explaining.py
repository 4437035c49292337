"""How each word of a query is understood: what it becomes, what stands for it, and who knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis.normalise import fold
from search.analysis.spelling import meant_word
from search.analysis.stems import stem
from search.analysis.thesaurus import Synonym
from search.analysis.tokens import grams
from search.analysis.typed import Typed, read_typed
from search.engines.base import Engine
from search.index import Index
from search.schema import GROUPS
from search.searching import Asking, ask
from search.wording import is_stop_word, near_words, telling_words


@dataclass(frozen=True, slots=True)
class WordExplained:
    """One word in normal form. `stems`: its stem in each field group; `known_in`: the groups whose texts hold a form of it; `grams`: how
    many pieces of four letters; `near`: (group, slips, word) looked for in its place; `meant`: what a misspelt one is taken for.

    `looked_for`: false for a stop word that others made needless.
    """

    word: str
    folded: str
    stems: dict[str, str]
    known_in: tuple[str, ...]
    parts: tuple[str, ...]
    grams: int
    synonyms: tuple[Synonym, ...]
    near: tuple[tuple[str, int, str], ...]
    meant: str | None
    stop_word: bool
    looked_for: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query as it is read, and each of its words once, those of phrases and exclusions too."""

    typed: Typed
    words: tuple[WordExplained, ...]


def explain(index: Index, text: str, *, engines: Sequence[Engine] | None = None) -> Explanation:
    """Explain a query against the index that answers. Raises SearchDown when none can."""
    return ask(index, lambda asking: _explanation(text, asking), engines=engines)


def _explanation(text: str, asking: Asking) -> Explanation:
    typed = read_typed(text)
    needed = {*telling_words(typed), *(word for some in (*typed.phrases, *typed.without) for word in some)}
    every = dict.fromkeys((*typed.words, *(word for some in (*typed.phrases, *typed.without) for word in some)))
    return Explanation(typed, tuple(_word(word, asking, looked_for=word in needed) for word in every))


def _word(word: str, asking: Asking, *, looked_for: bool) -> WordExplained:
    lexicon = asking.lexicon
    read_as = lexicon.spelt(word)
    return WordExplained(
        word=word,
        folded=fold(read_as),
        stems={group: stem(read_as, group) for group in GROUPS},
        known_in=lexicon.groups_with(read_as),
        parts=lexicon.split(read_as),
        grams=len(grams(read_as)),
        synonyms=asking.thesaurus.of(stem(read_as, "no")),
        near=tuple(near_words(read_as, lexicon)),
        meant=meant_word(word, lexicon, asking.thesaurus),
        stop_word=is_stop_word(word),
        looked_for=looked_for,
    )
