"""Words are inflected as their class says."""

from __future__ import annotations

import pytest

from search.analysis.inflection import forms_of, read_classes

CLASSES = read_classes(["lærer: - en e ne 's", "drøm: - +en +er", "uke: - n ~a r", "hus: - et 's"])


@pytest.mark.parametrize(
    ("paradigm", "forms"),
    [
        ("leder lærer", "leder leders lederen lederens ledere lederes lederne ledernes"),
        ("rom drøm", "rom rommen rommer"),
        ("kvinne uke", "kvinne kvinnen kvinna kvinner"),
        ("kurs hus", "kurs kurset kursets"),
        ("lek drøm hus", "lek lekken lekker leks leket lekets"),
        ("veilede", "veilede"),
        ("bok, boka, bøker,", "bok boka bøker"),
        (" for, for ", "for"),
    ],
)
def test_a_word_has_the_forms_of_its_classes(paradigm: str, forms: str) -> None:
    assert forms_of(paradigm, CLASSES) == forms.split()


def test_a_class_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="no such class: hund"):
        forms_of("katt hund", CLASSES)


@pytest.mark.parametrize("lines", [["a: en", "a: er"], ["a:"], ["a"]])
def test_a_class_stands_once_and_has_endings(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="twice or has no ending"):
        read_classes(lines)
