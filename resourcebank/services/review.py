"""From submission to decision."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from resourcebank.content import content_hash, content_of
from resourcebank.errors import (
    AlreadyDecided,
    AnotherApproved,
    Invalid,
    NoteNeeded,
    NotReady,
    NotTaken,
    Problem,
    ReasonNeeded,
    StaleBase,
    TakenByAnother,
)
from resourcebank.models import Decision, Resource, Review, Revision, TermLink, User
from resourcebank.policies import roles_for, roles_of
from resourcebank.quality import findings
from resourcebank.services.checklist import Checklist, current_criteria, keep_answers, require_complete, require_known
from resourcebank.services.news import announce
from resourcebank.services.publication import publish_approved
from resourcebank.services.step import begin, finish
from resourcebank.workflow import Action, Assurance, RejectReason, RoleName, Status, Verdict

REVIEW_DAYS = 14
"""How long a reviewer who takes a review has, in days, unless the date is changed."""
LONGEST_REVIEW = 180
"""The furthest a date can be set, in days: who needs longer hands the review back."""


@transaction.atomic
def submit(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Hand the draft in and open a round of review. Raises NotReady with the blocking findings, StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.SUBMIT, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen, changes={"submitted_at": now})
    blocking = [finding for finding in findings(content_of(fresh)) if finding.blocks]
    if blocking:
        raise NotReady(problems=tuple(Problem(finding.field, finding.code, finding.message) for finding in blocking))
    _open_round(fresh, now=now)
    announce(fresh, action=row.action, by=by, now=now)
    return fresh


@transaction.atomic
def take_back(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """The author takes a submission back; the round is closed."""
    row = begin(revision, action=Action.TAKE_BACK, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen)
    review = _round(fresh)
    _close(review, now=now)
    announce(fresh, action=row.action, by=by, now=now, holder=review.taken_by)
    return fresh


@transaction.atomic
def take(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Hold the review: nobody else decides until it is handed back. Raises TakenByAnother and what `begin` raises."""
    row = begin(revision, action=Action.TAKE, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen)
    review = _round(fresh)
    _require_free_for(by, review)
    due_on = timezone.localdate(now) + timedelta(days=REVIEW_DAYS)
    Review.objects.filter(pk=review.pk).update(taken_by=by, taken_at=now, due_on=due_on)
    announce(fresh, action=row.action, by=by, now=now, due_on=due_on)
    return fresh


@transaction.atomic
def hand_back(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Let go of the review. A curator may do it for whoever holds it, so that no text is stuck with somebody who is away."""
    row = begin(revision, action=Action.HAND_BACK, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen)
    review = _round(fresh)
    if RoleName.CURATOR not in roles_of(by):
        _require_free_for(by, review)
    _let_go(review)
    announce(fresh, action=row.action, by=by, now=now, holder=review.taken_by)
    return fresh


@transaction.atomic
def set_due(revision: Revision, *, by: User, now: datetime, seen: int, due_on: date) -> Revision:
    """Change the date by which the review is to be done: whoever holds it, or a curator, who may do it for any holder.
    Raises NotTaken, TakenByAnother, Invalid for a date that is past or too far away, StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.SET_DUE, by=by)
    review = _round(revision)
    details = {"from": str(review.due_on or ""), "to": str(due_on)}
    fresh = finish(revision, row, by=by, now=now, seen=seen, details=details)
    if review.taken_by is None:
        raise NotTaken
    if RoleName.CURATOR not in roles_of(by):
        _require_free_for(by, review)
    _require_due_date(due_on, today=timezone.localdate(now))
    Review.objects.filter(pk=review.pk).update(due_on=due_on)
    announce(fresh, action=row.action, by=by, now=now, due_on=due_on, holder=review.taken_by)
    return fresh


@transaction.atomic
def request_changes(
    revision: Revision,
    *,
    by: User,
    now: datetime,
    seen: int,
    note: str,
    internal_note: str = "",
    checklist: Checklist | None = None,
) -> Revision:
    """Send the text back to its author with a note; what was answered of the checklist is kept for the next round.
    Raises NoteNeeded, Invalid, TakenByAnother, AlreadyDecided, StaleRevision …"""
    row = begin(revision, action=Action.REQUEST_CHANGES, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen)
    _require_note(note)
    decision = _decide(fresh, by=by, now=now, verdict=Verdict.REQUEST_CHANGES, note=note, internal_note=internal_note)
    _keep(decision, fresh, checklist)
    _close(_round(fresh), now=now)
    announce(fresh, action=row.action, by=by, now=now, note=note)
    return fresh


@transaction.atomic
def reject(
    revision: Revision,
    *,
    by: User,
    now: datetime,
    seen: int,
    reason: RejectReason | str,
    note: str,
    internal_note: str = "",
    checklist: Checklist | None = None,
) -> Revision:
    """Turn the text down for a coded reason; what was answered of the checklist is kept.
    Raises NoteNeeded, ReasonNeeded, Invalid, TakenByAnother, AlreadyDecided, StaleRevision …"""
    row = begin(revision, action=Action.REJECT, by=by)
    fresh = finish(revision, row, by=by, now=now, seen=seen, details={"reason": str(reason)})
    if reason not in set(RejectReason):
        raise ReasonNeeded
    _require_note(note)
    decision = _decide(fresh, by=by, now=now, verdict=Verdict.REJECT, reason=str(reason), note=note, internal_note=internal_note)
    _keep(decision, fresh, checklist)
    _close(_round(fresh), now=now)
    announce(fresh, action=row.action, by=by, now=now, note=note, reason=str(reason))
    return fresh


@transaction.atomic
def approve(
    revision: Revision,
    *,
    by: User,
    now: datetime,
    seen: int,
    checklist: Checklist,
    note: str = "",
    internal_note: str = "",
    read_on: date | None = None,
    hold: bool = False,
) -> Revision:
    """Approve exactly the text that was seen. The level is `reviewed` by a reviewer, `checked` by a curator.

    Short of the required number (BANK_APPROVALS) the decision is kept and the revision stays in review; the last one approves it, and
    publishes it where BANK_PUBLISH_ON_APPROVAL says so, unless the person lets it wait (`hold`) for a curator or a time.
    `read_on` is the day it was read, if not today.
    Raises ChecklistIncomplete, StaleBase, AnotherApproved, TakenByAnother, AlreadyDecided, StaleRevision and what `begin` raises.
    """
    row = begin(revision, action=Action.APPROVE, by=by)
    review = _round(revision)
    levels = [*review.decisions.filter(verdict=Verdict.APPROVE).values_list("level", flat=True), _level(by, revision)]
    enough = len(levels) >= approvals_needed(revision)
    assured = {"assurance": max(levels, key=_RANK.index), "assured_on": read_on or timezone.localdate(now)} if enough else {}
    if enough:
        _require_no_other_approved(revision)
    fresh = finish(revision, row, by=by, now=now, seen=seen, stays=not enough, changes=assured, details={"level": levels[-1]})
    _require_current_base(fresh)
    decision = _decide(fresh, by=by, now=now, verdict=Verdict.APPROVE, level=levels[-1], note=note, internal_note=internal_note)
    criteria, links = current_criteria(), _framework_links(fresh)
    require_known(checklist, criteria=criteria)
    require_complete(checklist, criteria=criteria, links=links)
    keep_answers(decision, checklist, criteria=criteria, links=links)
    if enough:
        _close(review, now=now)
        if settings.BANK_PUBLISH_ON_APPROVAL and not hold:
            return publish_approved(fresh, by=by, now=now, note=note)
    else:
        _let_go(review)
    announce(fresh, action=row.action, by=by, now=now, note=note)
    return fresh


@transaction.atomic
def withdraw_approval(revision: Revision, *, by: User, now: datetime, seen: int, reason: str) -> Revision:
    """Take an approval back before publication; a new round of review is opened. Raises ReasonNeeded, StaleRevision …"""
    row = begin(revision, action=Action.WITHDRAW_APPROVAL, by=by)
    changes = {"assurance": Assurance.NONE, "assured_on": None, "publish_at": None}
    fresh = finish(revision, row, by=by, now=now, seen=seen, changes=changes, details={"reason": reason.strip()})
    if not reason.strip():
        raise ReasonNeeded
    _open_round(fresh, now=now)
    announce(fresh, action=row.action, by=by, now=now, note=reason)
    return fresh


_RANK = [str(Assurance.CHECKED), str(Assurance.REVIEWED)]


def _level(by: User, revision: Revision) -> str:
    return str(Assurance.REVIEWED if RoleName.REVIEWER in roles_for(by, revision) else Assurance.CHECKED)


def approvals_needed(revision: Revision) -> int:
    """How many must approve a revision of its kind."""
    kind = revision.kind.slug if revision.kind else ""
    return max(1, settings.BANK_APPROVALS.get(kind, 1))


def _round(revision: Revision) -> Review:
    review = revision.reviews.order_by("-round").first()
    if review is None:
        raise Invalid
    return review


def _open_round(revision: Revision, *, now: datetime) -> None:
    last = revision.reviews.order_by("-round").values_list("round", flat=True).first() or 0
    Review.objects.create(revision=revision, round=last + 1, opened_at=now)


def _close(review: Review, *, now: datetime) -> None:
    Review.objects.filter(pk=review.pk).update(closed_at=now)


def _let_go(review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(taken_by=None, taken_at=None, due_on=None)


def _require_free_for(by: User, review: Review) -> None:
    if review.taken_by_id not in (None, by.pk):
        raise TakenByAnother


def _require_note(note: str) -> None:
    if not note.strip():
        raise NoteNeeded


def _require_due_date(due_on: date, *, today: date) -> None:
    if not today <= due_on <= today + timedelta(days=LONGEST_REVIEW):
        message = _("Velg en dag fra i dag og høyst %(days)d dager fram.") % {"days": LONGEST_REVIEW}
        raise Invalid(problems=(Problem("due_on", "out-of-range", message),))


def _keep(decision: Decision, revision: Revision, checklist: Checklist | None) -> None:
    """Keep what was answered although nothing had to be."""
    if checklist is None:
        return
    criteria = current_criteria()
    require_known(checklist, criteria=criteria)
    keep_answers(decision, checklist, criteria=criteria, links=_framework_links(revision))


def _require_current_base(revision: Revision) -> None:
    if Resource.objects.values_list("published_id", flat=True).get(pk=revision.resource_id) != revision.based_on_id:
        raise StaleBase


def _require_no_other_approved(revision: Revision) -> None:
    if Revision.objects.filter(resource=revision.resource_id, status=Status.APPROVED).exclude(pk=revision.pk).exists():
        raise AnotherApproved


def _framework_links(revision: Revision) -> list[TermLink]:
    return list(revision.term_links.exclude(role="facet").select_related("term"))


def _decide(
    revision: Revision,
    *,
    by: User,
    now: datetime,
    verdict: Verdict,
    level: str = "",
    reason: str = "",
    note: str = "",
    internal_note: str = "",
) -> Decision:
    review = _round(revision)
    _require_free_for(by, review)
    if review.decisions.filter(reviewer=by).exists():
        raise AlreadyDecided
    return Decision.objects.create(
        review=review,
        reviewer=by,
        verdict=verdict,
        level=level,
        reason_code=reason,
        note_to_author=note.strip(),
        internal_note=internal_note.strip(),
        content_hash=content_hash(content_of(revision)),
        decided_at=now,
    )
