"""Making a text public, taking it down, putting it back, and moving its address."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from resourcebank.errors import BankError, ReasonNeeded, SlugTaken, StaleBase, StaleRevision, SuccessorInvalid, TimePassed
from resourcebank.models import AuditEvent, OldSlug, Resource, Revision, User
from resourcebank.policies import require_rename
from resourcebank.services import audit
from resourcebank.services.changes import tell_public
from resourcebank.services.news import announce, announce_stuck
from resourcebank.services.published_links import keep_links
from resourcebank.services.step import begin, compare_and_set, finish
from resourcebank.workflow import Action, Status

REVIEW_YEARS = 2
"""A published text is read anew after this many years."""


@transaction.atomic
def publish(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Make an approved revision the public one; the old one is superseded. Raises StaleBase, StaleRevision and what `begin` raises."""
    return _publish(revision, by=by, now=now, seen=seen, entitled=False)


def publish_approved(revision: Revision, *, by: User, now: datetime, note: str = "") -> Revision:
    """Publish what `by` gave the last approval to a moment ago, in the same transaction. `note` is what they wrote to the author."""
    return _publish(revision, by=by, now=now, seen=revision.version, entitled=True, note=note)


@transaction.atomic
def schedule(revision: Revision, *, by: User, now: datetime, seen: int, at: datetime) -> Revision:
    """Let an approved revision become public at a time to come. Raises TimePassed, StaleBase, StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.SCHEDULE, by=by)
    if at <= now:
        raise TimePassed
    fresh = finish(revision, row, by=by, now=now, seen=seen, changes={"publish_at": at}, details={"at": at.isoformat()})
    if not _pointing_at(fresh.resource_id, fresh.based_on_id).exists():
        raise StaleBase
    announce(fresh, action=row.action, by=by, now=now, due_on=timezone.localdate(at))
    return fresh


@transaction.atomic
def unschedule(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Let a scheduled revision wait for a curator again. Raises StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.UNSCHEDULE, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen, changes={"publish_at": None})
    announce(fresh, action=row.action, by=by, now=now)
    return fresh


@dataclass(frozen=True, slots=True)
class Due:
    """What became of a scheduled revision: public when `refusal` is None, else waiting for a curator again. `by` scheduled it."""

    revision: Revision
    by: User
    refusal: BankError | None


def publish_due(now: datetime) -> list[Due]:
    """Publish what was scheduled for `now` or earlier, in the name of the curator who scheduled it, each in a transaction of its own.

    What cannot be published (the base is not the published one any more, the curator lost the role) is unscheduled, so that it is not
    tried for ever. Any number of processes may call this at once.
    """
    due = Revision.objects.filter(status=Status.APPROVED, publish_at__lte=now).select_related("resource").order_by("publish_at", "pk")
    return [done for revision in due if (done := _publish_scheduled(revision, now=now))]


def _publish_scheduled(revision: Revision, *, now: datetime) -> Due | None:
    planned = AuditEvent.objects.filter(revision=revision, action=Action.SCHEDULE).select_related("actor").order_by("-number").first()
    if planned is None:
        return None
    try:
        return Due(publish(revision, by=planned.actor, now=now, seen=revision.version), planned.actor, None)
    except StaleRevision:  # somebody else was quicker
        return None
    except BankError as refusal:
        return _let_wait(revision, by=planned.actor, now=now, refusal=refusal)


@transaction.atomic
def _let_wait(revision: Revision, *, by: User, now: datetime, refusal: BankError) -> Due | None:
    audit.hold(revision.resource_id)
    try:
        compare_and_set(revision, seen=revision.version, status=revision.status, publish_at=None)
    except StaleRevision:
        return None
    fresh = Revision.objects.select_related("resource").get(pk=revision.pk)
    audit.record(fresh, by=by, action=Action.UNSCHEDULE, now=now, from_status=revision.status, details={"because": refusal.code})
    announce_stuck(fresh, planner=by, now=now)
    return Due(fresh, by, refusal)


def _publish(revision: Revision, *, by: User, now: datetime, seen: int, entitled: bool, note: str = "") -> Revision:
    row = begin(revision, action=Action.PUBLISH, by=by, entitled=entitled)
    old = Revision.objects.filter(successors=revision).first()
    if old:
        _supersede(old)
    fresh = finish(
        revision, row, by=by, now=now, seen=seen, changes={"published_at": now}, details={"superseded": old.number} if old else {}
    )
    if (
        _pointing_at(revision.resource_id, revision.based_on_id).update(
            published=fresh, review_due_on=review_due(fresh.assured_on or now.date())
        )
        != 1
    ):
        raise StaleBase
    keep_links([fresh.resource_id])
    tell_public(fresh.resource, kind="changed" if old else "published", now=now)
    public = Revision.objects.select_related("resource").get(pk=fresh.pk)
    announce(public, action=row.action, by=by, now=now, note=note, replaced=old)
    return public


def _supersede(old: Revision) -> None:
    if old.status != Status.PUBLISHED:
        raise StaleBase
    compare_and_set(old, seen=old.version, status=Status.SUPERSEDED)


def _pointing_at(resource_id: int, revision_id: int | None) -> QuerySet[Resource]:
    return Resource.objects.filter(pk=resource_id, published=revision_id)


def review_due(read_on: date) -> date:
    """The day by which a text that was read on a day is read anew."""
    year = read_on.year + REVIEW_YEARS
    return read_on.replace(year=year, day=min(read_on.day, calendar.monthrange(year, read_on.month)[1]))


@transaction.atomic
def retire(revision: Revision, *, by: User, now: datetime, seen: int, reason: str, successor: Resource | None = None) -> Revision:
    """Take the published revision down. Its address then tells the reason and leads to the successor.

    Raises ReasonNeeded, SuccessorInvalid, StaleRevision and what `begin` raises.
    """
    row = begin(revision, action=Action.RETIRE, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen, details={"reason": reason.strip()})
    if not reason.strip():
        raise ReasonNeeded
    if successor is not None and not _can_succeed(successor, fresh.resource):
        raise SuccessorInvalid
    Resource.objects.filter(pk=fresh.resource_id).update(published=None, retired_reason=reason.strip(), successor=successor)
    keep_links([fresh.resource_id])
    tell_public(fresh.resource, kind="retired", now=now)
    present = Revision.objects.select_related("resource").get(pk=fresh.pk)
    announce(present, action=row.action, by=by, now=now, note=reason)
    return present


def _can_succeed(successor: Resource, resource: Resource) -> bool:
    return successor.pk != resource.pk and Resource.objects.filter(pk=successor.pk, published__isnull=False).exists()


@transaction.atomic
def restore(revision: Revision, *, by: User, now: datetime, seen: int, reason: str) -> Revision:
    """Make a retired revision public again, as it was. Raises ReasonNeeded, StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.RESTORE, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen, details={"reason": reason.strip()})
    if not reason.strip():
        raise ReasonNeeded
    if _pointing_at(fresh.resource_id, None).update(published=fresh, retired_reason="", successor=None) != 1:
        raise StaleBase
    keep_links([fresh.resource_id])
    tell_public(fresh.resource, kind="published", now=now)
    present = Revision.objects.select_related("resource").get(pk=fresh.pk)
    announce(present, action=row.action, by=by, now=now, note=reason)
    return present


@transaction.atomic
def rename(resource: Resource, *, by: User, now: datetime, slug: str) -> Resource:
    """Give a resource another address; the old one leads to it for ever. Raises LoginNeeded, NotAllowed, SlugTaken."""
    require_rename(by, resource)
    audit.hold(resource.pk)
    fresh = Resource.objects.get(pk=resource.pk)
    if fresh.slug == slug:
        return fresh
    old = fresh.slug
    _move(fresh, slug)
    revision = Revision.objects.filter(resource=fresh).order_by("-number")[0]
    audit.record(revision, by=by, action="rename", now=now, from_status=revision.status, details={"from": old, "to": slug})
    if fresh.published_id:
        tell_public(fresh, kind="changed", now=now)
    return fresh


def _move(resource: Resource, slug: str) -> None:
    OldSlug.objects.filter(slug=slug, resource=resource).delete()
    if OldSlug.objects.filter(slug=slug).exists():
        raise SlugTaken(slug)
    OldSlug.objects.create(slug=resource.slug, resource=resource)
    resource.slug = slug
    try:
        with transaction.atomic():
            resource.save(update_fields=["slug"])
    except IntegrityError as error:
        raise SlugTaken(slug) from error
