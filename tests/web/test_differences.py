"""Words that came and went: the difference leads from the old text to the new, whatever they are."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from resourcebank.web.differences import Piece, differences, pieces, to_show

WORDS = st.lists(st.sampled_from(["velg ", "en ", "stol", "\n", ". ", "  ", "«ja»", "<b>", "å"]), max_size=30).map("".join)
TEXTS = st.one_of(WORDS, st.text(max_size=60))


def text_of(found: tuple[Piece, ...], gone: str) -> str:
    return "".join(piece.text for piece in found if piece.kind != gone)


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_applying_the_difference_gives_the_new_text_and_undoing_it_the_old(old: str, new: str) -> None:
    found = pieces(old, new)
    assert text_of(found, "removed") == new
    assert text_of(found, "added") == old
    assert all(piece.text for piece in found)
    assert all(one.kind != two.kind for one, two in pairwise(found))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert pieces(text, text) == ((Piece("same", text),) if text else ())


def test_only_the_changed_words_are_marked() -> None:
    assert pieces("Velg en stol og sett deg.", "Velg to stoler og sett deg.") == (
        Piece("same", "Velg "),
        Piece("removed", "en stol "),
        Piece("added", "to stoler "),
        Piece("same", "og sett deg."),
    )


def test_the_last_word_is_itself_when_more_follows_and_blanks_alone_are_not_marked() -> None:
    found = pieces("Snakk om valget.", "Snakk om valget. Ta en\npause.")
    assert to_show(found) == (Piece("same", "Snakk om valget."), Piece("added", " Ta en\npause."))
    assert to_show(pieces("Snakk om  valget.", "Snakk om valget.")) == (Piece("same", "Snakk om valget."),)


def test_fields_come_in_their_order_without_those_that_stayed() -> None:
    found = differences({"a": "En.", "b": "To.", "d": "Borte."}, {"c": "Ny.", "b": "To.", "a": "Ein."})
    assert [each.field for each in found] == ["c", "a", "d"]
    assert found[0].pieces == (Piece("added", "Ny."),)
    assert found[2].pieces == (Piece("removed", "Borte."),)


def test_the_longest_texts_are_compared_in_reasonable_time_and_still_exactly() -> None:
    old = "\n".join(f"ord {number % 7} og mer" for number in range(3_500))[:50_000]
    for new in (old.replace("3", "tre"), old[::-1], "a " * 25_000, "\n" * 50_000):
        started = time.perf_counter()
        found = pieces(old, new)
        assert time.perf_counter() - started < 10
        assert text_of(found, "removed") == new
        assert text_of(found, "added") == old
