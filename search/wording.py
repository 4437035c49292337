"""The words of a query against one lexicon: what stands for each, what must be there as typed, what must not, for every stage.

The weights and stages were measured on Norwegian test sets (docs/search.md); change one only with a better figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.analysis.highlight import exact_mark, phrase_mark, stem_mark
from search.analysis.lexicon import Lexicon
from search.analysis.normalise import fold
from search.analysis.stems import stem
from search.analysis.tables import stop_words
from search.analysis.thesaurus import Thesaurus
from search.analysis.tokens import grams
from search.analysis.typed import Typed, Words, read_typed
from search.request import Stage
from search.schema import GROUPS, TEXTS
from search.tree import Best, Bool, Node, Phrase, Term, leaves

MAX_LEAVES = 900
"""OpenSearch answers HTTP 500 above 1,024 leaves in one tree."""
STAGES: tuple[Stage, ...] = ("all_words", "any_word", "near")
_TIE, _SYNONYM, _SPLIT, _NEAR, _DOUBTED = 0.3, 0.5, 0.25, (0.95, 0.6), 0.6
_NEIGHBOURS = {"text": 0.5, "title": 1.0}
_WEIGHT = {text.name: text.boost for text in TEXTS}
_WORD_FIELDS = tuple((name, _WEIGHT[name]) for name in ("text", "title", "inside", "exact"))


@dataclass(frozen=True, slots=True)
class Wording:
    """A query worked out: a tree for every stage, and what to mark in texts.

    `groups` has one node for each telling word; `wanted` holds in every stage, and so does that nothing of `unwanted` is there. `phrases`
    and `doubted` only add to the score: neighbours, and what a word that nobody wrote just so may have been meant as.
    """

    typed: Typed
    groups: tuple[Node, ...]
    bare_groups: tuple[Node, ...]
    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...]
    phrases: tuple[Phrase, ...]
    doubted: tuple[Node, ...]
    gram_terms: tuple[Node, ...]
    marks: frozenset[str]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages there are: a phrase cannot be taken more loosely, and where nothing is looked for there is none."""
        return STAGES if self.groups else STAGES[:1] if self.wanted else ()

    def tree(self, stage: Stage) -> Node:
        """The scored tree of a stage."""
        extras = (*self.gram_terms, *self.phrases, *self.doubted)
        core = Bool((), self.groups, self._least(stage))
        if stage == "near":
            return self._bound(Bool((), (core, *extras), 1))
        return Bool((core, *self.wanted) if self.groups else self.wanted, extras, 0, self.unwanted)

    def matching(self, stage: Stage) -> Node:
        """A smaller tree with the same set of documents: for totals and counts."""
        core = Bool((), self.bare_groups, self._least(stage))
        if not self.groups:
            return self.limits()
        return self._bound(Bool((), (core, *self.gram_terms), 1) if stage == "near" else core)

    def limits(self) -> Node:
        """What holds whatever the stage: the phrases, and what must not be there."""
        return Bool(self.wanted, (), 0, self.unwanted)

    def _bound(self, core: Bool) -> Node:
        return Bool((core, *self.wanted), (), 0, self.unwanted) if self.wanted or self.unwanted else core

    def _least(self, stage: Stage) -> int:
        many = len(self.groups)
        return 1 if stage != "all_words" else many if many <= 2 else math.ceil(many * 3 / 4)


def enough(stage: Stage, total: int, *, size: int) -> bool:
    """Does a stage answer, given its hits before any filter and the size of the index?"""
    few, page, share = 3, 20, 10
    if stage == "all_words":
        return total >= max(few, min(page, size // share))
    return stage == "near" or total >= few


def read(text: str, lexicon: Lexicon, thesaurus: Thesaurus) -> Wording | None:
    """What a text asks for; None when it has no words at all."""
    typed = read_typed(text)
    if not (typed.words or typed.phrases or typed.without or typed.left_out):
        return None
    meant = _spelt(typed, lexicon)
    telling = telling_words(meant)
    joined = _joined(meant.words, lexicon)
    alternatives = [_Alternatives(word, lexicon, thesaurus, joined.get(word, ())) for word in telling]
    wanted = tuple(_as_typed(phrase, lexicon) for phrase in meant.phrases)
    unwanted = tuple(node for some in meant.without for node in _places(some, ("text", "inside"), GROUPS))
    phrases = tuple(_neighbours(meant.words, lexicon))
    room = MAX_LEAVES - sum(leaves(node) for node in (*phrases, *wanted, *unwanted))
    groups = _within(alternatives, room)
    room -= sum(leaves(group) for group in groups)
    doubted = tuple(_doubted(telling, lexicon, room))
    room -= sum(leaves(node) for node in doubted)
    marks = {mark for a in alternatives for mark in a.marks()}
    marks |= {phrase_mark(phrase, group) for phrase in meant.phrases for group in GROUPS}
    return Wording(
        typed=typed,
        groups=groups,
        bare_groups=tuple(a.bare() for a in alternatives),
        wanted=wanted,
        unwanted=unwanted,
        phrases=phrases,
        doubted=doubted,
        gram_terms=tuple(_gram_terms(alternatives))[: max(0, room)],
        marks=frozenset(marks),
    )


def _joined(typed: Words, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Word -> the compounds of the collection that it makes with a neighbour: what is written apart may be meant as one.

    Not with a stop word: «for eldre» is not «foreldre».
    """
    found: dict[str, dict[str, None]] = {}
    for pair in pairwise(typed):
        if any(is_stop_word(word) for word in pair):
            continue
        whole = [word for link in ("", "s", "e") if (word := link.join(pair)) in lexicon.counts["no"]]
        for word in pair:
            found.setdefault(word, {}).update(dict.fromkeys(whole))
    return {word: tuple(compounds) for word, compounds in found.items()}


def _spelt(typed: Typed, lexicon: Lexicon) -> Typed:
    """The query with its words as the collection writes them, where å, æ and ø were left out."""

    def spelt(some: Words) -> Words:
        return tuple(lexicon.spelt(word) for word in some)

    return replace(typed, words=spelt(typed.words), phrases=tuple(map(spelt, typed.phrases)), without=tuple(map(spelt, typed.without)))


def telling_words(typed: Typed) -> list[str]:
    """The loose words that are looked for, each once: without stop words, unless they are all there is."""
    telling = [word for word in typed.words if not is_stop_word(word)]
    return list(dict.fromkeys(telling or ([] if typed.phrases else typed.words)))


class _Alternatives:
    """Everything one typed word may stand for, in the order in which it is given up when the tree grows too large."""

    def __init__(self, word: str, lexicon: Lexicon, thesaurus: Thesaurus, compounds: Sequence[str] = ()) -> None:
        self.word = word
        self.homes = lexicon.groups_with(word)
        others = [g for g in ("en", "other") if g in self.homes]
        self.own = _forms(word, "no", 1.0)
        self.foreign = [term for group in others for term in _forms(word, group, 1.0)]
        self.compounds = compounds
        self.joined = [term for compound in compounds for term in _forms(compound, "no", 1.0)]
        parts = lexicon.split(word)
        self.parts = [Bool(tuple(_part(p) for p in parts), (), 0)] if parts else []
        self.synonym_stems = thesaurus.stems_of(stem(word, "no"))
        self.synonyms = [Term(f"no_{field}", token, _SYNONYM * boost) for token in self.synonym_stems for field, boost in _WORD_FIELDS[:3]]
        self.nearby = near_words(word, lexicon)
        self.near = [term for group, edits, w in self.nearby for term in _forms(w, group, _NEAR[edits - 1])]
        self.given_up: set[str] = set()

    def _kept(self) -> Iterator[Node]:
        yield from self.own
        for name in ("foreign", "parts", "joined", "synonyms", "near"):
            if name not in self.given_up:
                yield from getattr(self, name)

    def node(self) -> Node:
        return Best(_TIE, tuple(self._kept()))

    def bare(self) -> Node:
        """The alternatives that can add a document: a title's words stand in the text too."""
        return Best(0.0, tuple(n for n in self._kept() if not (isinstance(n, Term) and n.field.endswith("_title"))))

    def marks(self) -> Iterator[str]:
        yield exact_mark(self.word)
        for group in ("no", *self.homes):
            yield stem_mark(self.word, group)
        yield from (stem_mark(compound, "no") for compound in self.compounds)
        yield from (f"no:{token}" for token in self.synonym_stems)
        yield from (stem_mark(near, group) for group, _, near in self.nearby)


def near_words(word: str, lexicon: Lexicon) -> list[tuple[str, int, str]]:
    """(group, edits, word): what a word that no group knows may have been meant as."""
    if lexicon.groups_with(word):
        return []
    return [(group, edits, near) for group in GROUPS for edits, near in lexicon.near(word, group)]


def _doubted(telling: Sequence[str], lexicon: Lexicon, room: int) -> Iterator[Node]:
    """For each word that only its stem makes known, the words one slip away, while there is room: `feret` may be a form of `fer`, or mean
    `feiret`."""
    for word in telling:
        if lexicon.is_written(word) or not lexicon.groups_with(word):
            continue
        near = [(group, other) for group in GROUPS for edits, other in lexicon.near(word, group) if edits == 1]
        others = [(group, other) for group, other in near if stem(other, group) != stem(word, group)]
        terms = tuple(term for group, other in others for term in _forms(other, group, _DOUBTED))
        if terms and len(terms) <= room:
            room -= len(terms)
            yield Best(_TIE, terms)


def _within(alternatives: Sequence[_Alternatives], room: int) -> tuple[Node, ...]:
    """The groups of all words, with near words, synonyms, compounds, their parts and other languages given up until they fit."""
    groups = tuple(a.node() for a in alternatives)
    for name in ("near", "synonyms", "joined", "parts", "foreign"):
        if sum(leaves(group) for group in groups) <= room:
            break
        for a in alternatives:
            a.given_up.add(name)
        groups = tuple(a.node() for a in alternatives)
    return groups


def _forms(word: str, group: str, weight: float) -> list[Term]:
    fields = [
        Term(f"{group}_{field}", fold(word) if field == "exact" else stem(word, group), weight * boost) for field, boost in _WORD_FIELDS
    ]
    return [*fields, Term("no_parts", stem(word, "no"), weight * _WEIGHT["parts"])] if group == "no" and weight == 1.0 else fields


def _part(part: str) -> Node:
    token = stem(part, "no")
    return Best(0.1, (Term("no_text", token, _SPLIT), Term("no_parts", token, _SPLIT)))


def is_stop_word(word: str) -> bool:
    """Is the word dropped from queries that have others?"""
    lists = stop_words()
    return word in lists["no"] or word in lists["en"]


def _as_typed(phrase: Words, lexicon: Lexicon) -> Node:
    """The words of a phrase side by side, in any form, in the text, the title or what is inside of one group that knows them all."""
    others = [group for group in ("en", "other") if all(lexicon.has(word, group) for word in phrase)]
    return Best(_TIE, tuple(_places(phrase, ("text", "title", "inside"), ["no", *others])))


def _places(some: Words, fields: Sequence[str], groups: Sequence[str]) -> Iterator[Node]:
    for group in groups:
        tokens = tuple(stem(word, group) for word in some)
        for name in fields:
            field, boost = f"{group}_{name}", _WEIGHT[name]
            yield Phrase(field, tokens, boost) if len(tokens) > 1 else Term(field, tokens[0], boost)


def _gram_terms(alternatives: Sequence[_Alternatives]) -> Iterator[Term]:
    """The grams of each word in Norwegian and in the groups that know it; of a word nobody knows, in every group."""
    for group in GROUPS:
        words = [a.word for a in alternatives if group == "no" or group in a.homes or not a.homes]
        words += [a.nearby[0][2] for a in alternatives if a.nearby and a.nearby[0][0] == group]
        yield from (Term(f"{group}_gram", gram, _WEIGHT["gram"]) for gram in dict.fromkeys(gram for word in words for gram in grams(word)))


def _neighbours(typed: Sequence[str], lexicon: Lexicon) -> Iterator[Phrase]:
    """Neighbours as typed, and those that only stop words part; in another group only when it knows both words.

    Two stop words side by side say something in a title alone, where «for mye å gjøre» may stand; in a text they are everywhere.
    """
    telling = [word for word in typed if not is_stop_word(word)]
    for a, b in dict.fromkeys((*pairwise(typed), *pairwise(telling))):
        fields = ("title",) if is_stop_word(a) and is_stop_word(b) else ("text", "title")
        for group in GROUPS:
            if group == "no" or (lexicon.has(a, group) and lexicon.has(b, group)):
                tokens = (stem(a, group), stem(b, group))
                yield from (Phrase(f"{group}_{name}", tokens, _NEIGHBOURS[name]) for name in fields)
