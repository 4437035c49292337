"""Titles in the order of the Norwegian alphabet."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given

from search.analysis import sort_key
from tests.search.analysis.texts import anything

IN_ORDER = [
    "",
    "1 minutt",
    "2 minutter",
    "Adel",
    "Alle valg",
    "alle veier",
    "«Bare» en stol",
    "Bare to stoler",
    "Ébauche",
    "Fire stoler",
    "Firestjerners",
    "Mylder",
    "Müller",
    "Zebra",
    "Ærlig",
    "Äventyr",
    "Øvelse",
    "Övning",
    "Ågot",
    "Aase",
    "Åse",
    "Яблоко",
    "مهنة",
]


def test_titles_stand_in_norwegian_order() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert [sort_key(title) for title in sorted(shuffled, key=sort_key)] == [sort_key(title) for title in IN_ORDER]
    assert sort_key("Aase") == sort_key("Åse")


@given(anything)
def test_every_title_has_a_key_that_does_not_depend_on_its_form(title: str) -> None:
    key = sort_key(title)
    assert len(key) <= 80
    assert key == key.strip()
    key.encode()
    assert sort_key(unicodedata.normalize("NFD", title)) == key
    assert sort_key(title.strip()) == key
