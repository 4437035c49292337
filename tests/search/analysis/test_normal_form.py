"""One normal form for every text, whatever it is made of."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import normal, words
from search.analysis.normalise import MAX_WORD, fold, placed_words
from tests.search.analysis.texts import anything

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


@given(anything)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(anything)
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    composed, decomposed = (words(unicodedata.normalize(form, text)) for form in FORMS)
    assert composed == decomposed == words(text)


@given(anything)
def test_words_hold_no_space_no_sign_without_sound_and_at_most_sixty_letters(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= MAX_WORD
        assert word == "".join(word.split())
        assert not set(word) & {"\u00ad", "\u200b", "\u200f", "\u202e", "\ufeff", "\x00", "_"}
        word.encode()


@given(anything)
def test_words_of_words_are_the_same_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(anything)
def test_folding_twice_folds_no_further_and_leaves_a_word(text: str) -> None:
    for word in words(text):
        folded = fold(word)
        assert folded
        assert folded == "".join(folded.split())
        assert fold(normal(folded)) == folded


@given(anything)
@example("s\u00adø\u0301ker")
def test_places_of_words_are_within_the_text_apart_and_in_order(text: str) -> None:
    end = 0
    for start, stop, word in placed_words(text):
        assert end <= start < stop <= len(text)
        assert word
        end = stop


@given(
    st.sampled_from(FORMS),
    st.lists(st.sampled_from(["Ærlig", "sø\u00adker", "Å", "l’été", "’fire’", "المِهْنة", "øvings-bank", "2026"]), max_size=6),
)
def test_a_placed_word_is_the_word_that_stands_there(form: Literal["NFC", "NFD"], pieces: list[str]) -> None:
    text = unicodedata.normalize(form, " … ".join(pieces))
    assert [word for _, _, word in placed_words(text)] == words(text)
    assert all(normal(text[start:stop]) == word for start, stop, word in placed_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire stoler: «Velg!»", ["fire", "stoler", "velg"]),
        ("karriere\u00adveiledning", ["karriereveiledning"]),
        ("A\u030agot o\u0308l", ["ågot", "öl"]),
        ("øvings-bank, 15–20 min", ["øvings", "bank", "15", "20", "min"]),
        ("d'accord l’été 'sitat'", ["d'accord", "l'été", "sitat"]),
        ("\u202bالمِهْنة\u202c", ["المِهْنة"]),
        ("sno\ud800w", ["snow"]),
        ("snake_case __", ["snake", "case"]),
        ("x" * 100, ["x" * 60]),
        ("Samtale 1-1 eller 1:1, 1–1; 11:1 og 2-3", ["samtale", "1-1", "eller", "1-1", "1-1", "11", "1", "og", "2", "3"]),
        ("NAV’s IMDi`s CV, A2/B1 og UH-sektoren", ["nav's", "imdi's", "cv", "a2", "b1", "og", "uh", "sektoren"]),
        ("🙂 valg 👩‍🎓 …!?", ["valg"]),
        ("مهـــنة ـ", ["مهنة"]),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("soker", "søker"),
        ("forde", "førde"),
        ("kare", "kåre"),
        ("aerlig", "aerlig"),
        ("arlig", "ærlig"),
        ("ol", "öl"),
        ("cafe", "café"),
        ("مهنة", "مِهْنة"),
        ("o", "ǿ"),
        ("lodz", "łódź"),
        ("strasse", "straße"),
        ("иод", "йод"),
        ("ежик", "ёжик"),
        ("обов'язок", "обовʼязок"),
        ("اداره", "إدارة"),
        ("علي", "على"),
        ("کار", "كار"),
        ("2026", "٢٠٢٦"),
    ],
)
def test_a_hurried_hand_and_a_careful_one_fold_to_the_same(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)
