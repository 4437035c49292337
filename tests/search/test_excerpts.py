"""Where the words of a hit stand, and the sentence that shows it."""

from __future__ import annotations

import pytest

from resourcebank.catalogue.excerpts import LONGEST, Excerpt, FoundIn, Place, found_in
from resourcebank.selectors import Bodies, Body, FileText
from search.analysis import Lexicon
from search.analysis.thesaurus import thesaurus_with
from search.wording import read

LEXICON = Lexicon({"no": {"stol": 3, "valg": 3, "krakk": 2, "bord": 1}})


def found(text: str, *bodies: Body, files: tuple[FileText, ...] = (), language: str = "nb") -> FoundIn:
    wording = read(text, LEXICON, thesaurus_with())
    assert wording
    return found_in(Bodies(bodies, files), wording.marks, language=language)


def shown(text: str, *bodies: Body, files: tuple[FileText, ...] = (), language: str = "nb") -> Excerpt | None:
    return found(text, *bodies, files=files, language=language).excerpt


def body(*parts: tuple[str, str], language: str = "nb", level: str = "", title: str = "Tittel", summary: str = "Kort.") -> Body:
    return Body(language, level, title, summary, parts)


def file(text: str, role: str = "worksheet", language: str = "", name: str = "Timeplan") -> FileText:
    return FileText(role, language, name, "application/pdf", {"nb": name}, text)


def words_of(found: Excerpt | None) -> list[str]:
    assert found
    return [found.text[start:end] for start, end in found.spans]


def test_the_sentence_with_the_most_words_is_shown_with_its_part() -> None:
    found = shown("stol valg", body(("goal", "Se på stolen. Annet."), ("steps", "Ett. Sett deg på stolen og ta et valg! Tre.")))
    assert found
    assert (found.place, found.text) == (Place("steps", form="nb"), "Sett deg på stolen og ta et valg!")
    assert words_of(found) == ["stolen", "valg"]


def test_markdown_is_left_out_and_marks_still_fit() -> None:
    found = shown("stol", body(("participant_sheet", "1. **Finn** en [stol](https://example.org/stol) ____ her")))
    assert found
    assert (found.text, words_of(found)) == ("Finn en stol her", ["stol"])


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
    assert shown("stol", other, own) == Excerpt(Place("goal", form="nb"), "En stol.", "nb", "ltr", ((3, 7),))
    found = shown("stol", body(("goal", "Ingenting.")), other)
    assert found
    assert (found.language, found.place.form) == ("nn", "nn")
    arabic = body(language="ar", title="خمس صور", summary="مِهْنة جديدة")
    assert shown("مهنة", body(), arabic) == Excerpt(Place("summary", form="ar"), "مِهْنة جديدة", "ar", "rtl", ((0, 6),))


def test_names_of_links_show_nothing() -> None:
    assert found("krakk", body(("goal", "Ingenting.")), files=(file("Heller ingenting."),)) == FoundIn()


def test_every_place_of_the_form_and_every_file_with_a_word_is_told_once() -> None:
    form = body(("goal", "Ingenting."), ("steps", "En stol."), ("steps", "En stol til."), ("participant_sheet", "Stolen."))
    files = (file("Ikke her.", name="Tom"), file("Stolen\nstår her. En stol.", name="Ark"), file("stol", "captions", "nb"))
    places = found("stol", form, body(("goal", "Stol."), language="nn"), files=files).places
    assert [(place.part, place.form, place.name) for place in places] == [
        ("steps", "nb", ""),
        ("participant_sheet", "nb", ""),
        ("worksheet", "", "Ark"),
        ("captions", "", "Timeplan"),
    ]


def test_a_file_shows_its_sentence_across_lines_and_in_the_language_of_the_forms() -> None:
    found = shown("stol valg", body(("goal", "En stol.")), files=(file("Først noe annet. Ta\n  en stol og gjør\net valg. Slutt."),))
    assert found
    assert (found.place.name, found.text, found.language) == ("Timeplan", "Ta en stol og gjør et valg.", "nb")
    assert words_of(found) == ["stol", "valg"]


def test_a_phrase_is_marked_whole_and_words_that_stand_apart_are_none() -> None:
    apart = body(("goal", "En stol, og et valg. Et annet valg!Stol valg nå."))
    found = shown('"stol valg"', apart)
    assert found
    assert (found.text, words_of(found)) == ("Stol valg nå.", ["Stol valg"])


def test_captions_in_the_language_shown_come_before_others() -> None:
    both = (file("Ein stol.", "captions", "nn"), file("En stol.", "captions", "nb"))
    assert [shown("stol", body(), files=both, language=language).text for language in ("nb", "nn")] == ["En stol.", "Ein stol."]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "part", ["title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript"]
)
def test_every_part_of_a_form_has_a_name_in_a_sentence(part: str) -> None:
    label = Place(part, form="nb").label
    assert label.startswith("I ")
    assert part not in label


def test_a_file_is_told_of_by_its_name() -> None:
    assert Place("worksheet", name="Timeplan").label == "I filen «Timeplan»"
    assert Place("captions", name="x").label == "I filmteksten"
