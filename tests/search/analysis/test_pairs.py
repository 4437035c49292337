"""Bokmål and nynorsk words stand for each other."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from search.analysis import sort_key, words
from search.analysis.stems import norwegian
from search.analysis.tables import tables
from search.analysis.thesaurus import thesaurus_with
from tests.search.collection import Collection, a_document

PAIRS = tables().pairs


def test_there_are_fifteen_hundred_pairs_or_more() -> None:
    assert len(PAIRS) >= 1500
    assert [word for word, count in Counter(pair[0] for pair in PAIRS).items() if count > 1] == []


def test_pairs_stand_in_alphabetical_order() -> None:
    firsts = [pair[0] for pair in PAIRS]
    assert firsts == sorted(firsts, key=lambda word: (sort_key(word), word))


def test_every_word_of_a_pair_is_one_word_in_normal_form() -> None:
    assert [word for word in chain.from_iterable(PAIRS) if words(word) != [word]] == []


def test_the_words_of_a_pair_have_different_stems() -> None:
    assert [pair for pair in PAIRS if norwegian(pair[0]) in {norwegian(other) for other in pair[1:]}] == []


def test_no_pair_holds_a_word_that_is_left_out_of_queries() -> None:
    assert [pair for pair in PAIRS if tables().stop_words["no"].intersection(pair)] == []


def test_both_words_of_a_pair_stand_for_each_other() -> None:
    stems_of = thesaurus_with().stems_of
    stems = [(norwegian(pair[0]), norwegian(other)) for pair in PAIRS for other in pair[1:]]
    assert [(a, b) for a, b in stems if b not in stems_of(a) or a not in stems_of(b)] == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("sykmeldingen", "sjukmelding"),
        ("kvardagane", "hverdag"),
        ("forskjeller", "skilnaden"),
        ("tilhøve", "forholdet"),
        ("ulukker", "ulykke"),
    ],
)
def test_any_form_finds_texts_in_the_other_language_form(collection: Collection, typed: str, written: str) -> None:
    collection.fill([a_document(str(n), "", f"{written} {n}") for n in range(4)])
    assert collection.ask(typed, facets=()).total == 4
