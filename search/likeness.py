"""Documents like another: those that share its telling words. Worked out from its text, so both engines answer alike."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from search.analysis import Lexicon, document_words
from search.analysis.stems import stem
from search.engines.base import Engine
from search.index import Document, Index
from search.plan import Plan
from search.schema import GROUPS
from search.searching import Asking, ask
from search.tree import Bool, Node, Term
from search.wording import is_stop_word

_TELLING, _SHARED = 30, 5
"""How many words stand for a document, and one in how many must be shared."""
_SHORTEST = 3


def documents_like(index: Index, document: Document, *, most: int, engines: Sequence[Engine] | None = None) -> tuple[str, ...]:
    """The ids of at most `most` documents, the likest first, itself not among them. Raises SearchDown when no engine can answer."""
    return ask(index, lambda asking: _likest(document, most, asking), engines=engines)


def _likest(document: Document, most: int, asking: Asking) -> tuple[str, ...]:
    query = likeness_query(document, asking.lexicon)
    if query is None:
        return ()
    found = asking.view.search(Plan(query, query, filters=(), facets=(), order=None, offset=0, limit=most + 1))
    return tuple(document_id for document_id, _ in found.hits if document_id != document.id)[:most]


def likeness_query(document: Document, lexicon: Lexicon) -> Node | None:
    """Documents with a fifth of the thirty most telling words; None when the document shares no word with any other.

    A word tells the more the oftener it stands here and the rarer it is in all texts (tf-idf over the lexicon's counts; the logarithm
    keeps a word that is repeated from drowning the rest). Words that stand nowhere else tell nothing about others.
    """
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for group in GROUPS:
        counts = lexicon.counts[group]
        every = sum(counts.values())
        own = Counter(word for g, words in document_words(document) if g == group for word in words)
        for word, times in own.items():
            others = counts.get(word, 0) - times
            if others > 0 and len(word) >= _SHORTEST and word.isalpha() and not is_stop_word(word):
                weights[f"{group}_text", stem(word, group)] += (1 + math.log(times)) * math.log(every / others)
    telling = [Term(field, token, 1.0) for (field, token), _ in sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:_TELLING]]
    return Bool((), tuple(telling), max(1, len(telling) // _SHARED)) if telling else None
