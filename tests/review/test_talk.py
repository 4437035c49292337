"""What author and reviewers say to each other, and who hears it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from resourcebank.errors import BankError, CommentEmpty, Invalid, LoginNeeded, NotAllowed, NotFound
from resourcebank.models import Comment, Contribution, User
from resourcebank.selectors import case_for
from resourcebank.selectors.talk import comment_for, comments_on
from resourcebank.services.people import give_role
from resourcebank.services.review import request_changes
from resourcebank.services.talk import add_comment, settle_comment
from resourcebank.workflow import OPEN, RoleName, Status
from tests.factories import NOW, a_draft, handed_in, person, revision_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]


def test_author_and_reviewers_talk_and_internal_notes_stay_among_judges(alice: User, rita: User, carl: User, sam: User, adam: User) -> None:
    revision = handed_in(by=alice)
    open_one = add_comment(revision, by=rita, now=NOW, text="  Steg to er langt. ", field="forms.nb.steps.2")
    inner = add_comment(revision, by=rita, now=NOW, text="Jeg er usikker.", internal=True)
    answer = add_comment(revision, by=alice, now=NOW + timedelta(minutes=1), text="Jeg kan korte det ned.", field="forms.nb.steps.2")
    assert open_one.text == "Steg to er langt."
    assert comments_on(rita, revision) == comments_on(carl, revision) == [open_one, inner, answer]
    assert comments_on(alice, revision) == [open_one, answer]
    for other in (sam, adam, AnonymousUser()):
        assert comments_on(other, revision) == []
    with pytest.raises(NotFound):
        comment_for(alice, revision, inner.pk)


def test_a_reviewer_with_a_part_in_it_reads_no_internal_note(alice: User, rita: User, carl: User) -> None:
    give_role(alice, role=RoleName.CURATOR)
    revision = handed_in(by=alice)
    add_comment(revision, by=carl, now=NOW, text="Bare oss.", internal=True)
    request_changes(revision, by=carl, now=NOW, seen=revision.version, note="Kort ned.", internal_note="Hemmelig.")
    assert comments_on(alice, revision) == []
    for user, note, said in ((alice, "", []), (carl, "Hemmelig.", ["Bare oss."])):
        case = case_for(user, revision.pk)
        assert [one.internal_note for one in case.decisions] == [note]
        assert [one.text for one in case.comments] == said
    with pytest.raises(NotFound):
        case_for(rita, revision.pk)
    Contribution.objects.create(revision=revision, user=carl, part="illustrator")
    assert comments_on(carl, revision) == []


@pytest.mark.parametrize("who", ["sam", "adam", "bob", "lars", "suspended", "anonymous"])
def test_others_say_nothing(who: str, alice: User, sam: User, adam: User) -> None:
    revision = handed_in(by=alice)
    lars, siv = person("Lars"), person("Siv", RoleName.CURATOR)
    give_role(lars, role=RoleName.REVIEWER, scope="term:word_pair:endring-og-stabilitet")
    siv.is_active = False
    siv.save()
    cast = {"sam": sam, "adam": adam, "bob": person("Bob", RoleName.CONTRIBUTOR), "lars": lars, "suspended": siv}
    with pytest.raises(LoginNeeded if who == "anonymous" else NotAllowed):
        add_comment(revision, by=cast.get(who, AnonymousUser()), now=NOW, text="Hei.")  # type: ignore[arg-type]
    assert Comment.objects.count() == 0


def test_an_author_makes_no_internal_note_and_a_reviewer_says_nothing_on_a_draft(alice: User, rita: User) -> None:
    with pytest.raises(NotAllowed):
        add_comment(handed_in(by=alice), by=alice, now=NOW, text="Hei.", internal=True)
    with pytest.raises(NotAllowed):
        add_comment(a_draft(by=alice), by=rita, now=NOW, text="Hei.")


@pytest.mark.parametrize("status", Status)
def test_the_talk_ends_when_the_revision_is_closed(status: Status, alice: User, carl: User) -> None:
    revision = revision_in(status, author=alice, curator=carl)
    refusal: BankError | None = None
    try:
        add_comment(revision, by=carl, now=NOW, text="Hei.")
    except NotAllowed as refused:
        refusal = refused
    assert (refusal is None) == (status in OPEN)


def test_the_same_said_twice_is_said_once_until_it_is_settled(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    first = add_comment(revision, by=rita, now=NOW, text="Kort ned.")
    assert add_comment(revision, by=rita, now=NOW, text="Kort ned. ") == first
    settled = settle_comment(first, by=alice, now=NOW + timedelta(hours=1))
    assert settle_comment(settled, by=rita, now=NOW + timedelta(hours=2)).settled_at == NOW + timedelta(hours=1)
    assert add_comment(revision, by=rita, now=NOW, text="Kort ned.") != first


@pytest.mark.parametrize(("text", "refusal"), [("", CommentEmpty), (" \x00\n", CommentEmpty), ("x" * 50_001, Invalid)])
def test_an_empty_or_endless_comment_is_refused(text: str, refusal: type[Invalid], alice: User, rita: User) -> None:
    with pytest.raises(refusal) as refused:
        add_comment(handed_in(by=alice), by=rita, now=NOW, text=text)
    assert [problem.field for problem in refused.value.problems] == ["comment"]


def test_an_internal_note_is_settled_by_judges_alone(alice: User, rita: User, carl: User) -> None:
    note = add_comment(handed_in(by=alice), by=rita, now=NOW, text="Usikker.", internal=True)
    with pytest.raises(NotAllowed):
        settle_comment(note, by=alice, now=NOW)
    assert settle_comment(note, by=carl, now=NOW).settled_at == NOW
