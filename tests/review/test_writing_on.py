"""What was judged once can be written on: the judgement stays, and stands by the text it was given to."""

from __future__ import annotations

import pytest
from django.test import override_settings

from resourcebank.models import Answer, Revision, User
from resourcebank.services.drafts import save
from resourcebank.services.review import approve, request_changes, take_back, withdraw_approval
from resourcebank.workflow import Status
from tests.factories import NOW, approved, handed_in, whole_content, yes_to_all

pytestmark = pytest.mark.usefixtures("framework")


def written_on(revision: Revision, *, by: User) -> Revision:
    return save(revision, by=by, content=whole_content(terms=()), seen=revision.version, now=NOW)


def test_a_draft_whose_approval_was_withdrawn_can_be_written_on(alice: User, carl: User) -> None:
    ready = approved(handed_in(by=alice), by=carl)
    back = withdraw_approval(ready, by=carl, now=NOW, seen=ready.version, reason="Ny tekst.")
    draft = take_back(back, by=alice, now=NOW, seen=back.version)
    before = list(Answer.objects.order_by("pk").values())
    assert written_on(draft, by=alice).status == Status.DRAFT
    assert list(Answer.objects.order_by("pk").values()) == before


@override_settings(BANK_APPROVALS={"activity": 2})
def test_a_text_one_of_two_approved_can_be_written_on_when_the_other_asks_for_changes(alice: User, carl: User, rita: User) -> None:
    waiting = handed_in(by=alice)
    once = approve(waiting, by=rita, now=NOW, seen=waiting.version, checklist=yes_to_all(waiting))
    sent_back = request_changes(once, by=carl, now=NOW, seen=once.version, note="Kort ned steg to.")
    assert written_on(sent_back, by=alice).status == Status.CHANGES_REQUESTED
