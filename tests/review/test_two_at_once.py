"""Two people do the same at the same moment: exactly one wins, and the compare-and-set is what decides it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from resourcebank.errors import BankError, StaleBase, StaleRevision
from resourcebank.models import AuditEvent, Decision, PublicChange, Resource, Revision, User
from resourcebank.services import publication, step
from resourcebank.services.drafts import save, start
from resourcebank.services.publication import publish, retire
from resourcebank.services.review import approve, take
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from resourcebank.workflow import Action, RoleName, Status
from tests.factories import NOW, a_draft, a_published, approved, handed_in, next_version, person, whole_content, whole_form, yes_to_all

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
Act = Callable[[], object]


def at_once(*acts: Act) -> list[BankError | None]:
    """Do every act in a thread of its own, all let go at one barrier; a refusal, or None, for each."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> BankError | None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            act()
        except BankError as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def cora(db: None) -> User:
    """A second curator."""
    return person("Cora", RoleName.CURATOR)


def approvals(by: tuple[User, User], author: User) -> tuple[Revision, list[Act]]:
    revision = handed_in(by=author)
    checklist = yes_to_all(revision)
    return revision, [partial(approve, revision, by=who, now=NOW, seen=revision.version, checklist=checklist) for who in by]


def publications(by: tuple[User, User], author: User) -> tuple[Revision, list[Act]]:
    revision = approved(handed_in(by=author), by=by[0])
    return revision, [partial(publish, revision, by=who, now=NOW, seen=revision.version) for who in by]


def retirements(by: tuple[User, User], author: User) -> tuple[Revision, list[Act]]:
    revision = a_published(author=author, approver=by[0])
    return revision, [partial(retire, revision, by=who, now=NOW, seen=revision.version, reason="Utdatert.") for who in by]


Play = Callable[[tuple[User, User], User], tuple[Revision, list[Act]]]
PLAYS: list[tuple[Play, Action]] = [(approvals, Action.APPROVE), (publications, Action.PUBLISH), (retirements, Action.RETIRE)]


def times(action: Action, revision: Revision) -> int:
    return AuditEvent.objects.filter(action=action, revision=revision).count()


@pytest.mark.parametrize(("play", "action"), PLAYS)
def test_exactly_one_of_two_wins(play: Play, action: Action, framework: None, alice: User, carl: User, cora: User) -> None:
    for _ in range(ROUNDS):
        revision, acts = play((carl, cora), alice)
        lost = [refusal for refusal in at_once(*acts) if refusal]
        assert [refusal.code for refusal in lost] == ["stale"]
        assert times(action, revision) == 1
    assert Decision.objects.count() == ROUNDS
    assert verify_audit().problems == ()
    assert verify_published() == verify_public_changes() == ()


@pytest.mark.parametrize(("play", "action"), PLAYS)
def test_without_the_compare_and_set_both_win(
    play: Play,
    action: Action,
    framework: None,
    alice: User,
    carl: User,
    cora: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.BANK_PUBLISH_ON_APPROVAL = action == Action.RETIRE
    revision, acts = play((carl, cora), alice)
    monkeypatch.setattr(step, "_unchanged", lambda revision, seen: Revision.objects.filter(pk=revision.pk))
    monkeypatch.setattr(publication, "_pointing_at", lambda resource_id, revision_id: Resource.objects.filter(pk=resource_id))
    assert at_once(*acts) == [None, None]
    assert times(action, revision) == 2


def test_of_two_revisions_approved_at_once_only_one_becomes_public(framework: None, alice: User, carl: User, cora: User) -> None:
    bob = person("Bob", RoleName.CONTRIBUTOR)
    for _ in range(ROUNDS):
        public = a_published(author=alice, approver=carl)
        one, two = next_version(public, author=alice), next_version(public, author=bob)
        answers = yes_to_all(one)
        lost = at_once(
            partial(approve, one, by=carl, now=NOW, seen=one.version, checklist=answers),
            partial(approve, two, by=cora, now=NOW, seen=two.version, checklist=answers),
        )
        assert [type(refusal) for refusal in lost if refusal] == [StaleBase]
        assert Revision.objects.filter(resource=public.resource, status=Status.PUBLISHED).count() == 1
    assert verify_published() == ()


def test_a_text_saved_while_it_is_approved_is_never_published_unread(framework: None, alice: User, carl: User) -> None:
    for _ in range(ROUNDS):
        revision = handed_in(by=alice)
        answers = yes_to_all(revision)
        changed = whole_content(forms=(whole_form(title="Noe ingen har lest"),))
        refusals = at_once(
            partial(approve, revision, by=carl, now=NOW, seen=revision.version, checklist=answers),
            partial(save, revision, by=alice, content=changed, seen=revision.version, now=NOW),
        )
        assert refusals[0] is None
        assert refusals[1] is not None
        assert refusals[1].code == "being-decided"
    assert verify_published() == ()


def test_of_two_who_save_from_the_same_version_one_is_told_so(framework: None, alice: User) -> None:
    draft = a_draft(by=alice)
    texts = [whole_content(forms=(whole_form(title=title),)) for title in ("Første", "Andre")]
    lost = at_once(*(partial(save, draft, by=alice, content=text, seen=draft.version, now=NOW) for text in texts))
    assert [type(refusal) for refusal in lost if refusal] == [StaleRevision]
    assert Revision.objects.get(pk=draft.pk).forms.count() == 1


def test_all_who_begin_under_the_same_title_at_once_have_begun(framework: None, alice: User, carl: User, rita: User) -> None:
    for _ in range(ROUNDS):
        refused = at_once(*(partial(start, by=by, content=whole_content(), now=NOW) for by in (alice, carl, rita)))
        assert refused == [None, None, None]
    assert Resource.objects.count() == 3 * ROUNDS


def test_of_two_who_take_a_review_one_holds_it(framework: None, alice: User, carl: User, rita: User) -> None:
    revision = handed_in(by=alice)
    lost = at_once(*(partial(take, revision, by=who, now=NOW, seen=revision.version) for who in (carl, rita)))
    assert [type(refusal) for refusal in lost if refusal] == [StaleRevision]
    assert revision.reviews.get().taken_by in (carl, rita)


def test_numbers_of_public_changes_appear_without_gaps_and_in_order(framework: None, alice: User, carl: User, cora: User) -> None:
    waiting = [approved(handed_in(by=alice), by=carl) for _ in range(8)]
    done, gaps = Event(), []

    def publish_half(mine: list[Revision]) -> None:
        for number, revision in enumerate(mine):
            with transaction.atomic():
                publish(revision, by=cora, now=NOW, seen=revision.version)
                transaction.set_rollback(number == 1)

    def watch() -> None:
        while not done.is_set():
            seen = list(PublicChange.objects.order_by("sequence").values_list("sequence", flat=True))
            if seen != list(range(1, len(seen) + 1)):
                gaps.append(seen)

    def publish_both() -> None:
        try:
            assert at_once(lambda: publish_half(waiting[:4]), lambda: publish_half(waiting[4:])) == [None, None]
        finally:
            done.set()

    at_once(watch, publish_both)
    assert gaps == []
    assert PublicChange.objects.count() == 6
    assert verify_public_changes() == ()
