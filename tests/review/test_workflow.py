"""Every status x action x person. What is allowed is written by hand; everything else must be refused and leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from resourcebank.errors import BankError
from resourcebank.models import AuditEvent, Decision, PublicChange, Review, Revision, User
from resourcebank.policies import Actor
from resourcebank.services.drafts import discard, save
from resourcebank.services.people import give_role
from resourcebank.services.publication import publish, restore, retire
from resourcebank.services.review import approve, hand_back, reject, request_changes, submit, take, take_back, withdraw_approval
from resourcebank.workflow import TRANSITIONS, Action, RoleName, Status
from tests.factories import NOW, person, revision_in, whole_content, yes_to_all

pytestmark = pytest.mark.django_db

AUTHOR = "author"
AUTHOR_REVIEWER = "author who reviews"
AUTHOR_CURATOR = "author who is curator"
OTHER = "another contributor"
REVIEWER = "reviewer"
CURATOR = "curator"
ADMIN = "admin"
STRANGER = "nobody"
SUSPENDED_AUTHOR = "suspended author"
SUSPENDED_CURATOR = "suspended curator"
ANONYMOUS = "anonymous"

WRITERS = {AUTHOR, AUTHOR_REVIEWER, AUTHOR_CURATOR}
JUDGES = {REVIEWER, CURATOR}
ALLOWED: dict[Status, dict[Action, set[str]]] = {
    Status.DRAFT: {Action.SAVE: WRITERS, Action.SUBMIT: WRITERS, Action.DISCARD: WRITERS},
    Status.CHANGES_REQUESTED: {Action.SAVE: WRITERS, Action.SUBMIT: WRITERS, Action.DISCARD: WRITERS},
    Status.IN_REVIEW: {
        Action.TAKE_BACK: WRITERS,
        Action.TAKE: JUDGES,
        Action.HAND_BACK: JUDGES,
        Action.REQUEST_CHANGES: JUDGES,
        Action.REJECT: JUDGES,
        Action.APPROVE: JUDGES,
    },
    Status.APPROVED: {Action.WITHDRAW_APPROVAL: {CURATOR}, Action.PUBLISH: {CURATOR}},
    Status.PUBLISHED: {Action.RETIRE: {CURATOR, AUTHOR_CURATOR}},
    Status.RETIRED: {Action.RESTORE: {CURATOR}},
    Status.SUPERSEDED: {},
    Status.REJECTED: {},
    Status.DISCARDED: {},
}

Do = Callable[[Revision, Any], Revision]
DO: dict[Action, Do] = {
    Action.SAVE: lambda r, by: save(r, by=by, content=whole_content(), seen=r.version, now=NOW),
    Action.SUBMIT: lambda r, by: submit(r, by=by, now=NOW, seen=r.version),
    Action.TAKE_BACK: lambda r, by: take_back(r, by=by, now=NOW, seen=r.version),
    Action.TAKE: lambda r, by: take(r, by=by, now=NOW, seen=r.version),
    Action.HAND_BACK: lambda r, by: hand_back(r, by=by, now=NOW, seen=r.version),
    Action.REQUEST_CHANGES: lambda r, by: request_changes(r, by=by, now=NOW, seen=r.version, note="Rett dette."),
    Action.REJECT: lambda r, by: reject(r, by=by, now=NOW, seen=r.version, reason="quality", note="Nei."),
    Action.APPROVE: lambda r, by: approve(r, by=by, now=NOW, seen=r.version, checklist=yes_to_all(r)),
    Action.WITHDRAW_APPROVAL: lambda r, by: withdraw_approval(r, by=by, now=NOW, seen=r.version, reason="Feil."),
    Action.PUBLISH: lambda r, by: publish(r, by=by, now=NOW, seen=r.version),
    Action.DISCARD: lambda r, by: discard(r, by=by, now=NOW, seen=r.version),
    Action.RETIRE: lambda r, by: retire(r, by=by, now=NOW, seen=r.version, reason="Utdatert."),
    Action.RESTORE: lambda r, by: restore(r, by=by, now=NOW, seen=r.version, reason="Rettet."),
}


class _Undo(Exception):
    """Leaves the savepoint without keeping what was done in it."""


def _with_role(user: User, role: RoleName) -> User:
    give_role(user, role=role)
    return user


def _suspended(user: User) -> User:
    user.is_active = False
    user.save()
    return user


def _cast(author: User) -> dict[str, Callable[[], Actor]]:
    return {
        AUTHOR: lambda: author,
        AUTHOR_REVIEWER: lambda: _with_role(author, RoleName.REVIEWER),
        AUTHOR_CURATOR: lambda: _with_role(author, RoleName.CURATOR),
        OTHER: lambda: person("Olga", RoleName.CONTRIBUTOR),
        REVIEWER: lambda: person("Rune", RoleName.REVIEWER),
        CURATOR: lambda: person("Cora", RoleName.CURATOR),
        ADMIN: lambda: person("Ada", RoleName.ADMIN),
        STRANGER: lambda: person("Siri"),
        SUSPENDED_AUTHOR: lambda: _suspended(User.objects.get(pk=author.pk)),
        SUSPENDED_CURATOR: lambda: _suspended(person("Kim", RoleName.CURATOR)),
        ANONYMOUS: AnonymousUser,
    }


def _trace() -> tuple[object, ...]:
    revisions = tuple(Revision.objects.order_by("pk").values_list("pk", "status", "version", "content_hash"))
    return (revisions, *(model.objects.count() for model in (AuditEvent, Decision, PublicChange)), *Review.objects.values_list())


def _refusal(revision: Revision, action: Action, by: Actor) -> BankError | None:
    try:
        fresh = DO[action](Revision.objects.get(pk=revision.pk), by)
    except BankError as refusal:
        return refusal
    assert fresh.version > revision.version
    assert fresh.status in (TRANSITIONS[action].target or revision.status, Status.PUBLISHED)
    return None


def _succeeds(revision: Revision, action: Action, actor: Callable[[], Actor]) -> bool:
    refusal: BankError | None = None
    with suppress(_Undo), transaction.atomic():
        by, before = actor(), _trace()
        refusal = _refusal(revision, action, by)
        if refusal:
            assert refusal.status in (401, 403, 409)
            assert refusal.message.endswith(".")
            assert _trace() == before
        raise _Undo
    return refusal is None


@pytest.mark.parametrize("status", Status)
def test_only_the_written_down_people_can_do_the_written_down_things(status: Status, framework: None, alice: User, carl: User) -> None:
    revision = revision_in(status, author=alice, curator=carl)
    assert revision.status == status
    cast = _cast(alice)
    happened = {(action, name) for action in Action for name, actor in cast.items() if _succeeds(revision, action, actor)}
    assert happened == {(action, name) for action, names in ALLOWED[status].items() for name in names}


def test_the_table_has_every_action_and_this_file_every_status() -> None:
    assert set(TRANSITIONS) == set(Action) == set(DO)
    assert set(ALLOWED) == set(Status)
