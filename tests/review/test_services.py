"""From draft to public and back, in the words of the trade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from pytest_django import Settings

from resourcebank.content import Content, ContentTerm, content_hash, content_of, tidy
from resourcebank.errors import (
    AlreadyDecided,
    AnotherApproved,
    BankError,
    ChecklistIncomplete,
    DraftExists,
    Invalid,
    NoteNeeded,
    NotPublished,
    NotReady,
    OwnWork,
    ReasonNeeded,
    SlugTaken,
    StaleBase,
    StaleRevision,
    SuccessorInvalid,
    TakenByAnother,
    WrongStatus,
)
from resourcebank.models import Answer, AuditEvent, Criterion, Decision, OldSlug, Resource, Revision, User
from resourcebank.services.checklist import Checklist, load_checklist
from resourcebank.services.drafts import revise, save, start
from resourcebank.services.people import give_role, system_user
from resourcebank.services.publication import publish, rename, restore, retire
from resourcebank.services.review import approve, hand_back, reject, request_changes, submit, take, take_back, withdraw_approval
from resourcebank.workflow import RejectReason, RoleName, Status
from search.models import IndexChange
from tests.factories import (
    NOW,
    a_draft,
    a_published,
    approved,
    framework_files,
    handed_in,
    next_version,
    passed,
    person,
    whole_content,
    whole_form,
    yes_to_all,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]


def test_what_is_saved_is_what_is_read_again(alice: User) -> None:
    content = whole_content(origin="linked", source_url="https://example.org/ark", forms=(whole_form("prs", "A2"), whole_form("nb")))
    kept = content_of(a_draft(by=alice, content=content))
    assert kept == tidy(content)
    assert [form.code for form in kept.forms] == ["nb", "fa-AF-a2"]
    assert tidy(kept) == kept


def test_text_is_kept_composed_and_without_what_cannot_be_shown(alice: User) -> None:
    form = whole_form(title=" A\u030a pne\x00\ud800 \r\n", care="Linje én.\r\nLinje to.")
    kept = content_of(a_draft(by=alice, content=whole_content(forms=(form,)))).forms[0]
    assert (kept.title, kept.care) == ("Å pne", "Linje én.\nLinje to.")


def test_the_hash_leaves_out_exactly_what_may_change_later() -> None:
    content = whole_content()
    form = content.forms[0]
    outside = [
        replace(content, attribution="Noen andre"),
        replace(content, forms=(replace(form, checked_by="Amina", checked_on=date(2026, 1, 1), translated_by="Omar"), content.forms[1])),
        replace(content, forms=content.forms[::-1], terms=content.terms[::-1]),
    ]
    inside = [
        replace(content, minutes=(10, 21)),
        replace(content, source_url="https://example.org"),
        replace(content, step_minutes=(3, 5, 7)),
        replace(content, forms=(replace(form, care="Noe annet."), content.forms[1])),
        replace(content, forms=(replace(form, level="A2"), content.forms[1])),
        replace(content, terms=content.terms[1:]),
        replace(content, terms=(replace(content.terms[0], role="touches"), *content.terms[1:])),
        replace(content, terms=(replace(content.terms[0], reason={"nb": "Noe annet."}), *content.terms[1:])),
    ]
    assert {content_hash(each) for each in outside} == {content_hash(content)}
    assert len({content_hash(each) for each in inside} - {content_hash(content)}) == len(inside)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "spill"}, "kind"),
        ({"licence": "CC-BY-9"}, "licence"),
        ({"origin": "stjålet"}, "origin"),
        ({"norwegian_level": "D"}, "norwegian_level"),
        ({"terms": (ContentTerm(vocabulary="format", slug="undervann"),)}, "terms.format:undervann"),
        ({"terms": (ContentTerm(vocabulary="format", slug="group"),) * 2}, "terms.format:group"),
        ({"terms": (ContentTerm(vocabulary="format", slug="group", role="boss"),)}, "terms.format:group.role"),
        ({"minutes": (20, 10)}, "minutes"),
        ({"minutes": (-5, 10)}, "minutes"),
        ({"group": (1, 10**9)}, "group"),
        ({"step_minutes": (1,) * 51}, "step_minutes"),
        ({"source_url": "https://example.org/" + "x" * 500}, "source_url"),
        ({"attribution": "x" * 301}, "attribution"),
        ({"forms": (whole_form("nb", title="x" * 201),)}, "forms.nb.title"),
        ({"forms": (whole_form("nb", steps=("x" * 50_001,)),)}, "forms.nb.steps"),
        ({"forms": (whole_form(""),)}, "forms"),
        ({"forms": (whole_form("nb", "B9"),)}, "forms.nb-b9.level"),
        ({"forms": (whole_form("nb"), whole_form("nb"))}, "forms.nb"),
        ({"forms": (whole_form("nb", made_from="nn"),)}, "forms.nb.made_from"),
        ({"forms": (whole_form("nb", made_from="nb"),)}, "forms.nb.made_from"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(changes: dict[str, object], field: str, alice: User) -> None:
    with pytest.raises(Invalid) as refusal:
        start(by=alice, content=whole_content(**changes), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert Resource.objects.count() == 0


def test_an_empty_draft_can_be_kept_but_not_handed_in(alice: User) -> None:
    draft = a_draft(by=alice, content=Content())
    with pytest.raises(NotReady) as refusal:
        submit(draft, by=alice, now=NOW, seen=draft.version)
    assert "licence-missing" in {problem.code for problem in refusal.value.problems}
    assert Revision.objects.get(pk=draft.pk).status == Status.DRAFT


def test_addresses_are_made_from_the_title_and_never_shared(alice: User) -> None:
    titled = whole_content(forms=(whole_form(title="Å være på vei: øvelse"),))
    assert a_draft(by=alice, content=titled).resource.slug == "a-vaere-pa-vei-ovelse"
    assert a_draft(by=alice, content=titled).resource.slug == "a-vaere-pa-vei-ovelse-2"
    assert a_draft(by=alice, content=Content()).resource.slug == "ressurs"
    with pytest.raises(SlugTaken):
        start(by=alice, content=titled, now=NOW, slug="ressurs")


def test_approval_by_a_reviewer_publishes_as_reviewed(alice: User, rita: User) -> None:
    revision = passed(handed_in(by=alice), by=rita)
    resource = revision.resource
    assert (revision.status, revision.assurance, revision.assured_on) == (Status.PUBLISHED, "reviewed", NOW.date())
    assert (resource.published, resource.review_due_on) == (revision, date(2028, 11, 22))
    assert IndexChange.objects.filter(document_id=str(resource.public_id)).count() == 1
    decision = Decision.objects.get()
    assert decision.content_hash == revision.content_hash == content_hash(content_of(revision))
    assert (decision.answers.filter(criterion__isnull=False).count(), decision.answers.filter(term__isnull=False).count()) == (5, 1)


def test_approval_by_a_curator_publishes_as_checked_on_the_day_it_was_read(alice: User, carl: User) -> None:
    revision = handed_in(by=alice)
    read_on = date(2024, 2, 29)
    public = approve(revision, by=carl, now=NOW, seen=revision.version, checklist=yes_to_all(revision), read_on=read_on)
    assert (public.assurance, public.assured_on, public.resource.review_due_on) == ("checked", read_on, date(2026, 2, 28))


def test_a_bank_may_keep_publishing_for_curators(alice: User, rita: User, carl: User, settings: Settings) -> None:
    settings.BANK_PUBLISH_ON_APPROVAL = False
    revision = passed(handed_in(by=alice), by=rita)
    assert revision.status == Status.APPROVED
    with pytest.raises(BankError, match="Rollen din"):
        publish(revision, by=rita, now=NOW, seen=revision.version)
    assert publish(revision, by=carl, now=NOW, seen=revision.version).status == Status.PUBLISHED


def test_where_two_must_approve_the_first_waits_for_another_person(alice: User, rita: User, carl: User, settings: Settings) -> None:
    settings.BANK_APPROVALS = {"activity": 2}
    waiting = passed(handed_in(by=alice), by=rita)
    assert (waiting.status, waiting.assurance) == (Status.IN_REVIEW, "")
    with pytest.raises(AlreadyDecided):
        passed(waiting, by=rita)
    public = passed(waiting, by=carl)
    assert (public.status, public.assurance) == (Status.PUBLISHED, "reviewed")
    assert sorted(Decision.objects.values_list("level", flat=True)) == ["checked", "reviewed"]


def test_approvals_of_a_text_that_was_taken_back_do_not_count(alice: User, rita: User, carl: User, settings: Settings) -> None:
    settings.BANK_APPROVALS = {"activity": 2}
    waiting = passed(handed_in(by=alice), by=rita)
    draft = take_back(waiting, by=alice, now=NOW, seen=waiting.version)
    again = submit(draft, by=alice, now=NOW, seen=draft.version)
    assert passed(again, by=carl).status == Status.IN_REVIEW


def test_every_point_of_the_checklist_and_every_link_must_be_confirmed(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    whole = yes_to_all(revision)
    lacking = [Checklist(), replace(whole, confirmed=frozenset()), replace(whole, answers={**whole.answers, "care": "not_ok"})]
    fields = []
    for checklist in lacking:
        with pytest.raises(ChecklistIncomplete) as refusal:
            approve(revision, by=rita, now=NOW, seen=revision.version, checklist=checklist)
        fields.append([problem.field for problem in refusal.value.problems])
    points = [f"checklist.{code}" for code in ("method", "care", "language", "rights", "accessibility")]
    assert fields == [[*points, "terms.word_pair:valg-og-tilfeldigheter"], ["terms.word_pair:valg-og-tilfeldigheter"], ["checklist.care"]]
    assert Decision.objects.count() == Answer.objects.count() == 0


def test_without_a_checklist_nothing_is_approved(alice: User, rita: User) -> None:
    Criterion.objects.all().delete()
    with pytest.raises(ChecklistIncomplete):
        passed(handed_in(by=alice), by=rita)


def test_a_used_checklist_keeps_its_wording_and_a_new_version_takes_over(alice: User, rita: User) -> None:
    _, checklist = framework_files()
    assert load_checklist(checklist) == ()
    reworded = replace(checklist, criteria=(replace(checklist.criteria[0], labels={"nb": "Ny"}), *checklist.criteria[1:4]))
    assert load_checklist(reworded) == ("- accessibility", "~ method")
    passed(handed_in(by=alice), by=rita)
    with pytest.raises(Invalid, match="nytt versjonsnummer"):
        load_checklist(checklist)
    assert len(load_checklist(replace(checklist, version=checklist.version + 1))) == 5
    assert Answer.objects.filter(criterion__labels__nb="Ny").count() == 1


def test_nobody_decides_own_work_whatever_they_are(alice: User) -> None:
    for role in RoleName:
        give_role(alice, role=role)
    with pytest.raises(OwnWork):
        passed(handed_in(by=alice), by=alice)


def test_a_note_and_a_coded_reason_are_needed_to_say_no(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    with pytest.raises(NoteNeeded):
        request_changes(revision, by=rita, now=NOW, seen=revision.version, note="  ")
    with pytest.raises(NoteNeeded):
        reject(revision, by=rita, now=NOW, seen=revision.version, reason=RejectReason.RIGHTS, note="")
    with pytest.raises(ReasonNeeded):
        reject(revision, by=rita, now=NOW, seen=revision.version, reason="surt", note="Nei.")
    assert reject(revision, by=rita, now=NOW, seen=revision.version, reason="rights", note="Ikke lov.").status == Status.REJECTED
    assert Decision.objects.get().reason_code == "rights"


def test_changes_are_made_and_reviewed_in_a_new_round(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    revision = request_changes(revision, by=rita, now=NOW, seen=revision.version, note="Kort ned.", internal_note="Lovende.")
    revision = save(revision, by=alice, content=whole_content(minutes=(10, 15)), seen=revision.version, now=NOW)
    revision = submit(revision, by=alice, now=NOW, seen=revision.version)
    assert passed(revision, by=rita).status == Status.PUBLISHED
    assert list(revision.reviews.values_list("round", "closed_at")) == [(1, NOW), (2, NOW)]


def test_a_taken_review_is_decided_by_who_took_it_until_it_is_handed_back(alice: User, rita: User, carl: User) -> None:
    rune = person("Rune", RoleName.REVIEWER)
    revision = handed_in(by=alice)
    revision = take(revision, by=rita, now=NOW, seen=revision.version)
    review = revision.reviews.get()
    assert (review.taken_by, review.due_on) == (rita, NOW.date() + timedelta(days=14))
    for act in (take, hand_back):
        with pytest.raises(TakenByAnother):
            act(revision, by=rune, now=NOW, seen=revision.version)
    with pytest.raises(TakenByAnother):
        passed(revision, by=carl)
    revision = hand_back(revision, by=carl, now=NOW, seen=revision.version)
    assert passed(revision, by=rune).status == Status.PUBLISHED


def test_a_new_version_supersedes_the_old_which_stays_as_it_was(alice: User, carl: User) -> None:
    first = a_published(author=alice, approver=carl)
    waiting = next_version(first, author=alice)
    assert Resource.objects.get(pk=first.resource_id).published == first
    second = passed(waiting, by=carl)
    first.refresh_from_db()
    assert (first.status, second.status, second.based_on, second.number) == (Status.SUPERSEDED, Status.PUBLISHED, first, 2)
    assert second.resource.published == second
    assert content_of(first).forms[0].title == "Fire stoler (nb)"


def test_a_copy_for_editing_equals_what_is_published(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    draft = revise(public.resource, by=carl, now=NOW)
    assert content_of(draft) == content_of(public)
    with pytest.raises(DraftExists) as refusal:
        revise(public.resource, by=carl, now=NOW)
    assert refusal.value.revision_id == draft.pk
    with pytest.raises(NotPublished):
        revise(a_draft(by=alice).resource, by=alice, now=NOW)


def test_a_draft_from_an_old_base_is_compared_before_it_is_approved(alice: User, carl: User, rita: User) -> None:
    public = a_published(author=alice, approver=carl)
    late = revise(public.resource, by=rita, now=NOW)
    newer = passed(next_version(public, author=alice), by=carl)
    waiting = submit(late, by=rita, now=NOW, seen=late.version)
    for give in (passed, approved):
        with pytest.raises(StaleBase):
            give(waiting, by=carl)
    draft = take_back(waiting, by=rita, now=NOW, seen=waiting.version)
    draft = save(draft, by=rita, content=whole_content(), seen=draft.version, now=NOW, onto_published=True)
    assert draft.based_on == newer
    assert passed(submit(draft, by=rita, now=NOW, seen=draft.version), by=carl).status == Status.PUBLISHED


def test_only_one_revision_of_a_resource_waits_approved(alice: User, carl: User, rita: User, settings: Settings) -> None:
    public = a_published(author=alice, approver=carl)
    one, two = next_version(public, author=alice), next_version(public, author=rita)
    approved(one, by=carl)
    with pytest.raises(AnotherApproved):
        approved(two, by=carl)


def test_withdrawing_an_approval_opens_a_new_round_and_takes_the_level_away(alice: User, carl: User) -> None:
    revision = approved(handed_in(by=alice), by=carl)
    with pytest.raises(ReasonNeeded):
        withdraw_approval(revision, by=carl, now=NOW, seen=revision.version, reason=" ")
    revision = withdraw_approval(revision, by=carl, now=NOW, seen=revision.version, reason="Lisensen.")
    assert (revision.status, revision.assurance, revision.assured_on) == (Status.IN_REVIEW, "", None)
    assert passed(revision, by=carl).status == Status.PUBLISHED


def test_a_retired_resource_says_why_and_what_replaced_it_until_it_is_restored(alice: User, carl: User) -> None:
    public, other = a_published(author=alice, approver=carl), a_published(author=alice, approver=carl)
    unpublished = a_draft(by=alice).resource
    for successor in (public.resource, unpublished):
        with pytest.raises(SuccessorInvalid):
            retire(public, by=carl, now=NOW, seen=public.version, reason="Slått sammen.", successor=successor)
    down = retire(public, by=carl, now=NOW, seen=public.version, reason="Slått sammen.", successor=other.resource)
    resource = down.resource
    assert (resource.published, resource.retired_reason, resource.successor) == (None, "Slått sammen.", other.resource)
    with pytest.raises(NotPublished):
        revise(resource, by=alice, now=NOW)
    up = restore(down, by=carl, now=NOW, seen=down.version, reason="Feil ressurs.")
    resource = up.resource
    assert (resource.published, resource.retired_reason, resource.successor) == (up, "", None)


def test_a_draft_cannot_slip_past_a_retired_resource(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    draft = revise(public.resource, by=alice, now=NOW)
    retire(public, by=carl, now=NOW, seen=public.version, reason="Rettigheter.")
    with pytest.raises(NotPublished):
        save(draft, by=alice, content=whole_content(), seen=draft.version, now=NOW, onto_published=True)
    with pytest.raises(StaleBase):
        passed(submit(draft, by=alice, now=NOW, seen=draft.version), by=carl)


def test_old_addresses_lead_to_the_present_one_for_ever(alice: User, carl: User) -> None:
    public, other = a_published(author=alice, approver=carl, slug="en"), a_published(author=alice, approver=carl, slug="annen")
    for slug in ("to", "tre", "en"):
        assert rename(public.resource, by=carl, now=NOW, slug=slug).slug == slug
    assert sorted(OldSlug.objects.values_list("slug", flat=True)) == ["to", "tre"]
    for slug in ("tre", "en"):
        with pytest.raises(SlugTaken):
            rename(other.resource, by=carl, now=NOW, slug=slug)
    with pytest.raises(BankError, match="Rollen din"):
        rename(public.resource, by=alice, now=NOW, slug="mitt")


def test_a_form_remembers_the_text_it_was_made_from(alice: User) -> None:
    draft = a_draft(by=alice)
    noted = content_of(draft).forms[1].made_from_hash
    assert noted == content_of(draft).forms[0].text_hash()
    changed = whole_content(forms=(whole_form("nb", care="Ny omtanke."), whole_form("nn", made_from="nb")))
    draft = save(draft, by=alice, content=changed, seen=draft.version, now=NOW)
    assert content_of(draft).forms[1].made_from_hash == noted
    translated = replace(changed, forms=(changed.forms[0], whole_form("nn", care="Ny omtanke.", made_from="nb")))
    draft = save(draft, by=alice, content=translated, seen=draft.version, now=NOW)
    assert content_of(draft).forms[1].made_from_hash == content_of(draft).forms[0].text_hash()


def test_whoever_saw_an_older_version_is_told(alice: User) -> None:
    draft = a_draft(by=alice)
    save(draft, by=alice, content=whole_content(minutes=(10, 15)), seen=draft.version, now=NOW)
    with pytest.raises(StaleRevision):
        save(Revision.objects.get(pk=draft.pk), by=alice, content=whole_content(), seen=draft.version, now=NOW)


def test_a_refusal_speaks_to_people_and_to_programs(alice: User) -> None:
    draft = a_draft(by=alice)
    with pytest.raises(WrongStatus) as refusal, override("nb"):
        take_back(draft, by=alice, now=NOW, seen=draft.version)
    assert (refusal.value.code, refusal.value.status) == ("wrong-status", 409)
    assert refusal.value.message.startswith("Dette går ikke")


def test_the_bank_itself_can_write_and_read_but_never_log_in() -> None:
    bank = system_user(email="banken@example.org", name="Øvingsbanken", role=RoleName.CONTRIBUTOR)
    editors = system_user(email="redaksjonen@example.org", name="Redaksjonen", role=RoleName.CURATOR)
    assert system_user(email="banken@example.org", name="Øvingsbanken", role=RoleName.CONTRIBUTOR) == bank
    assert not bank.has_usable_password()
    assert a_published(author=bank, approver=editors).assurance == "checked"


def test_every_action_is_written_down_with_who_and_when(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    events = AuditEvent.objects.filter(resource=public.resource)
    assert list(events.values_list("action", "actor", "from_status", "to_status")) == [
        ("start", alice.pk, "", "draft"),
        ("submit", alice.pk, "draft", "in_review"),
        ("approve", carl.pk, "in_review", "approved"),
        ("publish", carl.pk, "approved", "published"),
    ]
    assert {event.at for event in events} == {NOW}
