"""The chain of who did what, and the proof that public texts are what was approved."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import F

from resourcebank.migrations import _triggers as triggers
from resourcebank.models import AuditEvent, AuditHead, Decision, Form, PublicChange, Resource, Revision, User
from resourcebank.services.audit import seal
from resourcebank.services.drafts import discard, revise
from resourcebank.services.publication import rename, restore, retire
from resourcebank.services.review import take_back, withdraw_approval
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from resourcebank.workflow import Status
from tests.factories import NOW, a_draft, a_published, approved, handed_in, next_version, passed


@pytest.fixture
def history(framework: None, alice: User, carl: User) -> Revision:
    """Two resources with some history; the revision is the superseded first one of the first resource."""
    first = a_published(author=alice, approver=carl)
    passed(next_version(first, author=alice), by=carl)
    a_published(author=alice, approver=carl)
    return Revision.objects.get(pk=first.pk)


@pytest.fixture
def tampering(history: Revision) -> Revision:
    """The same, with the triggers gone: somebody has the database in their hands."""
    with connection.cursor() as cursor:
        for name in triggers.trigger_names():
            place = f" ON resourcebank_{name.split('_')[1]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{place}")
    return history


@pytest.mark.django_db
def test_a_life_in_full_leaves_an_unbroken_chain(framework: None, alice: User, carl: User) -> None:
    revision = handed_in(by=alice)
    revision = take_back(revision, by=alice, now=NOW, seen=revision.version)
    revision = discard(revision, by=alice, now=NOW, seen=revision.version)
    waiting = approved(handed_in(by=alice), by=carl)
    waiting = withdraw_approval(waiting, by=carl, now=NOW, seen=waiting.version, reason="Feil lisens.")
    public = a_published(author=alice, approver=carl)
    rename(public.resource, by=carl, now=NOW, slug="nytt-navn")
    public = passed(next_version(public, author=alice), by=carl)
    down = retire(public, by=carl, now=NOW, seen=public.version, reason="Utdatert.")
    up = restore(down, by=carl, now=NOW, seen=down.version, reason="Oppdatert.")
    revise(up.resource, by=alice, now=NOW)
    report = verify_audit()
    assert report.problems == ()
    assert report.chains == 3
    assert report.events == AuditEvent.objects.count()
    assert verify_published() == verify_public_changes() == ()
    assert list(PublicChange.objects.values_list("kind", flat=True)) == ["published", "changed", "changed", "retired", "published"]


@pytest.mark.django_db
def test_the_root_changes_with_every_event(framework: None, alice: User) -> None:
    draft = a_draft(by=alice)
    before = verify_audit().root
    assert verify_audit().root == before
    discard(draft, by=alice, now=NOW, seen=draft.version)
    assert verify_audit().root != before


def _resealed(event: AuditEvent) -> None:
    """Somebody who knows how events are sealed rewrites one."""
    event.details = {"reason": "Noe annet."}
    event.hash = seal(event)
    event.save()


def _joined_again(event: AuditEvent, following: AuditEvent) -> None:
    """The same, and the joint to the next event is mended."""
    _resealed(event)
    AuditEvent.objects.filter(pk=following.pk).update(previous_hash=event.hash)


def _swapped(one: AuditEvent, two: AuditEvent) -> None:
    AuditEvent.objects.filter(pk=one.pk).update(number=1000)
    AuditEvent.objects.filter(pk=two.pk).update(number=one.number)
    AuditEvent.objects.filter(pk=one.pk).update(number=two.number)


TAMPERINGS: dict[str, Callable[[list[AuditEvent]], object]] = {
    "another person": lambda chain: AuditEvent.objects.filter(pk=chain[2].pk).update(actor=User.objects.exclude(pk=chain[2].actor_id)[0]),
    "another time": lambda chain: AuditEvent.objects.filter(pk=chain[2].pk).update(at=NOW.replace(year=2020)),
    "another action": lambda chain: AuditEvent.objects.filter(pk=chain[2].pk).update(action="retire"),
    "another status": lambda chain: AuditEvent.objects.filter(pk=chain[2].pk).update(to_status="rejected"),
    "other details": lambda chain: AuditEvent.objects.filter(pk=chain[2].pk).update(details={"level": "reviewed"}),
    "resealed": lambda chain: _resealed(chain[2]),
    "resealed and joined again": lambda chain: _joined_again(chain[2], chain[3]),
    "one taken out": lambda chain: chain[2].delete(),
    "the first taken out": lambda chain: chain[0].delete(),
    "the tail cut": lambda chain: chain[-1].delete(),
    "all gone": lambda chain: AuditEvent.objects.filter(resource=chain[0].resource_id).delete(),
    "two swapped": lambda chain: _swapped(chain[1], chain[2]),
    "one put in": lambda chain: AuditEvent.objects.create(
        resource_id=chain[0].resource_id,
        number=chain[-1].number + 1,
        at=NOW,
        actor_id=chain[0].actor_id,
        action="retire",
        revision_id=chain[-1].revision_id,
        to_status="retired",
        hash="0" * 64,
    ),
    "the head moved": lambda chain: AuditHead.objects.filter(pk=chain[0].resource_id).update(number=F("number") - 1),
    "the head gone": lambda chain: AuditHead.objects.filter(pk=chain[0].resource_id).delete(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_with_the_chain_is_found(name: str, tampering: Revision) -> None:
    assert verify_audit().problems == ()
    TAMPERINGS[name](list(AuditEvent.objects.filter(resource=tampering.resource)))
    assert verify_audit().problems


@pytest.mark.django_db
def test_the_event_that_was_changed_is_named(tampering: Revision) -> None:
    event = AuditEvent.objects.filter(resource=tampering.resource)[3]
    AuditEvent.objects.filter(pk=event.pk).update(details={"made": "up"})
    assert verify_audit().problems == (f"audit: resource {event.resource_id}, event 4: its content does not match its seal",)


TEXT_TAMPERINGS: dict[str, Callable[[Revision], object]] = {
    "a word": lambda revision: Form.objects.filter(revision=revision, language="nb").update(care="Alltid trygt."),
    "a fact": lambda revision: Revision.objects.filter(pk=revision.pk).update(minutes_max=90),
    "a form": lambda revision: Form.objects.filter(revision=revision, language="nn").delete(),
    "a link": lambda revision: revision.term_links.all()[0].delete(),
    "a step": lambda revision: revision.steps.all()[0].delete(),
    "the hash with it": lambda revision: Revision.objects.filter(pk=revision.pk).update(content_hash="0" * 64),
    "the approval": lambda revision: Decision.objects.filter(review__revision=revision).update(verdict="request_changes"),
    "the approver": lambda revision: Decision.objects.filter(review__revision=revision).update(reviewer=revision.author),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXT_TAMPERINGS)
def test_a_public_text_that_is_not_the_approved_one_is_found(name: str, tampering: Revision) -> None:
    assert verify_published() == ()
    TEXT_TAMPERINGS[name](tampering)
    assert [problem for problem in verify_published() if f"revision {tampering.number}" in problem]


@pytest.mark.django_db
def test_what_may_change_after_publication_breaks_no_proof(history: Revision, alice: User) -> None:
    Revision.objects.filter(pk=history.pk).update(attribution="")
    Form.objects.filter(revision=history).update(translated_by="", checked_by="Amina", checked_on=NOW.date())
    User.objects.filter(pk=alice.pk).update(name="", email="slettet@example.org")
    assert verify_published() == ()
    assert verify_audit().problems == ()


@pytest.mark.django_db
def test_a_pointer_that_leads_astray_is_found(history: Revision) -> None:
    Resource.objects.filter(pk=history.resource_id).update(published=history)
    assert [problem.split(": ")[-1] for problem in verify_published()] == [
        "points at a revision that is not published",
        "revision 2 is published, but the resource does not show it",
    ]


@pytest.mark.django_db
def test_a_missing_public_change_is_found(history: Revision) -> None:
    assert verify_public_changes() == ()
    PublicChange.objects.filter(sequence=2).delete()
    assert verify_public_changes() == ("changes: 2 numbers up to 3, but the head says 3",)


@pytest.mark.django_db
def test_events_carry_no_names(history: Revision, alice: User) -> None:
    texts = itertools.chain.from_iterable(AuditEvent.objects.values_list())
    assert not [text for text in texts if alice.name in str(text) or alice.email in str(text)]
    assert history.status == Status.SUPERSEDED
