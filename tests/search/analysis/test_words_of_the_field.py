"""The field's words are known: their forms find each other, and so do compounds and their parts. Half of them nobody tuned on."""

from __future__ import annotations

import random
from typing import Any

import pytest

from resourcebank.management.slips import misspelt, slip
from tools import word_measures
from tools.word_measures import Compound, is_wrong, read_compound

HALVES = [0, 1]


@pytest.mark.parametrize("half", HALVES, ids=["seen", "not seen"])
def test_the_forms_of_a_noun_find_each_other(half: int) -> None:
    found: dict[str, Any] = word_measures.nouns_found(word_measures.nouns()[half])
    assert found["nouns"] == 30
    assert found["found"] >= 0.98, found["missed"]


@pytest.mark.parametrize("half", HALVES, ids=["seen", "not seen"])
def test_compounds_and_their_parts_find_each_other(half: int) -> None:
    found: dict[str, Any] = word_measures.compounds_found(word_measures.compounds()[half])
    assert found["compounds"] == 100
    assert min(found["part_finds_whole"], found["whole_finds_parts"]) >= 0.95, found["missed"]
    assert found["wrong_splits"] <= 0.02, found["wrong"]


def test_what_is_drawn_is_drawn_once_and_never_changes() -> None:
    for seen, unseen in (word_measures.nouns(), word_measures.compounds()):
        assert len({*seen, *unseen}) == len(seen) + len(unseen)
    assert word_measures.nouns() == word_measures.nouns()


def test_a_compound_may_be_cut_before_and_behind_its_linking_letter() -> None:
    assert read_compound("arbeid+s+liv") == Compound("arbeidsliv", ("arbeid", "liv"), (frozenset({6, 7}),))
    assert read_compound("fag+opplæring").cuts == (frozenset({3}),)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [(("karriere", "veiledning"), False), (("karriereveiledning",), False), ((), False), (("karriere", "veil", "edning"), True)],
)
def test_a_split_is_wrong_where_nothing_is_joined(parts: tuple[str, ...], wrong: bool) -> None:
    assert is_wrong(read_compound("karriere+veiledning"), parts) == wrong


@pytest.mark.parametrize("first", [True, False])
def test_a_slip_changes_a_word_where_it_should(first: bool) -> None:
    dice = random.Random(1)
    made = {slip("veileder", dice, first=first) for _ in range(200)}
    assert "veileder" not in made
    assert all(len(word) in {7, 8, 9} for word in made)
    assert first or {word[0] for word in made} == {"v"}


def test_a_question_has_one_slip_in_one_of_its_longer_words() -> None:
    dice = random.Random(2)
    made = [misspelt("er karriere", dice, "inside").split() for _ in range(50)]
    assert all(one == "er" and other != "karriere" for one, other in made)
