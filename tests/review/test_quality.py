"""What stops a submission, and what is only advice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resourcebank.content import Content, ContentPicture, ContentTerm
from resourcebank.languages import direction, form_code, valid_tag
from resourcebank.models import User
from resourcebank.quality import findings, findings_of, lix, sentences
from tests.factories import a_draft, a_published, next_version, passed, whole_content, whole_form

PAIR = whole_content().terms[0]
OTHER_TERMS = whole_content().terms[1:]


def codes(content: Content) -> dict[str, str]:
    """Field by code of everything found."""
    return {finding.code: finding.field for finding in findings(content)}


def with_form(**changes: Any) -> Content:
    """A whole resource whose bokmål form is changed."""
    return whole_content(forms=(whole_form("nb", **changes), whole_form("nn")))


def without(vocabulary: str) -> Content:
    """A whole resource without the terms of one vocabulary."""
    return whole_content(terms=tuple(term for term in whole_content().terms if term.vocabulary != vocabulary))


def linked(**changes: Any) -> Content:
    """A whole linked resource: the parts that are optional for it are empty."""
    form = whole_form("nb", steps=(), questions=(), adaptations=(), participant_sheet="")
    content = whole_content(
        origin="linked",
        source_url="https://example.org/film",
        licence="link-only",
        step_minutes=(),
        forms=(form, replace(form, language="nn")),
    )
    return replace(content, **changes)


def test_a_whole_resource_has_nothing_to_mend() -> None:
    assert findings(whole_content()) == []
    assert findings(linked()) == []


BLOCKING = [
    (whole_content(kind=""), "kind-missing", "kind"),
    (without("format"), "format-missing", "format"),
    (without("use"), "use-missing", "use"),
    (whole_content(norwegian_level=""), "norwegian-level-missing", "norwegian_level"),
    (whole_content(preparation_minutes=None), "preparation-missing", "preparation_minutes"),
    (whole_content(minutes=(None, 20)), "minutes-missing", "minutes"),
    (whole_content(minutes=(0, 20)), "minutes-missing", "minutes"),
    (whole_content(minutes=(20, 10)), "minutes-order", "minutes"),
    (whole_content(minutes=(15, 20)), "minutes-against-steps", "step_minutes"),
    (whole_content(group=(1, None)), "group-missing", "group"),
    (whole_content(group=(4, 2)), "group-order", "group"),
    (whole_content(licence=""), "licence-missing", "licence"),
    (whole_content(licence="link-only"), "licence-link-only", "licence"),
    (whole_content(attribution=""), "attribution-missing", "attribution"),
    (linked(source_url=""), "address-missing", "source_url"),
    (linked(source_url="javascript:alert(1)"), "address-invalid", "source_url"),
    (linked(source_url="https://["), "address-invalid", "source_url"),
    (whole_content(terms=OTHER_TERMS), "main-term-missing", "terms"),
    (whole_content(terms=(replace(PAIR, role="touches"), *OTHER_TERMS)), "main-term-missing", "terms"),
    (whole_content(terms=(replace(PAIR, role="facet"), *OTHER_TERMS)), "term-role", "terms.word_pair:valg-og-tilfeldigheter"),
    (
        whole_content(terms=(PAIR, *OTHER_TERMS, ContentTerm(vocabulary="theme", slug="verdier", role="main"))),
        "term-role",
        "terms.theme:verdier",
    ),
    (
        whole_content(terms=(replace(PAIR, reason={}), *OTHER_TERMS)),
        "reason-missing",
        "terms.word_pair:valg-og-tilfeldigheter",
    ),
    (whole_content(step_minutes=(5, 5), forms=(whole_form(steps=("a", "b")),)), "steps-count", "step_minutes"),
    (whole_content(step_minutes=(3, 5, None)), "step-minutes-missing", "step_minutes"),
    (with_form(steps=("En.", "To.")), "steps-differ", "forms.nb.steps"),
    (with_form(steps=("En.", "", "Tre.")), "step-empty", "forms.nb.steps.2"),
    (whole_content(forms=()), "form-missing", "forms"),
    (whole_content(forms=(whole_form("nb", "A2"),)), "form-missing", "forms"),
    (with_form(title=""), "title-missing", "forms.nb.title"),
    (with_form(summary=""), "summary-missing", "forms.nb.summary"),
    (with_form(goal=""), "goal-missing", "forms.nb.goal"),
    (with_form(care=""), "care-missing", "forms.nb.care"),
    (linked(forms=(whole_form("nb", care="", steps=()),)), "care-missing", "forms.nb.care"),
    (with_form(questions=("Hva?", "Hvem?")), "questions-count", "forms.nb.questions"),
    (with_form(questions=("Hva?",) * 7), "questions-count", "forms.nb.questions"),
    (with_form(questions=("Hva?", "", "Hvor?")), "questions-count", "forms.nb.questions"),
    (with_form(adaptations=()), "adaptations-missing", "forms.nb.adaptations"),
    (with_form(participant_sheet=""), "participant-sheet-missing", "forms.nb.participant_sheet"),
    (whole_content(kind="film"), "transcript-missing", "forms.nn.transcript"),
    (with_form(made_from="en"), "source-form-missing", "forms.nb.made_from"),
]


def test_a_text_in_one_written_standard_is_enough_and_the_other_is_advice() -> None:
    reason = replace(PAIR, reason={"nn": "Ja."})
    picture = ContentPicture(sha256="a" * 64, alt={"nb": "En kopp."})
    found = findings(whole_content(terms=(reason, *OTHER_TERMS), pictures=(picture,)))
    assert [(finding.code, finding.level) for finding in found] == [("reason-missing", "advice"), ("alt-missing", "advice")]
    assert "nb" in found[0].message
    assert "nn" in found[1].message


@pytest.mark.parametrize(("content", "code", "field"), BLOCKING)
def test_what_is_missing_blocks_and_is_told_at_its_place(content: Content, code: str, field: str) -> None:
    found = {finding.code: finding for finding in findings(content)}
    assert found[code].field == field
    assert found[code].blocks
    assert found[code].message.endswith(".")


ADVICE = [
    (without("needs"), "needs-missing", "needs"),
    (whole_content(forms=(whole_form("nb"),)), "counterpart-missing", "forms.nn"),
    (with_form(summary="En. To! Tre? Ja."), "summary-long", "forms.nb.summary"),
    (
        whole_content(forms=(whole_form("nb"), whole_form("nn"), whole_form("nb", "A2", care="Du " + "kan " * 11 + "vente."))),
        "sentence-long",
        "forms.nb-a2",
    ),
    (whole_content(forms=(whole_form("nb"), whole_form("nn"), whole_form("ar"))), "form-unchecked", "forms.ar.checked_by"),
    (
        whole_content(forms=(whole_form("nb"), whole_form("nn", made_from="nb", made_from_hash="0" * 64))),
        "form-stale",
        "forms.nn.made_from",
    ),
]


@pytest.mark.parametrize(("content", "code", "field"), ADVICE)
def test_what_is_weak_is_advised_and_blocks_nothing(content: Content, code: str, field: str) -> None:
    assert codes(content) == {code: field}
    assert not findings(content)[0].blocks


def test_blocking_findings_come_first() -> None:
    found = findings(Content(forms=(whole_form("nb", summary="En. To. Tre."),)))
    assert [finding.blocks for finding in found] == sorted((finding.blocks for finding in found), reverse=True)


def test_colleagues_need_no_participant_sheet_and_pictures_need_no_words() -> None:
    terms = (PAIR, *(term for term in OTHER_TERMS if term.vocabulary != "use"), ContentTerm(vocabulary="use", slug="colleagues"))
    forms = tuple(whole_form(tag, participant_sheet="") for tag in ("nb", "nn"))
    assert findings(whole_content(terms=terms, forms=forms)) == []
    pictures = whole_form(
        "nb", "none", title="", summary="", goal="", steps=(), questions=(), adaptations=(), care="", participant_sheet=""
    )
    assert findings(whole_content(forms=(*whole_content().forms, pictures))) == []


@pytest.mark.django_db
def test_a_draft_begun_from_an_old_version_is_told_so(framework: None, alice: User, carl: User, rita: User) -> None:
    public = a_published(author=alice, approver=carl)
    late = next_version(public, author=rita)
    assert findings_of(late) == findings_of(public) == findings_of(a_draft(by=alice)) == []
    passed(next_version(public, author=alice), by=carl)
    late.refresh_from_db()
    assert [finding.code for finding in findings_of(late)] == ["stale-base"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Én setning uten punktum", 1),
        ("Du kan bruke ting, f.eks. steiner. Det går fint!", 2),
        ("Spør: «Hva gjorde du da?» Skriv svaret.", 2),
        ("1. Tegn en strek.\n2. Sett et kryss.", 2),
        ("Møt opp kl. 10. Ta med papir …", 2),
    ],
)
def test_sentences_are_counted_near_enough(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_lix_follows_its_formula() -> None:
    assert lix("Du går ut. Du ser deg om.") == round(7 / 2)
    assert lix("Karriereveiledning handler om muligheter.") == round(4 / 1 + 100 * 3 / 4)
    assert lix(" … ") is None


def test_languages_have_valid_tags_directions_and_codes() -> None:
    assert {tag for tag in ("ar", "prs", "fa-AF", "ps", "ckb", "ur", "he", "nb", "uk", "so") if direction(tag) == "rtl"} == {
        "ar", "prs", "fa-AF", "ps", "ckb", "ur", "he",
    }  # fmt: skip
    assert valid_tag("prs") == "fa-AF"
    assert (form_code("nb", ""), form_code("nb", "A2"), form_code("nb", "none")) == ("nb", "nb-a2", "nb-none")
