"""Every status x action x person. What is allowed is written by hand; everything else must be refused and leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import override_settings

from resourcebank.content import ContentTerm
from resourcebank.errors import BankError
from resourcebank.models import AuditEvent, Contribution, Decision, Membership, Organisation, PublicChange, Resource, Review, Revision, User
from resourcebank.policies import Actor, standing_in, with_standing
from resourcebank.services.drafts import discard, save
from resourcebank.services.people import give_role
from resourcebank.services.publication import publish, restore, retire, schedule, unschedule
from resourcebank.services.review import approve, hand_back, reject, request_changes, submit, take, take_back, withdraw_approval
from resourcebank.workflow import TRANSITIONS, Action, RoleName, Status
from tests.factories import NOW, hold, person, revision_in, taken_and_due, whole_content, yes_to_all

pytestmark = pytest.mark.django_db

AUTHOR = "author"
AUTHOR_REVIEWER = "author who reviews"
AUTHOR_CURATOR = "author who is curator"
OTHER = "another contributor"
REVIEWER = "reviewer"
REVIEWER_OF_TERM = "reviewer of its word pair"
REVIEWER_OF_PARENT = "reviewer of the pair its word belongs to"
REVIEWER_OF_KIN = "reviewer of its organisation"
REVIEWER_ELSEWHERE = "reviewer of other terms and organisations"
REVIEWER_IN_IT = "reviewer who translated some of it"
CURATOR_IN_IT = "curator who suggested some of it"
REVIEWER_COLLEAGUE = "reviewer in the organisation it comes from"
CURATOR_COLLEAGUE = "curator in the organisation it comes from"
CURATOR_IN_PART = "curator with a scope, which is none"
CURATOR = "curator"
ADMIN = "admin"
STRANGER = "nobody"
SUSPENDED_AUTHOR = "suspended author"
SUSPENDED_CURATOR = "suspended curator"
ANONYMOUS = "anonymous"

WRITERS = {AUTHOR, AUTHOR_REVIEWER, AUTHOR_CURATOR}
COLLEAGUES = {REVIEWER_COLLEAGUE, CURATOR_COLLEAGUE}
CURATORS = {CURATOR, CURATOR_COLLEAGUE}
JUDGES = {REVIEWER, REVIEWER_OF_TERM, REVIEWER_OF_PARENT, REVIEWER_OF_KIN, REVIEWER_COLLEAGUE, *CURATORS}
ALLOWED: dict[Status, dict[Action, set[str]]] = {
    Status.DRAFT: {Action.SAVE: WRITERS, Action.SUBMIT: WRITERS, Action.DISCARD: WRITERS},
    Status.CHANGES_REQUESTED: {Action.SAVE: WRITERS, Action.SUBMIT: WRITERS, Action.DISCARD: WRITERS},
    Status.IN_REVIEW: {
        Action.TAKE_BACK: WRITERS,
        Action.TAKE: JUDGES,
        Action.HAND_BACK: JUDGES,
        Action.SET_DUE: JUDGES,
        Action.REQUEST_CHANGES: JUDGES,
        Action.REJECT: JUDGES,
        Action.APPROVE: JUDGES,
    },
    Status.APPROVED: {
        Action.WITHDRAW_APPROVAL: CURATORS,
        Action.PUBLISH: CURATORS,
        Action.SCHEDULE: CURATORS,
        Action.UNSCHEDULE: CURATORS,
    },
    Status.PUBLISHED: {Action.RETIRE: {*CURATORS, AUTHOR_CURATOR, CURATOR_IN_IT}},
    Status.RETIRED: {Action.RESTORE: CURATORS},
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
    Action.SET_DUE: lambda r, by: taken_and_due(r, by=by),
    Action.REQUEST_CHANGES: lambda r, by: request_changes(r, by=by, now=NOW, seen=r.version, note="Rett dette."),
    Action.REJECT: lambda r, by: reject(r, by=by, now=NOW, seen=r.version, reason="quality", note="Nei."),
    Action.APPROVE: lambda r, by: approve(r, by=by, now=NOW, seen=r.version, checklist=yes_to_all(r)),
    Action.WITHDRAW_APPROVAL: lambda r, by: withdraw_approval(r, by=by, now=NOW, seen=r.version, reason="Feil."),
    Action.PUBLISH: lambda r, by: publish(r, by=by, now=NOW, seen=r.version),
    Action.SCHEDULE: lambda r, by: schedule(r, by=by, now=NOW, seen=r.version, at=NOW + timedelta(days=1)),
    Action.UNSCHEDULE: lambda r, by: unschedule(r, by=by, now=NOW, seen=r.version),
    Action.DISCARD: lambda r, by: discard(r, by=by, now=NOW, seen=r.version),
    Action.RETIRE: lambda r, by: retire(r, by=by, now=NOW, seen=r.version, reason="Utdatert."),
    Action.RESTORE: lambda r, by: restore(r, by=by, now=NOW, seen=r.version, reason="Rettet."),
}


ELSEWHERE = (
    "term:word_pair:endring-og-stabilitet",
    "term:format:valg-og-tilfeldigheter",
    "term:word_pair:valg-og-tilfeldigheter/tilfeldigheter",
    "term:word_pair:",
    "term:",
    "organisation:skolen",
    "organisation:",
    "word_pair:valg-og-tilfeldigheter",
    "senteret",
)


def _of_the_centre(status: Status, author: User, curator: User) -> Revision:
    """A revision about one word of a pair, from an organisation."""
    reason = {"nb": "Øvelsen handler om å velge.", "nn": "Øvinga handlar om å velje."}
    word = ContentTerm(vocabulary="word_pair", slug="valg-og-tilfeldigheter/valg", role="main", reason=reason)
    revision = revision_in(status, author=author, curator=curator, content=whole_content(terms=(word, *whole_content().terms[1:])))
    centre = Organisation.objects.create(slug="senteret", name="Senteret")
    Resource.objects.filter(pk=revision.resource_id).update(organisation=centre)
    return Revision.objects.select_related("resource").get(pk=revision.pk)


class _Undo(Exception):
    """Leaves the savepoint without keeping what was done in it."""


def _with_role(user: User, role: RoleName) -> User:
    give_role(user, role=role)
    return user


def _suspended(user: User) -> User:
    user.is_active = False
    user.save()
    return user


def _limited(*scopes: str, role: RoleName = RoleName.REVIEWER) -> User:
    user = person("Lars")
    for scope in scopes:
        hold(user, role=role, scope=scope)
    return user


def _in_it(revision: Revision, role: RoleName) -> User:
    user = person("Ivar", role)
    Contribution.objects.create(revision=revision, user=user, part="translator", form="nn")
    return user


def _colleague(role: RoleName) -> User:
    user = person("Kaia", role)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(slug="senteret"))
    return user


def _cast(author: User, revision: Revision) -> dict[str, Callable[[], Actor]]:
    return {
        AUTHOR: lambda: author,
        AUTHOR_REVIEWER: lambda: _with_role(author, RoleName.REVIEWER),
        AUTHOR_CURATOR: lambda: _with_role(author, RoleName.CURATOR),
        OTHER: lambda: person("Olga", RoleName.CONTRIBUTOR),
        REVIEWER: lambda: person("Rune", RoleName.REVIEWER),
        REVIEWER_OF_TERM: lambda: _limited("term:word_pair:valg-og-tilfeldigheter/valg"),
        REVIEWER_OF_PARENT: lambda: _limited("term:word_pair:endring-og-stabilitet", "term:word_pair:valg-og-tilfeldigheter"),
        REVIEWER_OF_KIN: lambda: _limited("organisation:senteret"),
        REVIEWER_ELSEWHERE: lambda: _limited(*ELSEWHERE),
        REVIEWER_IN_IT: lambda: _in_it(revision, RoleName.REVIEWER),
        CURATOR_IN_IT: lambda: _in_it(revision, RoleName.CURATOR),
        REVIEWER_COLLEAGUE: lambda: _colleague(RoleName.REVIEWER),
        CURATOR_COLLEAGUE: lambda: _colleague(RoleName.CURATOR),
        CURATOR_IN_PART: lambda: _limited("organisation:senteret", role=RoleName.CURATOR),
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


def _allowed(status: Status, names: set[str]) -> set[tuple[Action, str]]:
    return {(action, name) for action, some in ALLOWED[status].items() for name in some & names}


@pytest.mark.parametrize("status", Status)
def test_only_the_written_down_people_can_do_the_written_down_things(status: Status, framework: None, alice: User, carl: User) -> None:
    revision = _of_the_centre(status, alice, carl)
    assert revision.status == status
    cast = _cast(alice, revision)
    happened = {(action, name) for action in Action for name, actor in cast.items() if _succeeds(revision, action, actor)}
    assert happened == _allowed(status, set(cast))


@pytest.mark.parametrize("status", Status)
def test_where_the_bank_says_so_nobody_decides_about_their_own_organisation(
    status: Status, framework: None, alice: User, carl: User
) -> None:
    revision = _of_the_centre(status, alice, carl)
    cast = {name: actor for name, actor in _cast(alice, revision).items() if name in {AUTHOR_CURATOR, REVIEWER, CURATOR, *COLLEAGUES}}
    with override_settings(BANK_NO_OWN_ORGANISATION=True):
        happened = {(action, name) for action in Action for name, actor in cast.items() if _succeeds(revision, action, actor)}
    barred = {(action, name) for action in Action if TRANSITIONS[action].never_author for name in COLLEAGUES}
    assert happened == _allowed(status, set(cast)) - barred


@pytest.mark.parametrize("status", Status)
def test_a_page_offers_exactly_what_would_be_done(status: Status, framework: None, alice: User, carl: User) -> None:
    revision = _of_the_centre(status, alice, carl)
    for name, actor in _cast(alice, revision).items():
        with suppress(_Undo), transaction.atomic():
            user = actor()
            offered = frozenset[Action]()
            if isinstance(user, User):
                offered = standing_in(user, with_standing(Revision.objects.all(), user).get(pk=revision.pk)).actions(status)
            assert offered == {action for action, names in ALLOWED[status].items() if name in names}
            raise _Undo


def test_the_table_has_every_action_and_this_file_every_status() -> None:
    assert set(TRANSITIONS) == set(Action) == set(DO)
    assert set(ALLOWED) == set(Status)
