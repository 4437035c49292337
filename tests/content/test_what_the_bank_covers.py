"""The starter bank covers what it promises: no pair, word, area or level of Norwegian is left empty."""

from __future__ import annotations

import pytest

from resourcebank.bank_form import Folder, read_bank
from resourcebank.languages import form_code
from tests.content.desk import FIXTURES, known

PAIRS = (
    *("meg-i-kontekst", "muligheter-og-begrensninger", "valg-og-tilfeldigheter"),
    *("endring-og-stabilitet", "tilpasning-og-motstand"),
)
AREAS = ("veiledningsprosesser-og-relasjoner", *(f"omrade-{number}" for number in range(2, 8)))
QUALITY = ("etikk", "kompetanse", "kunnskapsgrunnlag", "ledelse", "nettverk-og-samarbeid", "rammer-og-organisering", "tilbud-og-innhold")
ETHICS = ("kompetanse", "relasjon-og-samarbeid", "refleksjon")
COLLEAGUES = ("case", "colleague-reflection", "observation", "training-plan")
OTHER_LANGUAGES = ("ar", "pl", "so", "uk")


@pytest.fixture(scope="module")
def bank() -> list[Folder]:
    return [folder for _, folder, _ in read_bank(FIXTURES / "bank", known=known()) if folder]


def mains(folder: Folder, vocabulary: str) -> set[str]:
    return {row.slug for row in folder.facts.mains() if row.vocabulary == vocabulary}


def codes(folder: Folder) -> set[str]:
    return {form_code(form.language, form.level) for form in folder.forms}


def about(bank: list[Folder], vocabulary: str, slug: str) -> list[Folder]:
    """What has the term, or a child of it, as its main link."""
    return [each for each in bank if any(main == slug or main.startswith(f"{slug}/") for main in mains(each, vocabulary))]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_has_ten_exercises_of_every_kind_format_and_length(pair: str, bank: list[Folder]) -> None:
    found = about(bank, "word_pair", pair)
    assert len(found) >= 10
    assert {"conversation-starter", "activity", "self-insight", "group-game", "after-experience"} <= {each.facts.kind for each in found}
    alone = [each for each in found if each.facts.kind == "self-insight" and "participant-alone" in each.facts.facets["use"]]
    assert alone
    assert {"one-to-one", "group", "class", "online", "own-work"} <= {way for each in found for way in each.facts.facets["format"]}
    lengths = [each.facts.minutes[1] for each in found if each.facts.minutes]
    for longer_than, at_most in ((0, 10), (10, 20), (20, 45), (45, 90)):
        assert any(longer_than < length <= at_most for length in lengths), (pair, at_most)


def test_every_single_word_is_the_main_thing_in_two(bank: list[Folder]) -> None:
    words = [slug for slug in known().terms["word_pair"] if "/" in slug]
    assert len(words) == 10
    for word in words:
        assert sum(word in mains(each, "word_pair") for each in bank) >= 2, word


@pytest.mark.parametrize("area", AREAS)
def test_a_competence_area_has_all_that_colleagues_use(area: str, bank: list[Folder]) -> None:
    found = about(bank, "competence", area)
    assert len(found) >= 4
    assert set(COLLEAGUES) <= {each.facts.kind for each in found}


def test_every_category_of_ethics_has_two_dilemmas_and_every_area_of_quality_a_team_exercise(bank: list[Folder]) -> None:
    for category in ETHICS:
        assert sum(each.facts.kind == "case" for each in about(bank, "ethics", category)) >= 2, category
    for area in QUALITY:
        assert any(each.facts.kind == "team-exercise" for each in about(bank, "quality_area", area)), area


def test_those_with_little_norwegian_have_something_in_their_hand(bank: list[Folder]) -> None:
    assert len(bank) >= 100
    assert all({"nb", "nn"} <= codes(each) for each in bank)
    assert sum(bool({"nb-a1", "nb-a2"} & codes(each)) for each in bank) >= 50
    assert sum("no-reading" in each.facts.facets["needs"] and bool(each.pictures) for each in bank) >= 12
    assert sum("en" in codes(each) for each in bank) >= 30
    for language in OTHER_LANGUAGES:
        forms = [form for each in bank for form in each.forms if form.language == language]
        assert len(forms) >= 8
        assert all(form.said("translated_by") and not form.said("checked_by") for form in forms), "nobody has checked them"
