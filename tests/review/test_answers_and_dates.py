"""What a decision keeps of the checklist, whatever its verdict, and until when a review is in somebody's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from resourcebank.errors import Invalid, NotTaken, StaleRevision, TakenByAnother
from resourcebank.models import Answer, AuditEvent, Decision, User
from resourcebank.services.checklist import Checklist
from resourcebank.services.review import approve, reject, request_changes, set_due, take
from resourcebank.workflow import RoleName
from tests.factories import NOW, handed_in, person, yes_to_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]


def test_what_does_not_apply_is_in_order_where_the_point_allows_it(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    whole = yes_to_all(revision)
    for code in ("care", "method"):
        answered = replace(whole, answers={**whole.answers, code: "not_relevant"})
        with pytest.raises(Invalid) as refusal:
            approve(revision, by=rita, now=NOW, seen=revision.version, checklist=answered)
        assert [problem.field for problem in refusal.value.problems] == [f"checklist.{code}"]
    without_pictures = replace(whole, answers={**whole.answers, "accessibility": "not_relevant"})
    approve(revision, by=rita, now=NOW, seen=revision.version, checklist=without_pictures)
    kept = dict(Answer.objects.filter(criterion__isnull=False).values_list("criterion__code", "value"))
    assert kept == {**whole.answers, "accessibility": "not_relevant"}


@pytest.mark.parametrize("verdict", ["request_changes", "reject"])
def test_what_was_answered_is_kept_with_every_verdict(verdict: str, alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    (link,) = yes_to_all(revision).confirmed
    given = Checklist(answers={"method": "ok", "care": "not_ok", "accessibility": "not_relevant"}, confirmed=frozenset({link}))
    if verdict == "reject":
        reject(revision, by=rita, now=NOW, seen=revision.version, reason="quality", note="Nei.", checklist=given)
    else:
        request_changes(revision, by=rita, now=NOW, seen=revision.version, note="Rett.", checklist=given)
    answers = Decision.objects.get().answers
    assert dict(answers.filter(term=None).values_list("criterion__code", "value")) == given.answers
    assert list(answers.filter(criterion=None).values_list("term__slug", "value")) == [(link[1], "ok")]


def test_an_answer_nobody_knows_is_refused_with_every_verdict(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    odd = Checklist(answers={"care": "kanskje"})
    with pytest.raises(Invalid) as asked:
        request_changes(revision, by=rita, now=NOW, seen=revision.version, note="Rett.", checklist=odd)
    with pytest.raises(Invalid) as turned_down:
        reject(revision, by=rita, now=NOW, seen=revision.version, reason="quality", note="Nei.", checklist=odd)
    assert [[problem.field for problem in refusal.value.problems] for refusal in (asked, turned_down)] == [["checklist.care"]] * 2
    assert not Decision.objects.exists()


def test_the_date_of_a_taken_review_is_changed_by_its_holder_or_a_curator(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    later = NOW.date() + timedelta(days=30)
    with pytest.raises(NotTaken):
        set_due(revision, by=rita, now=NOW, seen=revision.version, due_on=later)
    revision = take(revision, by=rita, now=NOW, seen=revision.version)
    with pytest.raises(TakenByAnother):
        set_due(revision, by=person("Rune", RoleName.REVIEWER), now=NOW, seen=revision.version, due_on=later)
    with pytest.raises(StaleRevision):
        set_due(revision, by=rita, now=NOW, seen=revision.version - 1, due_on=later)
    for who, day in ((rita, later), (carl, NOW.date())):
        revision = set_due(revision, by=who, now=NOW, seen=revision.version, due_on=day)
        assert revision.reviews.get().due_on == day
    assert revision.reviews.get().taken_by == rita
    said = list(AuditEvent.objects.filter(action="set_due").values_list("actor__name", "details"))
    assert said == [("Rita", {"from": "2026-12-06", "to": "2026-12-22"}), ("Carl", {"from": "2026-12-22", "to": "2026-11-22"})]


@pytest.mark.parametrize("days", [-1, 181, 4000])
def test_a_review_is_due_neither_in_the_past_nor_in_a_distant_future(days: int, alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    revision = take(revision, by=rita, now=NOW, seen=revision.version)
    with pytest.raises(Invalid) as refusal:
        set_due(revision, by=rita, now=NOW, seen=revision.version, due_on=NOW.date() + timedelta(days=days))
    assert [problem.field for problem in refusal.value.problems] == ["due_on"]
    assert revision.reviews.get().due_on == NOW.date() + timedelta(days=14)
