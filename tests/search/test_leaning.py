"""Which side a search leans to, from the scores of the best titles on either side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import wording
from search.analysis import Lexicon
from search.analysis.thesaurus import thesaurus_with
from search.leaning import FOREMOST, lean, titles_by_side
from search.tree import Bool, Side

SIDES = ("use", "colleagues")
LEXICON = Lexicon.from_words([("no", ["team", "flaks", "plan"])])
positive = st.lists(st.floats(0.01, 100), max_size=FOREMOST)


@pytest.mark.parametrize(
    ("having", "lacking", "there", "boost"),
    [
        ((8.0, 4.0), (), True, 3.2),
        ((), (5.0,), False, 2.0),
        ((6.0,), (2.0,), True, 1.2),  # three quarters of the scores are on one side: half of what all would be
        ((8.0, 4.0, 3.0, 2.0), (9.0, 1.0), True, 3.6 * 8 / 26),  # the five best only: 17 of 26, which is 8 of 26 more than the others
    ],
)
def test_it_leans_as_far_as_the_best_titles_agree(having: tuple[float, ...], lacking: tuple[float, ...], there: bool, boost: float) -> None:
    leant = lean((having, lacking), SIDES)
    assert leant
    assert leant[:3] == ("use", "colleagues", there)
    assert leant.boost == pytest.approx(boost)


@pytest.mark.parametrize("scores", [(), ((), ()), ((3.0,), (3.0,)), ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0))])
def test_it_does_not_lean_when_the_titles_tell_nothing(scores: tuple[tuple[float, ...], ...]) -> None:
    assert lean(scores, SIDES) is None


@given(positive, positive)
def test_it_leans_no_further_than_a_part_of_the_best_title_and_the_same_on_every_scale(having: list[float], lacking: list[float]) -> None:
    leant = lean((having, lacking), SIDES)
    if leant:
        assert 0 < leant.boost <= 0.4 * max(*having, *lacking, 0, 0) * 1.000001
        other, turned = lean(([2.2 * score for score in having], [2.2 * score for score in lacking]), SIDES), lean((lacking, having), SIDES)
        assert other
        assert turned
        assert (other.there, turned.there) == (leant.there, not leant.there)
        assert other.boost == pytest.approx(2.2 * leant.boost)
        assert turned.boost == pytest.approx(leant.boost)


def test_titles_are_asked_for_once_on_each_side_and_not_at_all_without_words() -> None:
    made, phrase = wording.read("team flaks", LEXICON, thesaurus_with()), wording.read('"team flaks"', LEXICON, thesaurus_with())
    assert made
    assert phrase
    having, lacking = titles_by_side(made, SIDES)
    assert isinstance(having, Bool)
    assert isinstance(lacking, Bool)
    assert having.must[0] == lacking.must[0]
    assert (having.must[1], lacking.must[1]) == (Side(*SIDES, True, 0.0), Side(*SIDES, False, 0.0))
    assert titles_by_side(phrase, SIDES) == ()
