"""Publishing at a time to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from resourcebank.errors import OwnWork, StaleBase, StaleRevision, TimePassed, WrongStatus
from resourcebank.models import AuditEvent, PublicChange, Resource, Revision, User
from resourcebank.services.publication import publish, publish_due, schedule, unschedule
from resourcebank.services.review import approve, withdraw_approval
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from resourcebank.workflow import Action, RoleName, Status
from tests.factories import NOW, a_published, approved, handed_in, next_version, passed, person, yes_to_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
LATER = NOW + timedelta(days=3)


def scheduled(revision: Revision, *, by: User) -> Revision:
    return schedule(revision, by=by, now=NOW, seen=revision.version, at=LATER)


def test_what_is_scheduled_becomes_public_at_its_time_in_the_name_of_who_scheduled_it(alice: User, rita: User, carl: User) -> None:
    revision = scheduled(approved(handed_in(by=alice), by=rita), by=carl)
    assert revision.publish_at == LATER
    assert publish_due(LATER - timedelta(seconds=1)) == []
    (done,) = publish_due(LATER)
    assert (done.by, done.refusal, done.revision.status, done.revision.published_at) == (carl, None, Status.PUBLISHED, LATER)
    assert AuditEvent.objects.get(action=Action.PUBLISH).actor == carl
    assert publish_due(LATER) == []
    assert PublicChange.objects.count() == 1
    assert verify_audit().problems == ()
    assert verify_published() == verify_public_changes() == ()


def test_a_plan_can_be_changed_and_dropped(alice: User, carl: User) -> None:
    revision = scheduled(approved(handed_in(by=alice), by=carl), by=carl)
    moved = schedule(revision, by=carl, now=NOW, seen=revision.version, at=LATER + timedelta(days=1))
    assert publish_due(LATER) == []
    dropped = unschedule(moved, by=carl, now=NOW, seen=moved.version)
    assert dropped.publish_at is None
    assert publish_due(LATER + timedelta(days=9)) == []


def test_only_a_time_to_come_can_be_chosen_and_only_for_what_is_approved(alice: User, carl: User) -> None:
    revision = approved(handed_in(by=alice), by=carl)
    with pytest.raises(TimePassed):
        schedule(revision, by=carl, now=NOW, seen=revision.version, at=NOW)
    with pytest.raises(StaleRevision):
        schedule(revision, by=carl, now=NOW, seen=revision.version - 1, at=LATER)
    with pytest.raises(WrongStatus):
        scheduled(handed_in(by=alice), by=carl)
    assert Revision.objects.exclude(publish_at=None).count() == 0


def test_nobody_schedules_own_work(carl: User) -> None:
    with pytest.raises(OwnWork):
        scheduled(approved(handed_in(by=carl), by=person("Cora", RoleName.CURATOR)), by=carl)


def test_withdrawing_the_approval_drops_the_plan(alice: User, carl: User) -> None:
    revision = scheduled(approved(handed_in(by=alice), by=carl), by=carl)
    waiting = withdraw_approval(revision, by=carl, now=NOW, seen=revision.version, reason="Feil lisens.")
    assert waiting.publish_at is None
    assert publish_due(LATER) == []


def test_what_was_published_by_hand_is_not_published_again(alice: User, carl: User) -> None:
    revision = scheduled(approved(handed_in(by=alice), by=carl), by=carl)
    publish(revision, by=carl, now=NOW, seen=revision.version)
    assert publish_due(LATER) == []
    assert PublicChange.objects.count() == 1


def test_a_plan_that_cannot_be_kept_waits_for_a_curator_and_is_not_tried_for_ever(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    revision = scheduled(approved(next_version(public, author=alice), by=carl), by=carl)
    other = scheduled(approved(handed_in(by=alice), by=carl), by=carl)
    bob = next_version(public, author=person("Bob", RoleName.CONTRIBUTOR))
    Resource.objects.filter(pk=public.resource_id).update(published=None)
    first, second = publish_due(LATER)
    assert isinstance(first.refusal, StaleBase)
    assert (first.revision.status, first.revision.publish_at) == (Status.APPROVED, None)
    assert (second.revision.pk, second.refusal) == (other.pk, None)
    assert publish_due(LATER) == []
    with pytest.raises(StaleBase):
        scheduled(Revision.objects.select_related("resource").get(pk=revision.pk), by=carl)
    assert bob.status == Status.IN_REVIEW
    assert verify_audit().problems == ()


def test_a_curator_who_lost_the_role_publishes_nothing_any_more(alice: User, carl: User) -> None:
    revision = scheduled(approved(handed_in(by=alice), by=carl), by=carl)
    carl.roles.all().delete()
    (done,) = publish_due(LATER)
    assert done.refusal is not None
    assert done.refusal.code == "not-allowed"
    assert Revision.objects.get(pk=revision.pk).status == Status.APPROVED


def test_the_last_approval_can_let_the_text_wait(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    held = approve(revision, by=rita, now=NOW, seen=revision.version, checklist=yes_to_all(revision), hold=True)
    assert (held.status, held.assurance) == (Status.APPROVED, "reviewed")
    assert scheduled(held, by=carl).publish_at == LATER
    assert passed(handed_in(by=alice), by=rita).status == Status.PUBLISHED
