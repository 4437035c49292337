"""Words of the trade that mean the same find each other."""

from __future__ import annotations

from itertools import permutations

import pytest

from search.analysis import words
from search.analysis.stems import norwegian
from search.analysis.tables import tables
from search.analysis.thesaurus import thesaurus_with
from tests.search.collection import Collection, a_document

GROUPS = tables().synonym_groups
WORDS = sorted({word for group in GROUPS for word in group})
MEANT = [
    ("karriereknapp", "ordpar"),
    ("veisøkjar", "deltakar"),
    ("nav", "arbeidskontor"),
    ("oppgåve", "øving"),
    ("vgs", "vidaregåande"),
    ("opportunities", "mulighetene"),
    ("constraint", "begrensning"),
    ("guidance", "rettleiinga"),
    ("serendipity", "tilfeldighetene"),
    ("attføring", "tiltaket"),
    ("introprogram", "introduksjonsprogrammet"),
]


def test_there_are_250_groups_or_more() -> None:
    assert len(GROUPS) >= 250
    assert all(len(set(group)) == len(group) >= 2 for group in GROUPS)


def test_every_entry_is_one_word_in_normal_form() -> None:
    assert [word for word in WORDS if words(word) != [word]] == []


def test_every_word_of_a_group_stands_for_every_other_one() -> None:
    stems = [(norwegian(a), norwegian(b)) for group in GROUPS for a, b in permutations(group, 2)]
    assert [pair for pair in stems if pair[0] != pair[1] and pair[1] not in thesaurus_with().stems_of(pair[0])] == []


@pytest.mark.parametrize(("typed", "written"), MEANT)
def test_any_form_of_a_word_stands_for_any_form_of_its_synonym(typed: str, written: str) -> None:
    assert norwegian(written) in thesaurus_with().stems_of(norwegian(typed))


def test_every_word_finds_the_texts_of_its_group(collection: Collection) -> None:
    collection.fill(a_document(word, "", word) for word in WORDS)
    found = {word: set(collection.ids(word, facets=())) for word in WORDS}
    assert [(a, b) for group in GROUPS for a, b in permutations(group, 2) if b not in found[a]] == []
