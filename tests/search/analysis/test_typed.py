"""How a query is read: words, phrases, and words to do without."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from search.analysis import words
from search.analysis.typed import MAX_WORDS, Typed, read_typed
from tests.search.analysis.texts import anything


@pytest.mark.parametrize(
    ("text", "loose", "phrases", "without"),
    [
        ("valg i livet", "valg i livet", [], []),
        ('"valg i livet" ungdom', "ungdom", ["valg i livet"], []),
        ("«Valg i livet»", "", ["valg i livet"], []),
        ("‘valg’ i livet", "valg i livet", [], []),
        ('valg "i livet', "valg i livet", [], []),
        ('"" «» valg', "valg", [], []),
        ("valg -gruppe", "valg", [], ["gruppe"]),
        ("-gruppe -par", "", [], ["gruppe", "par"]),
        ('valg -"i gruppe"', "valg", [], ["i gruppe"]),
        ("valg -nav-veileder,", "valg", [], ["nav veileder"]),
        ("valg - gruppe", "valg gruppe", [], []),
        ("1-1 e-post nav-", "1-1 e post nav", [], []),
        ("--gruppe", "gruppe", [], []),
        ('5" skjerm 3"', "5 skjerm 3", [], []),
        ("-gruppe -gruppe", "", [], ["gruppe"]),
        ("(-gruppe)", "gruppe", [], []),
        ("\u00ad-grup\u00adpe", "", [], ["gruppe"]),
        ('"مِهْنة جديدة" -صورة', "", ["مِهْنة جديدة"], ["صورة"]),
        ("", "", [], []),
    ],
)
def test_a_query_is_read(text: str, loose: str, phrases: list[str], without: list[str]) -> None:
    expected = Typed(tuple(words(loose)), tuple(tuple(words(p)) for p in phrases), tuple(tuple(words(w)) for w in without), 0)
    assert read_typed(text) == expected
    assert read_typed(unicodedata.normalize("NFD", text)) == expected


def test_a_phrase_that_is_too_long_is_cut_and_an_exclusion_left_out_whole() -> None:
    long = " ".join(f"ord{n}" for n in range(20))
    assert [len(p) for p in read_typed(f'"{long}"').phrases] == [MAX_WORDS]
    assert read_typed(f'valg -"{long}"') == Typed(("valg",), (), (), 20)


@given(anything)
def test_every_word_is_read_once_or_left_out(text: str) -> None:
    typed = read_typed(text)
    kept = len(typed.words) + sum(len(some) for some in (*typed.phrases, *typed.without))
    assert kept <= MAX_WORDS
    assert typed.left_out >= 0
    assert {*typed.words, *(word for some in (*typed.phrases, *typed.without) for word in some)} <= set(words(text))
    assert bool(kept or typed.left_out) == bool(words(text))
