"""The one step every action on a revision takes: table, policy, compare-and-set, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from resourcebank.errors import BeingDecided, StaleRevision, WrongStatus
from resourcebank.models import Revision, User
from resourcebank.policies import is_author, require
from resourcebank.services import audit
from resourcebank.workflow import TRANSITIONS, Action, Status, Transition


def begin(revision: Revision, *, action: Action, by: User, entitled: bool = False) -> Transition:
    """Ask the table and the policy, then take the resource's turn. `entitled`: the right follows from what `by` just did
    (the last approval publishes). Raises WrongStatus, BeingDecided, LoginNeeded, OwnWork or NotAllowed."""
    row = TRANSITIONS[action]
    if revision.status not in row.sources:
        if revision.status == Status.IN_REVIEW and row.author and is_author(by, revision):
            raise BeingDecided
        raise WrongStatus(status=revision.status, action=action)
    if not entitled:
        require(by, action, revision)
    audit.hold(revision.resource_id)
    return row


def finish(
    revision: Revision,
    row: Transition,
    *,
    by: User,
    now: datetime,
    seen: int,
    stays: bool = False,
    changes: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
) -> Revision:
    """Compare-and-set to the row's target (`stays`: the status is kept), and audit. `changes` are columns set along with it.

    `seen` is the version the person saw. Raises StaleRevision when it is not the present one. Gives the fresh revision.
    """
    target = revision.status if stays or row.target is None else row.target
    compare_and_set(revision, seen=seen, status=target, **(changes or {}))
    fresh = Revision.objects.select_related("resource").get(pk=revision.pk)
    audit.record(fresh, by=by, action=row.action, now=now, from_status=revision.status, details=details)
    return fresh


def compare_and_set(revision: Revision, *, seen: int, status: str, **changes: Any) -> None:
    """Give the revision its new status and next version if it still is what `revision` and `seen` say, else raise StaleRevision."""
    if _unchanged(revision, seen).update(status=status, version=seen + 1, **changes) != 1:
        raise StaleRevision


def _unchanged(revision: Revision, seen: int) -> QuerySet[Revision]:
    return Revision.objects.filter(pk=revision.pk, status=revision.status, version=seen)
