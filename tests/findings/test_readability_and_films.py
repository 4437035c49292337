"""How heavy a text is against the level it says it has, and films that somebody cannot hear."""

from __future__ import annotations

import pytest

from resourcebank.findings.readability import HEAVIEST, lix
from resourcebank.quality import findings
from tests.factories import whole_content, whole_form

HEAVY = (
    "Karriereveiledningens gjennomføringsforutsetninger forutsetter grunnleggende samarbeidskompetanse mellom samtlige deltakende "
    "virksomheter, organisasjoner, utdanningsinstitusjoner og enkeltpersoner gjennom utviklingsperioden. "
) * 5
LIGHT = "Du går ut. Du ser deg om. Hva ser du nå? Skriv det ned. " * 8


def codes(sheet: str, level: str, norwegian_level: str = "B1") -> list[tuple[str, str]]:
    """The findings of a resource with this participant sheet."""
    forms = [whole_form("nb"), whole_form("nn")]
    if level:
        forms.append(whole_form("nb", level, participant_sheet=sheet))
    else:
        forms[0] = whole_form("nb", participant_sheet=sheet)
    found = findings(whole_content(forms=tuple(forms), norwegian_level=norwegian_level))
    return [(finding.code, finding.field) for finding in found if finding.code == "lix-high"]


def test_a_text_heavier_than_its_level_is_pointed_at() -> None:
    assert (lix(HEAVY) or 0) > 60
    assert codes(HEAVY, "") == [("lix-high", "forms.nb.participant_sheet")]
    assert codes(HEAVY, "", "B2") == [("lix-high", "forms.nb.participant_sheet")]
    assert codes(HEAVY, "A2") == [("lix-high", "forms.nb-a2")]
    assert not any(finding.blocks for finding in findings(whole_content(forms=(whole_form("nb", participant_sheet=HEAVY),))))


def test_light_and_short_texts_and_levels_without_a_bound_are_left_alone() -> None:
    assert codes(LIGHT, "") == codes(LIGHT, "A2") == codes(LIGHT, "A1") == []
    assert codes(HEAVY, "", "C") == codes(HEAVY, "", "none") == codes(HEAVY, "", "") == []
    assert codes(HEAVY.split(".", maxsplit=1)[0] + ".", "") == []
    arabic = findings(whole_content(forms=(whole_form("nb"), whole_form("nn"), whole_form("ar", participant_sheet=HEAVY))))
    assert "lix-high" not in {finding.code for finding in arabic}


def test_the_bounds_rise_with_the_level() -> None:
    assert list(HEAVIEST.values()) == sorted(HEAVIEST.values())


@pytest.mark.parametrize(
    ("changes", "told"), [({}, False), ({"transcript": "Vi ser en dør."}, True), ({"care": "Filmen er tekstet."}, True)]
)
def test_a_linked_film_says_how_it_is_for_those_who_do_not_hear(changes: dict[str, str], told: bool) -> None:
    forms = tuple(whole_form(tag, steps=(), **changes) for tag in ("nb", "nn"))
    film = whole_content(kind="film", origin="linked", source_url="https://example.org/film", step_minutes=(), forms=forms)
    assert [finding.field for finding in findings(film)] == ([] if told else ["forms.nb.transcript", "forms.nn.transcript"])
    assert "captions-unknown" not in {finding.code for finding in findings(whole_content(forms=forms))}
