"""The sentence that shows why something was found."""

from __future__ import annotations

from resourcebank.catalogue.excerpts import LONGEST, Excerpt, excerpt
from resourcebank.selectors import Body
from search.analysis import Lexicon
from search.analysis.thesaurus import thesaurus_with
from search.wording import read

LEXICON = Lexicon({"no": {"stol": 3, "valg": 3, "krakk": 2, "bord": 1}})


def shown(text: str, *bodies: Body, language: str = "nb") -> Excerpt | None:
    wording = read(text, LEXICON, thesaurus_with())
    assert wording
    return excerpt(bodies, wording.marks, language=language)


def body(*parts: tuple[str, str], language: str = "nb", level: str = "", title: str = "Tittel", summary: str = "Kort.") -> Body:
    return Body(language, level, title, summary, parts)


def words_of(found: Excerpt | None) -> list[str]:
    assert found
    return [found.text[start:end] for start, end in found.spans]


def test_the_sentence_with_the_most_words_is_shown_with_its_part() -> None:
    found = shown("stol valg", body(("goal", "Se på stolen. Annet."), ("steps", "Ett. Sett deg på stolen og ta et valg! Tre.")))
    assert found
    assert (found.part, found.text, words_of(found)) == ("steps", "Sett deg på stolen og ta et valg!", ["stolen", "valg"])


def test_markdown_is_left_out_and_places_still_fit() -> None:
    found = shown("stol", body(("participant_sheet", "1. **Finn** en [stol](https://example.org/stol) ____ her")))
    assert found
    assert (found.text, words_of(found)) == ("Finn en stol  her", ["stol"])


def test_a_long_sentence_is_cut_around_the_first_word() -> None:
    long = "så " * 90 + "kommer stolen " + "og " * 90
    found = shown("stol", body(("care", long)))
    assert found
    assert len(found.text) <= LONGEST + 4
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert words_of(found) == ["stolen"]


def test_the_form_that_is_shown_comes_first_and_another_says_its_language() -> None:
    own, other = body(("goal", "En stol.")), body(("goal", "Ein stol til."), language="nn")
    assert shown("stol", other, own) == Excerpt("goal", "En stol.", "nb", "ltr", ((3, 7),))
    found = shown("stol", body(("goal", "Ingenting.")), other)
    assert found
    assert found.language == "nn"
    arabic = body(language="ar", title="خمس صور", summary="مِهْنة جديدة")
    assert shown("مهنة", body(), arabic) == Excerpt("summary", "مِهْنة جديدة", "ar", "rtl", ((0, 6),))


def test_names_of_links_show_nothing() -> None:
    assert shown("krakk", body(("goal", "Ingenting."))) is None
