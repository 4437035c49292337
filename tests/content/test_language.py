"""What a machine says about the language of a text."""

from __future__ import annotations

import pytest

from resourcebank.bank_form.language import bokmal_in_nynorsk, long_sentences

TWELVE = "Du kan velge små ting og store ting og alt imellom dem."


def said(text: str) -> list[tuple[int, str]]:
    return [(remark.line, remark.message) for remark in (*bokmal_in_nynorsk(text),)]


@pytest.mark.parametrize(
    "text",
    [
        TWELVE,
        f"{TWELVE} {TWELVE}",
        f"1. {TWELVE}\n2. {TWELVE}",
        f"**Overskrift uten punktum**\n\n{TWELVE}",
        "- Skriv [ett ord](https://example.org/en-lang-adresse) her ved siden av: ______ ______ ______ ______ ______",
        "",
    ],
    ids=["twelve words", "two sentences", "points", "a heading", "a link and blanks", "nothing"],
)
def test_sentences_of_at_most_twelve_words_are_easy(text: str) -> None:
    assert list(long_sentences(text)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"Ja, {TWELVE[0].lower()}{TWELVE[1:]}", 0),
        (f"Hei.\n\n- Ja.\n- Ja, {TWELVE[0].lower()}{TWELVE[1:]}", 3),
        (f"Hei.\n\nJa,\n{TWELVE[0].lower()}{TWELVE[1:]}", 2),
    ],
    ids=["thirteen words", "in a list", "over two lines"],
)
def test_a_longer_sentence_is_told_with_its_line(text: str, line: int) -> None:
    (remark,) = long_sentences(text)
    assert remark.line == line
    assert remark.message.startswith("Setningen har 13 ord")


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("ikke", "ikkje"),
        ("Jeg", "eg"),
        ("hvordan", "korleis"),
        ("deltakeren", "deltakaren"),
        ("vanskelig", "«-leg»"),
        ("vanskeligere", "«-leg»"),
        ("friheten", "«-heit»"),
        ("erfaringer", "«-ingar»"),
        ("tilfeldigheter", "«-heit»"),
    ],
)
def test_a_word_that_only_bokmal_has_is_told(word: str, better: str) -> None:
    assert said(f"Vi skal\nseie {word}, takk.") == [(1, f"«{word}» er bokmål. På nynorsk: {better}.")]


@pytest.mark.parametrize(
    "text",
    [
        "Du treng ikkje å seie noko. Kva gjorde du då?",
        "«Val og tilfeldigheter» er eit ordpar.",
        "Ho er frivillig og har ein billig ring på fingeren og peikefinger.",
        "Vi snakkar om moglegheiter, erfaringar og det som er vanskeleg.",
    ],
)
def test_nynorsk_is_left_in_peace(text: str) -> None:
    assert said(text) == []
