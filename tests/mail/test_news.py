"""Who hears of what: every action of the workflow, with exactly its readers and with what was said in the mail itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from resourcebank.content import ContentTerm
from resourcebank.errors import NoteNeeded
from resourcebank.models import Contribution, Membership, Organisation, OutgoingMail, Resource, Revision, User
from resourcebank.services.drafts import discard, save
from resourcebank.services.news import NOTICES
from resourcebank.services.people import give_role
from resourcebank.services.publication import publish, publish_due, restore, retire, schedule, unschedule
from resourcebank.services.review import approve, hand_back, reject, request_changes, set_due, submit, take, take_back, withdraw_approval
from resourcebank.services.talk import add_comment
from resourcebank.workflow import TRANSITIONS, Action, RejectReason, RoleName
from tests.factories import (
    NOW,
    a_draft,
    a_published,
    approved,
    handed_in,
    hold,
    next_version,
    passed,
    person,
    whole_content,
    whole_form,
    yes_to_all,
)
from tests.starter_bank import load_few

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
PAIR = "term:word_pair:valg-og-tilfeldigheter"
LATER = NOW + timedelta(days=3)


class People(NamedTuple):
    """Everybody who might hear of it: an author, reviewers of all, of this pair and of another, a curator, and two who should not."""

    alice: User
    rita: User
    tove: User
    otto: User
    carl: User
    adam: User
    sam: User


@pytest.fixture
def people(alice: User, rita: User, carl: User, adam: User, sam: User) -> People:
    tove, otto = person("Tove"), person("Otto")
    hold(tove, scope=PAIR)
    hold(otto, scope="term:word_pair:endring-og-stabilitet")
    return People(alice, rita, tove, otto, carl, adam, sam)


Deed = Callable[[Revision, People], object]


@dataclass(frozen=True)
class Case:
    """Something done to a revision that has come so far, who is told, and what the mails must hold."""

    start: Callable[[People], Revision]
    deed: Deed
    told: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def taken(people: People) -> Revision:
    waiting = handed_in(by=people.alice)
    return take(waiting, by=people.rita, now=NOW, seen=waiting.version)


def planned(people: People) -> Revision:
    ready = approved(handed_in(by=people.alice), by=people.rita)
    return schedule(ready, by=people.carl, now=NOW, seen=ready.version, at=LATER)


def draft(people: People) -> Revision:
    return a_draft(by=people.alice)


def waiting(people: People) -> Revision:
    return handed_in(by=people.alice)


def ready(people: People) -> Revision:
    return approved(handed_in(by=people.alice), by=people.rita)


def public(people: People) -> Revision:
    return a_published(author=people.alice, approver=people.rita)


def gone(people: People) -> Revision:
    there = public(people)
    return retire(there, by=people.carl, now=NOW, seen=there.version, reason="Lenken virker ikke.")


CASES: dict[Action, Case] = {
    Action.SAVE: Case(draft, lambda r, p: save(r, by=p.alice, content=whole_content(), seen=r.version, now=NOW)),
    Action.SUBMIT: Case(
        draft,
        lambda r, p: submit(r, by=p.alice, now=NOW, seen=r.version),
        {"alice": "own.submit", "rita": "queue.new", "tove": "queue.new", "carl": "queue.new"},
    ),
    Action.TAKE_BACK: Case(taken, lambda r, p: take_back(r, by=p.alice, now=NOW, seen=r.version), {"rita": "queue.take_back"}),
    Action.TAKE: Case(
        waiting, lambda r, p: take(r, by=p.rita, now=NOW, seen=r.version), {"alice": "own.take"}, ("innen 6. desember 2026",)
    ),
    Action.HAND_BACK: Case(
        taken, lambda r, p: hand_back(r, by=p.carl, now=NOW, seen=r.version), {"alice": "own.hand_back", "rita": "queue.hand_back"}
    ),
    Action.SET_DUE: Case(
        taken,
        lambda r, p: set_due(r, by=p.carl, now=NOW, seen=r.version, due_on=LATER.date()),
        {"alice": "own.set_due", "rita": "queue.set_due"},
        ("25. november 2026",),
    ),
    Action.REQUEST_CHANGES: Case(
        waiting,
        lambda r, p: request_changes(r, by=p.rita, now=NOW, seen=r.version, note="Kort ned steg to.", internal_note="Hemmelig."),
        {"alice": "own.request_changes"},
        ("> Kort ned steg to.",),
    ),
    Action.REJECT: Case(
        waiting,
        lambda r, p: reject(
            r, by=p.rita, now=NOW, seen=r.version, reason=RejectReason.DUPLICATE, note="Se «Fem stoler».", internal_note="Nei."
        ),
        {"alice": "own.reject"},
        ("> Se «Fem stoler».", "allerede en ressurs som dekker det samme"),
    ),
    Action.APPROVE: Case(
        waiting,
        lambda r, p: approve(r, by=p.rita, now=NOW, seen=r.version, checklist=yes_to_all(r), note="Fint arbeid!", hold=True),
        {"alice": "own.approve"},
        ("> Fint arbeid!",),
    ),
    Action.WITHDRAW_APPROVAL: Case(
        ready,
        lambda r, p: withdraw_approval(r, by=p.carl, now=NOW, seen=r.version, reason="Kilden mangler."),
        {"alice": "own.withdraw_approval", "rita": "queue.new", "tove": "queue.new"},
        ("> Kilden mangler.",),
    ),
    Action.PUBLISH: Case(
        ready, lambda r, p: publish(r, by=p.carl, now=NOW, seen=r.version), {"alice": "own.publish"}, ("/nb/ressurs/fire-stoler-nb/",)
    ),
    Action.SCHEDULE: Case(
        ready,
        lambda r, p: schedule(r, by=p.carl, now=NOW, seen=r.version, at=LATER),
        {"alice": "own.schedule"},
        ("25. november 2026",),
    ),
    Action.UNSCHEDULE: Case(planned, lambda r, p: unschedule(r, by=p.carl, now=NOW, seen=r.version), {"alice": "own.unschedule"}),
    Action.DISCARD: Case(draft, lambda r, p: discard(r, by=p.alice, now=NOW, seen=r.version)),
    Action.RETIRE: Case(
        public,
        lambda r, p: retire(r, by=p.carl, now=NOW, seen=r.version, reason="Kilden er borte."),
        {"alice": "own.retire"},
        ("> Kilden er borte.",),
    ),
    Action.RESTORE: Case(
        gone,
        lambda r, p: restore(r, by=p.carl, now=NOW, seen=r.version, reason="Kilden er tilbake."),
        {"alice": "own.restore"},
        ("> Kilden er tilbake.",),
    ),
}


def told() -> dict[str, str]:
    """Who was written to since the last `forget`, and with which kind of mail."""
    mails = OutgoingMail.objects.select_related("to")
    found = {mail.to.name.lower(): mail.kind for mail in mails}
    assert len(found) == len(mails), "nobody gets two mails of one thing"
    return found


def forget() -> None:
    OutgoingMail.objects.all().delete()


@pytest.mark.parametrize("action", TRANSITIONS)
def test_every_action_tells_exactly_those_it_concerns(action: Action, people: People) -> None:
    case = CASES[action]
    revision = case.start(people)
    forget()
    case.deed(revision, people)
    assert told() == case.told
    for mail in OutgoingMail.objects.all():
        whole = f"{mail.subject}\n{mail.text}"
        assert "Fire stoler" in mail.subject
        assert [part for part in case.said if part not in whole] == []
        assert "Hemmelig" not in whole + mail.html
        assert "Nei." not in whole + mail.html


def test_every_action_has_its_row() -> None:
    assert set(NOTICES) == set(TRANSITIONS) == set(CASES)


@pytest.mark.parametrize("action", TRANSITIONS)
def test_what_is_rolled_back_is_told_to_nobody(action: Action, people: People) -> None:
    revision = CASES[action].start(people)
    forget()
    with transaction.atomic():
        CASES[action].deed(revision, people)
        transaction.set_rollback(True)
    assert told() == {}


def test_a_refusal_tells_nobody(people: People) -> None:
    revision = waiting(people)
    forget()
    with pytest.raises(NoteNeeded):
        request_changes(revision, by=people.rita, now=NOW, seen=revision.version, note=" ")
    assert told() == {}


def test_the_last_approval_that_publishes_gives_one_mail_with_its_note(people: People) -> None:
    revision = waiting(people)
    forget()
    approve(revision, by=people.rita, now=NOW, seen=revision.version, checklist=yes_to_all(revision), note="Fint arbeid!")
    assert told() == {"alice": "own.publish"}
    assert "> Fint arbeid!" in OutgoingMail.objects.get().text


def test_the_first_of_two_approvals_is_told_as_that(people: People, settings: Settings) -> None:
    settings.BANK_APPROVALS = {"activity": 2}
    revision = waiting(people)
    forget()
    approve(revision, by=people.rita, now=NOW, seen=revision.version, checklist=yes_to_all(revision))
    assert told() == {"alice": "own.one_approval"}


def test_whoever_wrote_the_version_before_hears_that_it_gave_way_and_what_changed(people: People) -> None:
    first = public(people)
    give_role(people.sam, role=RoleName.CONTRIBUTOR)
    second = next_version(first, author=people.sam)
    Revision.objects.filter(pk=second.pk).update(change_note="Nytt steg tre.")
    forget()
    passed(Revision.objects.get(pk=second.pk), by=people.rita)
    assert told() == {"sam": "own.publish", "alice": "own.superseded"}
    assert "> Nytt steg tre." in OutgoingMail.objects.get(to=people.alice).text


def test_whoever_replaces_their_own_version_hears_of_it_once(people: People) -> None:
    second = next_version(public(people), author=people.alice)
    forget()
    passed(second, by=people.rita)
    assert told() == {"alice": "own.publish"}


def test_a_retired_resource_names_what_replaces_it(people: People) -> None:
    first = public(people)
    other = a_published(
        author=people.alice, approver=people.carl, content=whole_content(forms=(whole_form(title="Seks stoler"), whole_form("nn")))
    )
    forget()
    retire(first, by=people.carl, now=NOW, seen=first.version, reason="Avløst.", successor=other.resource)
    assert "Den er erstattet av «Seks stoler»." in OutgoingMail.objects.get().text


def test_a_planned_publication_is_told_like_any_other_and_a_failed_one_to_its_planner(people: People) -> None:
    planned(people)
    forget()
    publish_due(LATER)
    assert told() == {"alice": "own.publish"}
    published = Resource.objects.get().published
    assert published
    second = approved(next_version(published, author=people.alice), by=people.rita)
    schedule(second, by=people.carl, now=NOW, seen=second.version, at=LATER)
    people.carl.roles.all().delete()
    forget()
    publish_due(LATER)
    assert told() == {"carl": "queue.stuck"}


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ("", True),
        (PAIR, True),
        ("term:word_pair:valg-og-tilfeldigheter/valg", False),
        ("term:sector:nav", True),
        ("term:sector:school", False),
        ("organisation:karrieresenteret", True),
        ("organisation:skolen", False),
        ("term:word_pair", False),
        ("everything", False),
        ("term::", False),
    ],
)
def test_a_new_case_reaches_the_reviewers_whose_part_of_the_bank_it_lies_in(scope: str, covered: bool, alice: User) -> None:
    kurt = person("Kurt")
    hold(kurt, scope=scope)
    content = whole_content(terms=(*whole_content().terms, ContentTerm(vocabulary="sector", slug="nav")))
    started = a_draft(by=alice, content=content)
    own = Organisation.objects.create(slug="karrieresenteret", name="Karrieresenteret")
    Organisation.objects.create(slug="skolen", name="Skolen")
    Resource.objects.filter(pk=started.resource_id).update(organisation=own)
    fresh = Revision.objects.get(pk=started.pk)
    submit(fresh, by=alice, now=NOW, seen=fresh.version)
    assert (told().get("kurt") == "queue.new") is covered


def test_who_reviews_a_pair_hears_of_a_text_about_one_of_its_words(alice: User) -> None:
    tove = person("Tove")
    hold(tove, scope=PAIR)
    terms = whole_content().terms
    handed_in(by=alice, content=whole_content(terms=(replace(terms[0], slug="valg-og-tilfeldigheter/valg"), *terms[1:])))
    assert told()["tove"] == "queue.new"


def test_nobody_is_asked_to_judge_what_they_may_not(people: People, settings: Settings) -> None:
    started = draft(people)
    settings.BANK_NO_OWN_ORGANISATION = True
    own = Organisation.objects.create(slug="karrieresenteret", name="Karrieresenteret")
    Resource.objects.filter(pk=started.resource_id).update(organisation=own)
    Membership.objects.create(organisation=own, user=people.rita)
    Contribution.objects.create(revision=started, user=people.carl, part="translator")
    give_role(people.alice, role=RoleName.REVIEWER)
    fresh = Revision.objects.get(pk=started.pk)
    submit(fresh, by=people.alice, now=NOW, seen=fresh.version)
    assert told() == {"alice": "own.submit", "tove": "queue.new"}


def test_a_person_who_wants_no_mail_about_the_queue_still_hears_of_own_texts(people: People) -> None:
    User.objects.filter(pk__in=[people.rita.pk, people.alice.pk]).update(mail_about_queue=False)
    User.objects.filter(pk=people.carl.pk).update(mail_daily=True)
    give_role(people.alice, role=RoleName.REVIEWER)
    handed_in(by=User.objects.get(pk=people.alice.pk))
    assert told() == {"alice": "own.submit", "tove": "queue.new", "carl": "queue.new"}
    assert list(OutgoingMail.objects.filter(digest=True).values_list("to__name", flat=True)) == ["Carl"]


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Fire stoler (nb)"), ("nn", "Fire stoler (nn)"), ("en", "Fire stoler (nb)"), ("xx", "Fire stoler (nb)")]
)
def test_everybody_is_written_to_in_their_own_language(language: str, title: str, people: People) -> None:
    User.objects.filter(pk=people.alice.pk).update(language=language)
    spoken = language if language != "xx" else "nb"
    with translation.override("en" if spoken != "en" else "nb"):  # whatever language whoever did it reads
        revision = handed_in(by=User.objects.get(pk=people.alice.pk))
        take(revision, by=people.rita, now=NOW, seen=revision.version)
    mail = OutgoingMail.objects.get(kind="own.take")
    with translation.override(spoken):
        assert mail.subject == gettext("%(title)s blir vurdert nå") % {"title": f"«{title}»"}
        assert gettext("En fagperson har tatt teksten din til vurdering.") in mail.text
    assert f'<html lang="{spoken}">' in mail.html
    assert f"/{spoken}/mine/{revision.pk}/" in mail.text
    assert ("6 December 2026" if spoken == "en" else "6. desember 2026") in mail.text


def test_a_comment_reaches_the_other_side_and_an_internal_one_never_the_author(people: People) -> None:
    revision = taken(people)
    forget()
    add_comment(revision, by=people.rita, now=NOW, text="Hvorfor fire stoler?", field="forms.nb.steps")
    assert told() == {"alice": "own.comment"}
    assert "Rita skrev\n\n> Hvorfor fire stoler?" in OutgoingMail.objects.get().text
    forget()
    add_comment(revision, by=people.alice, now=NOW, text="Fordi fire er nok.")
    assert told() == {"rita": "queue.comment"}
    forget()
    add_comment(revision, by=people.carl, now=NOW, text="Er dette trygt?", internal=True)
    assert told() == {"rita": "queue.comment"}
    forget()
    add_comment(revision, by=people.rita, now=NOW, text="Ja.", internal=True)
    add_comment(revision, by=people.rita, now=NOW, text="Ja.", internal=True)
    assert told() == {"carl": "queue.comment"}


def test_loading_the_bank_writes_to_nobody(people: People, tmp_path: Path) -> None:
    load_few(tmp_path)
    assert Resource.objects.filter(published__isnull=False).exists()
    assert told() == {}
