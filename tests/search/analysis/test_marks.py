"""Which characters of a text are marked: offsets of code points in the text as it is given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Lexicon, answering, single_marks, spans
from search.analysis.highlight import exact_mark
from search.analysis.thesaurus import thesaurus_with
from search.wording import read
from tests.search.analysis.texts import anything

LEXICON = Lexicon.from_words(
    [("no", ["veileder", "søker", "øvelse", "ærlig", "karriere", "veiledning", "flaks", "tilfeldighet", "valg"]), ("en", ["choice"])]
)
MARKED = [
    ("veileder", "nb", "Veilederen og rettleiarane", ["Veilederen", "rettleiarane"]),
    ("søker", "nb", "En SØKER, to søkere.", ["SØKER", "søkere"]),
    ("søker", "nn", "Søkjaren", ["Søkjaren"]),
    ("soker", "nb", "en søker", ["søker"]),
    ("ærlig talt", "nb", "Ærlig talt", ["Ærlig", "talt"]),
    ("øvelse", "nb", "«Øvelsen»", ["Øvelsen"]),
    ("veiledning", "nb", "vei\u00adled\u00adning", ["vei\u00adled\u00adning"]),
    ("hva valg er", "nb", "Hva er et valg?", ["valg"]),  # stop words are not marked
    ("hva er", "nb", "Hva er det?", ["Hva", "er"]),  # unless they are all there is
    ("veildening", "nb", "En veiledning", ["veiledning"]),  # what the slip was taken for
    ("flaks", "nb", "Tilfeldigheter", ["Tilfeldigheter"]),  # a synonym
    ("choice", "en", "Choices matter", ["Choices"]),
    ("مهنة", "ar", "المِهْنة مِهْنة", ["مِهْنة"]),
    ("valg", "nb", "", []),
    ("مِهْنَة", "ar", "مهنة و مِهْنة", ["مهنة", "مِهْنة"]),  # typed with the vowel signs
    ("søker", "nb", "👩\u200d🎓 søkere 👩🏽\u200d🎓", ["søkere"]),
    ("valg", "nb", "val\u200bget, 👍valg👍, valg\u0301", ["val\u200bget", "valg", "valg\u0301"]),
    (
        '"valg og flaks"',
        "nb",
        "Valget og flaksen, valg, og flaks",
        ["Valget og flaksen", "valg, og flaks"],
    ),  # a phrase is marked as a whole
    ('"valg" flaks', "nb", "Valget og flaksen", ["Valget", "flaksen"]),
    ('flaks "valg og flaks"', "nb", "valg og flaks og flaks", ["valg og flaks", "flaks"]),
    ('"choices matter"', "en", "Choice matters", ["Choice matters"]),
    ("valg -flaks", "nb", "valg uten flaks", ["valg"]),
]


def marked(query: str, language: str, text: str) -> list[str]:
    wording = read(query, LEXICON, thesaurus_with())
    assert wording
    return [text[start:end] for start, end in spans(text, language, wording.marks)]


@pytest.mark.parametrize(("query", "language", "text", "expected"), MARKED)
def test_the_words_that_were_found_are_marked(query: str, language: str, text: str, expected: list[str]) -> None:
    assert marked(query, language, text) == expected


@pytest.mark.parametrize(("query", "language", "text", "expected"), MARKED)
def test_the_same_words_are_marked_in_a_decomposed_text(query: str, language: str, text: str, expected: list[str]) -> None:
    decomposed = marked(unicodedata.normalize("NFD", query), language, unicodedata.normalize("NFD", text))
    assert [unicodedata.normalize("NFC", word) for word in decomposed] == [unicodedata.normalize("NFC", word) for word in expected]


@given(anything, anything, st.sampled_from(["nb", "nn", "en", "ar", "", "zh-Hant"]))
def test_marks_are_within_the_text_apart_and_in_order(query: str, text: str, language: str) -> None:
    wording = read(query, LEXICON, thesaurus_with())
    end = 0
    for start, stop in spans(text, language, wording.marks if wording else frozenset()):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.lists(st.sampled_from(["sø\u00adker", "\u200fvalg\u200e", "A\u030a", "👩‍🎓", "øst", "’", "—", "\n"]), max_size=8))
def test_a_mark_covers_its_word_whatever_stands_around_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = [text[start:stop] for start, stop in spans(text, "nb", frozenset({exact_mark("søker"), exact_mark("valg"), exact_mark("å")}))]
    assert [word.strip("\u200e") for word in found] == [piece.strip("\u200f\u200e") for piece in pieces if piece[0] in "s\u200fA"]


@pytest.mark.parametrize(("query", "language", "text", "marked"), MARKED)
def test_pieces_answer_as_they_would_be_marked_by_themselves(query: str, language: str, text: str, marked: list[str]) -> None:
    made = read(query, LEXICON, thesaurus_with())
    assert made
    single = single_marks(made.marks)
    pieces = [*text.split(), *(f"**{word}**," for word in text.split()), "[ord](https://ord.no/valg)", "søker/veileder"]
    assert answering(pieces, language, single) == {piece for piece in pieces if spans(piece, language, single)}


@given(anything, anything, st.sampled_from(["nb", "en", "ar"]))
def test_pieces_of_any_text_answer_as_they_would_be_marked(text: str, query: str, language: str) -> None:
    made = read(query, LEXICON, thesaurus_with())
    single = single_marks(made.marks) if made else frozenset()
    assert answering(text.split(), language, single) == {piece for piece in text.split() if spans(piece, language, single)}
