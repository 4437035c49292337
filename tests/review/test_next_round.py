"""What the review page says of the rounds before: answers that were kept, dates that were moved, and what changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resourcebank.catalogue import forget_labels
from resourcebank.models import Answer, Revision, User
from resourcebank.services.checklist import load_checklist
from resourcebank.services.drafts import save
from resourcebank.services.review import approve, request_changes, submit, withdraw_approval
from resourcebank.services.talk import add_comment
from resourcebank.workflow import RoleName, Status
from tests.factories import (
    NOW,
    a_picture,
    a_published,
    framework_files,
    handed_in,
    next_version,
    person,
    whole_content,
    whole_form,
    yes_to_all,
)
from tests.review.reviewing import Reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _names_are_read_anew(framework: None) -> None:
    forget_labels()


def again(revision: Revision, *, by: User, **changes: Any) -> Revision:
    """What was sent back, handed in anew with other words."""
    draft = Revision.objects.select_related("resource").get(pk=revision.pk)
    forms = (whole_form("nb", care="Vent til det passer."), whole_form("nn", made_from="nb"))
    content = whole_content(**{"forms": forms} | changes)
    now = timezone.now()
    saved = save(draft, by=by, content=content, seen=draft.version, now=now)
    return submit(saved, by=by, now=now, seen=saved.version)


def checked(at: Reviewer) -> dict[str, list[str]]:
    """What is chosen on the checklist."""
    return {name: value for name, value in at.fields.items() if name.startswith("answer.") or name == "confirm"}


def test_what_was_answered_before_is_said_and_not_chosen_when_the_text_was_handed_in_anew(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    first = Reviewer(rita, revision)
    link = first.all_in_order()["confirm"]
    assert "Forrige runde" not in first.said
    first.press("request_changes", note="Rett «Pass på».", answer__method="ok", answer__care="not_ok", confirm=link)
    assert Answer.objects.count() == 3
    at = Reviewer(carl, again(revision, by=alice))
    assert "Ved punktene står det Rita svarte i forrige runde" in at.said
    assert "Teksten er sendt inn på nytt siden, og derfor er ingenting valgt på forhånd." in at.said
    assert re.findall(r'id="earlier-(\w+)">Forrige runde: <strong>([^<]+)</strong>', at.text) == [
        ("method", "I orden"),
        ("care", "Ikke i orden"),
    ]
    assert at.said.count("Bekreftet i forrige runde") == 1
    assert checked(at) == {}
    at.press("approve", note="Fint.")
    assert at.status == 422
    assert Revision.objects.get(pk=revision.pk).status == Status.IN_REVIEW


def test_answers_about_the_very_same_text_are_chosen_beforehand_and_said_to_be(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    cora = person("Cora", RoleName.CURATOR)
    answers = {**yes_to_all(revision).answers, "accessibility": "not_relevant"}
    checklist = type(yes_to_all(revision))(answers=answers, confirmed=yes_to_all(revision).confirmed)
    approved = approve(revision, by=rita, now=NOW, seen=revision.version, checklist=checklist, hold=True)
    withdraw_approval(approved, by=cora, now=LATER, seen=approved.version, reason="For tidlig.")
    at = Reviewer(carl, revision)
    assert "Teksten er den samme, og derfor er svarene valgt på forhånd. Se over dem." in at.said
    assert {name: value[0] for name, value in checked(at).items() if name != "confirm"} == {f"answer.{k}": v for k, v in answers.items()}
    at.press("comment", comment="Et spørsmål.", answer__care="not_ok", confirm=[])
    assert checked(at)["answer.care"] == ["not_ok"]
    assert "confirm" not in checked(at)


def test_two_who_read_in_the_same_round_do_not_see_each_others_answers(alice: User, rita: User, carl: User, settings: object) -> None:
    settings.BANK_APPROVALS = {"activity": 2}  # type: ignore[attr-defined]  # the fixture of pytest-django
    revision = handed_in(by=alice)
    first = Reviewer(rita, revision)
    first.press("approve", **first.all_in_order())
    at = Reviewer(carl, revision)
    assert "1 av 2" in at.said
    assert "Forrige runde" not in at.said
    assert checked(at) == {}


def test_answers_to_another_version_of_the_checklist_are_not_repeated(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    Reviewer(rita, revision).press("request_changes", note="Rett.", answer__method="ok")
    _, checklist = framework_files()
    load_checklist(replace(checklist, version=checklist.version + 1))
    assert "forrige runde" not in Reviewer(carl, again(revision, by=alice)).said.lower()


def test_only_a_point_that_allows_it_offers_that_it_does_not_apply(alice: User, rita: User) -> None:
    at = Reviewer(rita, handed_in(by=alice))
    assert re.findall(r'name="answer.(\w+)" value="not_relevant"', at.text) == ["accessibility"]
    at.press("approve", **at.all_in_order() | {"answer__accessibility": "not_relevant"})
    assert at.status == 200
    public = at.client.get(f"/nb/ressurs/{Revision.objects.get().resource.slug}/").content.decode()
    assert "<dt>Tilgjengelighet</dt><dd>ikke aktuelt</dd>" in public


def test_the_holder_moves_the_date_and_keeps_what_is_typed(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    assert "set_due" not in at.buttons
    at.press("take")
    today = timezone.localdate()
    assert at.fields["due_on"] == [(today + timedelta(days=14)).isoformat()]
    for wrong in ("", "tull", "2026-13-40", (today - timedelta(days=1)).isoformat(), (today + timedelta(days=400)).isoformat()):
        at.press("set_due", due_on=wrong)
        assert at.status == 422
        assert 'href="#due_on"' in at.text
        assert 'id="due_on-error"' in at.text
    moved = today + timedelta(days=30)
    at.press("set_due", due_on=moved.isoformat(), note="Mer tid.")
    assert "Fristen er endret." in at.said
    assert revision.reviews.get().due_on == moved
    assert (at.fields["note"], at.fields["due_on"]) == (["Mer tid."], [moved.isoformat()])
    assert "set_due" in Reviewer(carl, revision).buttons
    assert "set_due" not in Reviewer(person("Rune", RoleName.REVIEWER), revision).buttons


def test_each_change_leads_to_the_next_and_back_and_the_rest_can_be_read_too(alice: User, rita: User, carl: User) -> None:
    long = " ".join(f"Ord nummer {number}." for number in range(80))
    old = whole_content(forms=(whole_form("nb", goal=f"{long} Slutt."), whole_form("nn")))
    new = whole_content(forms=(whole_form("nb", title="Fem stoler", goal=f"{long} Ende."), whole_form("nn", title="Fem stolar")))
    at = Reviewer(rita, next_version(a_published(author=alice, approver=carl, content=old), author=alice, content=new))
    assert "3 felt er endret." in at.said
    places = re.findall(r'id="(endring-\d)"', at.text)
    assert places == ["endring-1", "endring-2", "endring-3"]
    ways = re.findall(r'href="#(endring-\d)">(\w+) endring<span class="ds-sr-only">: ([^<]+)<', at.text)
    assert ways == [
        ("endring-2", "Neste", "Hensikt (Bokmål)"),
        ("endring-1", "Forrige", "Tittel (Bokmål)"),
        ("endring-3", "Neste", "Tittel (Nynorsk)"),
        ("endring-2", "Forrige", "Hensikt (Bokmål)"),
    ]
    assert '<section class="untouched">\n      <h3>Kort fortalt (Bokmål)</h3>' in at.text
    far = re.findall(r'<span class="far">([^<]+)</span>', at.text)
    assert len(far) == 1
    shown = at.text[at.text.index('id="endring-2"') : at.text.index('id="endring-3"')]
    words = re.sub(r'<span class="gap">[^<]*</span>|<[^>]+>', "", shown)
    assert " ".join(f"{long} fjernet: Slutt.".split()) in " ".join(words.split())


@pytest.mark.parametrize("who", ["rita", "carl"])
def test_the_page_takes_eight_statements_with_everything_on_it(who: str, alice: User, rita: User, carl: User) -> None:
    forms = (whole_form("nb", care="Se https://example.org/hjelp."), whole_form("nn"))
    pictured = {"pictures": (a_picture(),), "forms": forms, "source_url": "https://example.org/"}
    public = a_published(author=alice, approver=carl, content=whole_content(**pictured))
    revision = next_version(public, author=alice, content=whole_content(**pictured | {"minutes": (12, 20)}))
    request_changes(revision, by=rita, now=NOW, seen=revision.version, note="Rett.", checklist=yes_to_all(revision))
    revision = again(revision, by=alice, **pictured)
    for number in range(5):
        add_comment(revision, by=rita, now=NOW, text=f"Hva med {number}?", field="forms.nb.care")
    at = Reviewer({"rita": rita, "carl": carl}[who], revision)
    with CaptureQueriesContext(connection) as captured:
        at.open()
    assert at.status == 200
    assert len(captured) == 8, [each["sql"][:90] for each in captured]
