"""What can happen to a revision, as one table. Plain Python: services follow it, pages show it, a test walks all of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETIRED = "retired"
    REJECTED = "rejected"
    DISCARDED = "discarded"


OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED})
"""Somebody still works on it; one per resource and author."""

FIXED = frozenset({Status.PUBLISHED, Status.SUPERSEDED, Status.RETIRED})
"""Was public once: the content never changes again."""


class Action(StrEnum):
    """What somebody can do to a revision."""

    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    TAKE = "take"
    HAND_BACK = "hand_back"
    SET_DUE = "set_due"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    APPROVE = "approve"
    WITHDRAW_APPROVAL = "withdraw_approval"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    DISCARD = "discard"
    RETIRE = "retire"
    RESTORE = "restore"


class RoleName(StrEnum):
    """What a person may be in the bank. A person may be several."""

    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    CURATOR = "curator"
    ADMIN = "admin"


class Assurance(StrEnum):
    """How far a revision has been read by others. `tried` is derived from use reports and never stored."""

    NONE = ""
    CHECKED = "checked"
    REVIEWED = "reviewed"


class Verdict(StrEnum):
    """What a decision says."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"


class RejectReason(StrEnum):
    """Why something is rejected, so that it can be counted and answered with the right words."""

    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    RIGHTS = "rights"
    HARMFUL = "harmful"
    QUALITY = "quality"


class Need(StrEnum):
    """What an action asks for besides status and role."""

    NO_BLOCKING_FINDING = "no_blocking_finding"
    NOTE = "note"
    CODED_REASON = "coded_reason"
    REASON = "reason"
    CHECKLIST = "checklist"
    CURRENT_BASE = "current_base"
    APPROVALS = "approvals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row. `target` None keeps the status. `author` says whether the author may, `roles` which others may;
    `never_author` holds back a role holder from what they wrote themselves."""

    action: Action
    sources: frozenset[Status]
    target: Status | None
    author: bool = False
    roles: frozenset[RoleName] = frozenset()
    never_author: bool = False
    needs: frozenset[Need] = frozenset()


_EDITABLE = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
_REVIEWING = frozenset({Status.IN_REVIEW})
_JUDGES = frozenset({RoleName.REVIEWER, RoleName.CURATOR})
_CURATORS = frozenset({RoleName.CURATOR})

_ROWS = (
    Transition(action=Action.SAVE, sources=_EDITABLE, target=None, author=True),
    Transition(action=Action.SUBMIT, sources=_EDITABLE, target=Status.IN_REVIEW, author=True, needs=frozenset({Need.NO_BLOCKING_FINDING})),
    Transition(action=Action.TAKE_BACK, sources=_REVIEWING, target=Status.DRAFT, author=True),
    Transition(action=Action.TAKE, sources=_REVIEWING, target=None, roles=_JUDGES, never_author=True),
    Transition(action=Action.HAND_BACK, sources=_REVIEWING, target=None, roles=_JUDGES, never_author=True),
    Transition(action=Action.SET_DUE, sources=_REVIEWING, target=None, roles=_JUDGES, never_author=True),
    Transition(
        action=Action.REQUEST_CHANGES,
        sources=_REVIEWING,
        target=Status.CHANGES_REQUESTED,
        roles=_JUDGES,
        never_author=True,
        needs=frozenset({Need.NOTE}),
    ),
    Transition(
        action=Action.REJECT,
        sources=_REVIEWING,
        target=Status.REJECTED,
        roles=_JUDGES,
        never_author=True,
        needs=frozenset({Need.CODED_REASON, Need.NOTE}),
    ),
    Transition(
        action=Action.APPROVE,
        sources=_REVIEWING,
        target=Status.APPROVED,
        roles=_JUDGES,
        never_author=True,
        needs=frozenset({Need.CHECKLIST, Need.CURRENT_BASE, Need.APPROVALS}),
    ),
    Transition(
        action=Action.WITHDRAW_APPROVAL,
        sources=frozenset({Status.APPROVED}),
        target=Status.IN_REVIEW,
        roles=_CURATORS,
        never_author=True,
        needs=frozenset({Need.REASON}),
    ),
    Transition(
        action=Action.PUBLISH,
        sources=frozenset({Status.APPROVED}),
        target=Status.PUBLISHED,
        roles=_CURATORS,
        never_author=True,
        needs=frozenset({Need.CURRENT_BASE}),
    ),
    Transition(
        action=Action.SCHEDULE,
        sources=frozenset({Status.APPROVED}),
        target=None,
        roles=_CURATORS,
        never_author=True,
        needs=frozenset({Need.CURRENT_BASE}),
    ),
    Transition(action=Action.UNSCHEDULE, sources=frozenset({Status.APPROVED}), target=None, roles=_CURATORS, never_author=True),
    Transition(action=Action.DISCARD, sources=_EDITABLE, target=Status.DISCARDED, author=True),
    # Taking something down is the safe direction, so a curator may do it to own work; putting it back is a decision.
    Transition(
        action=Action.RETIRE,
        sources=frozenset({Status.PUBLISHED}),
        target=Status.RETIRED,
        roles=_CURATORS,
        needs=frozenset({Need.REASON}),
    ),
    Transition(
        action=Action.RESTORE,
        sources=frozenset({Status.RETIRED}),
        target=Status.PUBLISHED,
        roles=_CURATORS,
        never_author=True,
        needs=frozenset({Need.REASON}),
    ),
)

TRANSITIONS: dict[Action, Transition] = {row.action: row for row in _ROWS}
"""Every action once."""
