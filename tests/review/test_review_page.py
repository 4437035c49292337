"""From the queue to a decision on one page, without JavaScript; nothing typed is lost, nothing hostile runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from resourcebank.catalogue import forget_labels
from resourcebank.models import Comment, Contribution, Decision, Resource, Revision, User
from resourcebank.services.drafts import save
from resourcebank.services.people import give_role
from resourcebank.services.publication import publish_due
from resourcebank.services.review import approve, request_changes, submit, take, take_back
from resourcebank.services.talk import add_comment
from resourcebank.workflow import RoleName, Status
from tests.factories import NOW, a_draft, a_published, approved, handed_in, next_version, person, whole_content, whole_form, yes_to_all
from tests.review.reviewing import Reviewer, logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "><b>\u202eord'


@pytest.fixture(autouse=True)
def _names_are_read_anew(framework: None) -> None:
    forget_labels()


def status_of(revision: Revision) -> str:
    return Revision.objects.values_list("status", flat=True).get(pk=revision.pk)


def test_a_reviewer_goes_from_the_queue_to_an_approval_on_one_page(alice: User, rita: User) -> None:
    revision = handed_in(by=alice, now=timezone.now())
    at = Reviewer(rita, revision)
    queue = at.client.get("/nb/vurdering/").content.decode()
    assert f'href="{at.url}"' in queue
    at.press("take")
    assert "Du har tatt saken." in at.said
    at.press("approve", **at.all_in_order(), note="Fin øvelse.")
    assert (at.status, status_of(revision)) == (200, Status.PUBLISHED)
    assert "Godkjenningen din er lagret." in at.said
    decision = Decision.objects.get()
    assert (decision.reviewer, decision.note_to_author, decision.answers.count()) == (rita, "Fin øvelse.", 6)


def test_the_text_stands_there_as_people_read_it_in_every_form(alice: User, rita: User) -> None:
    arabic = whole_form("ar", title="أربعة كراسي", participant_sheet="**أربعة كراسي**\n\n1. اختر كرسيًا: ____")
    forms = (*whole_content().forms, whole_form("nb", "A2", title="Lett"), arabic)
    at = Reviewer(rita, handed_in(by=alice, content=replace(whole_content(), forms=forms)))
    assert re.findall(r"<summary>([^<]+)</summary>", at.text)[::2] == ["Bokmål", "Bokmål, lettlest (A2)", "Nynorsk", "Arabisk (العربية)"]
    assert at.text.count("Slik ser deltakeren det") == 4
    for words in ("Hensikt", "Slik gjør du", "Sett fram stolene.", "10–20 min", "Øvelsen handler om å velge."):
        assert words in at.said
    assert '<p class="read-title" lang="ar" dir="rtl">' in at.text
    assert "/deltaker/" not in at.text


def test_an_incomplete_checklist_is_told_point_by_point_and_everything_typed_is_kept(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    at.press("approve", answer__method="ok", answer__care="not_ok", remark__care="Mangler krise.", note="Nesten.", internal_note="Hm.")
    assert (at.status, status_of(revision)) == (422, Status.IN_REVIEW)
    summary = re.findall(r'<a class="ds-link" href="#([^"]+)">([^<]+)</a>', at.text)
    assert summary == [
        ("answer-care-ok", "«Omtanke» er ikke i orden."),
        ("answer-language-ok", "Du har ikke svart på «Språk»."),
        ("answer-rights-ok", "Du har ikke svart på «Rettigheter»."),
        ("answer-accessibility-ok", "Du har ikke svart på «Tilgjengelighet»."),
        ("link-word_pair-valg-og-tilfeldigheter", "Koblingen til «Valg og tilfeldigheter» er ikke bekreftet."),
    ]
    assert all(f'id="{place}"' in at.text for place, _text in summary)
    kept = at.fields
    assert (kept["answer.method"], kept["answer.care"]) == (["ok"], ["not_ok"])
    assert (kept["remark.care"], kept["note"], kept["internal_note"]) == (["Mangler krise."], ["Nesten."], ["Hm."])
    assert "<title>Feil:" in at.text
    at.press("request_changes")
    assert status_of(revision) == Status.CHANGES_REQUESTED
    assert Decision.objects.get().note_to_author == "Nesten.\n\nOmtanke: Mangler krise."


@pytest.mark.parametrize(
    ("button", "typed", "place", "message"),
    [
        ("request_changes", {}, "note", "Skriv en kort begrunnelse til den som har skrevet teksten."),
        ("reject", {"note": "Nei."}, "reason", "Skriv hvorfor, så andre kan forstå det senere."),
        ("reject", {"note": "Nei.", "reason": "tull"}, "reason", "Skriv hvorfor, så andre kan forstå det senere."),
        ("reject", {"reason": "duplicate"}, "note", "Skriv en kort begrunnelse til den som har skrevet teksten."),
        ("comment", {}, "comment", "Skriv noe i kommentaren."),
        ("request_changes", {"note": "x" * 50_001}, "note", "Teksten er for lang: høyst 50000 tegn."),
        ("request_changes", {"note": "Se.", "comment": "Ikke lagt til."}, "comment", "Du har skrevet en kommentar som ikke er lagt til."),
        ("tull", {"note": "Se."}, "", "Noe mangler eller er feil."),
        ("settle.7", {"note": "Se."}, None, ""),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(
    button: str, typed: dict[str, str], place: str | None, message: str, alice: User, rita: User
) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    at.press(button, **typed)
    assert at.status == (409 if place is None else 422)
    assert message in at.said
    if place:
        assert f'href="#{place}"' in at.text
        assert f'id="{place}"' in at.text
        assert f'id="{place}-error"' in at.text
    for name, value in typed.items() if place is not None else ():
        assert at.fields[name] == [value if value != "tull" else ""]
    assert status_of(revision) == Status.IN_REVIEW
    assert Decision.objects.count() == Comment.objects.count() == 0


def test_a_rejection_has_its_coded_reason(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    at.press("reject", reason="duplicate", note="Se «Fire stoler».", internal_note="Tredje gang.")
    assert status_of(revision) == Status.REJECTED
    decision = Decision.objects.get()
    assert (decision.reason_code, decision.internal_note) == ("duplicate", "Tredje gang.")
    assert "Finnes fra før" in at.said
    assert "Tredje gang." in at.said


def test_a_comment_keeps_what_is_typed_for_the_decision(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    at.press("comment", comment="Kort ned.", comment_field="forms.nb.steps", note="Nesten i mål.", answer__method="ok")
    assert "Slik gjør du (Bokmål)" in at.said
    assert "Kommentaren er lagt til." in at.said
    assert (at.fields["note"], at.fields["answer.method"], at.fields["comment"]) == (["Nesten i mål."], ["ok"], [""])
    at.press("take")
    assert (at.fields["note"], at.fields["answer.method"]) == (["Nesten i mål."], ["ok"])
    at.press(f"settle.{Comment.objects.get().pk}")
    assert Comment.objects.get().settled_at is not None
    at.press("request_changes")
    assert status_of(revision) == Status.CHANGES_REQUESTED


def test_internal_notes_are_read_by_judges_and_never_by_the_author(alice: User, rita: User, carl: User) -> None:
    give_role(alice, role=RoleName.REVIEWER)
    revision = handed_in(by=alice)
    Reviewer(rita, revision).press("comment", comment="KANARI en", comment_internal="1")
    add_comment(revision, by=rita, now=NOW, text="Åpent ord.")
    assert "KANARI" in Reviewer(carl, revision).text
    author = Reviewer(alice, revision)
    assert "Åpent ord." in author.said
    assert "KANARI" not in author.text
    assert "comment_internal" not in author.text
    Reviewer(carl, revision).press("request_changes", note="Rett.", internal_note="KANARI to")
    author.open()
    assert "Rett." in author.said
    assert "KANARI" not in author.text


def test_own_work_says_so_and_offers_no_decision(alice: User, rita: User) -> None:
    give_role(alice, role=RoleName.REVIEWER)
    revision = handed_in(by=alice)
    at = Reviewer(alice, revision)
    assert "Du har skrevet denne og kan ikke vurdere den." in at.said
    assert set(at.buttons) == {"comment"}
    at.press("approve", **at.all_in_order())
    assert (at.status, status_of(revision)) == (403, Status.IN_REVIEW)
    Contribution.objects.create(revision=revision, user=rita, part="translator")
    assert "Du har bidratt til denne og kan ikke vurdere den." in Reviewer(rita, revision).said


def test_what_changed_since_the_published_version_is_marked_in_words(alice: User, rita: User) -> None:
    public = a_published(author=alice, approver=person("Cora", RoleName.CURATOR))
    assert "Dette er den publiserte utgaven." in Reviewer(rita, public).said
    at = Reviewer(rita, next_version(public, author=alice))
    assert "Tittel (Bokmål)" in at.said
    assert '<del><span class="said">fjernet:</span> Fire </del> <ins><span class="said">lagt til:</span> Fem </ins>stoler' in at.text
    assert "fjernet: Fire lagt til: Fem stoler fjernet: (nb)" in at.said
    first = Reviewer(rita, handed_in(by=alice))
    assert "Ingen utgave er publisert, så det er ingenting å sammenligne med." in first.said


def test_findings_of_the_machine_stand_at_the_point_they_are_about(alice: User, rita: User) -> None:
    content = whole_content(forms=(whole_form("nb", summary="En. To. Tre."),))
    at = Reviewer(rita, handed_in(by=alice, content=content))
    language = at.text[at.text.index("help-language") : at.text.index("help-rights")]
    assert "Maskinen foreslår:" in language
    assert "Kort fortalt bør være høyst to setninger." in language


def test_a_text_that_changed_meanwhile_is_shown_beside_the_one_that_was_read(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    typed = {**at.all_in_order(), "note": "Fint."}
    draft = take_back(revision, by=alice, now=NOW, seen=revision.version)
    changed = whole_content(forms=(whole_form("nb", title="Noe helt annet"), whole_form("nn", made_from="nb")))
    saved = save(draft, by=alice, content=changed, seen=draft.version, now=NOW)
    submit(saved, by=alice, now=NOW, seen=saved.version)
    at.press("approve", **typed)
    assert (at.status, status_of(revision)) == (409, Status.IN_REVIEW)
    assert "Alice sendte inn teksten 22. november 2026 kl. 13:00." in at.said
    assert "fjernet: Fire stoler (nb) lagt til: Noe helt annet" in at.said
    assert (at.fields["note"], at.fields["answer.care"]) == (["Fint."], ["ok"])
    at.press("approve")
    assert status_of(revision) == Status.PUBLISHED


def test_a_case_taken_by_another_meanwhile_says_who_and_when(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    take(revision, by=carl, now=NOW, seen=revision.version)
    at.press("request_changes", note="Kort ned.")
    assert at.status == 409
    assert "Carl tok saken 22. november 2026 kl. 13:00." in at.said
    assert "Selve teksten er den samme som du så." in at.said
    assert at.fields["note"] == ["Kort ned."]
    at.press("request_changes")
    assert "En annen vurderer denne teksten." in at.said
    assert "Carl vurderer denne nå." in at.said


def test_a_curator_frees_a_case_and_a_reviewer_only_their_own(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    rune = person("Rune", RoleName.REVIEWER)
    Reviewer(rita, revision).press("take")
    assert "hand_back" not in Reviewer(rune, revision).buttons
    Reviewer(carl, revision).press("hand_back")
    assert revision.reviews.get().taken_by is None
    other = Reviewer(rune, revision)
    other.press("take")
    assert "Frist" in other.said
    other.press("hand_back")
    assert revision.reviews.get().taken_by is None


def test_deciding_twice_is_told_and_the_count_of_approvals_is_shown(alice: User, rita: User, carl: User, settings: Settings) -> None:
    settings.BANK_APPROVALS = {"activity": 2}
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    assert "Denne typen trenger 2 godkjenninger. 0 er gitt." in at.said
    at.press("approve", **at.all_in_order())
    assert "1 av 2" in at.said
    at.press("approve", **at.all_in_order())
    assert at.status == 409
    assert "Du har allerede gitt din vurdering i denne runden." in at.said
    second = Reviewer(carl, revision)
    second.press("approve", **second.all_in_order())
    assert status_of(revision) == Status.PUBLISHED


def test_what_somebody_decided_or_took_back_meanwhile_leaves_the_typed_words_with_their_writer(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    request_changes(revision, by=carl, now=NOW, seen=revision.version, note="KANARI")
    at.press("approve", **at.all_in_order(), note="Jeg skrev mye.", remark__care="Og dette.")
    assert at.status == 409
    assert "Carl ba om endringer 22. november 2026 kl. 13:00." in at.said
    assert "Jeg skrev mye." in at.said
    assert "Og dette." in at.said
    assert "KANARI" not in at.text


def test_nobody_learns_of_a_draft_by_sending_a_form(alice: User, rita: User, carl: User) -> None:
    draft, seen = a_draft(by=alice), handed_in(by=alice)
    token = Reviewer(carl, draft).fields["seen_token"]
    own = Reviewer(rita, seen).fields["seen_token"]
    client = logged_in(rita)
    for stolen in ("", "tull", token[0], own[0]):
        response = client.post(f"/nb/vurdering/{draft.pk}/", {"do": "take", "seen": "1", "seen_token": stolen})
        assert response.status_code == 404
        assert "Alice" not in response.content.decode()
    assert client.get(f"/nb/vurdering/{draft.pk}/").status_code == client.get("/nb/vurdering/999999/").status_code == 404


@pytest.mark.parametrize("path", ["", "{pk}/"])
def test_the_pages_are_for_judges(path: str, alice: User, sam: User, adam: User, rita: User) -> None:
    path = "/nb/vurdering/" + path.format(pk=handed_in(by=alice).pk)
    anonymous = Client(SERVER_NAME="localhost").get(path)
    assert (anonymous.status_code, anonymous["Location"]) == (302, f"/konto/login/?next={path}")
    for user in (alice, sam, adam):
        response = logged_in(user).get(path)
        assert response.status_code == 403
        assert ">Vurdering</a>" not in response.content.decode()
    response = logged_in(rita).get(path)
    assert response.status_code == 200
    assert ">Vurdering</a>" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    Authenticator.objects.filter(user=rita).delete()
    bare = Client(SERVER_NAME="localhost")
    bare.force_login(rita)
    assert bare.get(path)["Location"] == f"/konto/2fa/?next={path}"


def test_a_form_without_its_token_changes_nothing(alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    response = logged_in(rita, checks_tokens=True).post(f"/nb/vurdering/{revision.pk}/", {"do": "take", "seen": revision.version})
    assert response.status_code == 403
    assert revision.reviews.get().taken_by is None


def test_hostile_words_are_shown_and_never_run(alice: User, rita: User) -> None:
    revision = handed_in(by=alice, content=whole_content(forms=(whole_form("nb", title=HOSTILE[:190], care=HOSTILE),)))
    at = Reviewer(rita, revision)
    at.press("comment", comment=HOSTILE, comment_field='"><script>alert(2)</script>', note=HOSTILE, internal_note=HOSTILE + "\x00")
    at.press("approve", remark__care=HOSTILE)
    assert at.status == 422
    assert at.fields["note"] == [HOSTILE]
    for text in (at.text, Reviewer(rita, revision, language="en").text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript' not in text
        assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")[:40] in text
    at.press("request_changes", note=HOSTILE)
    assert status_of(revision) == Status.CHANGES_REQUESTED


@pytest.mark.parametrize(
    "changes", [{"seen": ["tull"]}, {"seen": ["٣"]}, {"seen": ["9" * 400]}, {"seen_token": ["x" * 5000]}, {"seen": []}]
)
def test_a_spoilt_form_is_a_conflict_and_no_fault_of_ours(changes: dict[str, list[str]], alice: User, rita: User) -> None:
    revision = handed_in(by=alice)
    at = Reviewer(rita, revision)
    at.press("take", **changes)
    assert at.status == (200 if "seen_token" in changes else 409)


def test_a_curator_publishes_plans_and_withdraws(alice: User, rita: User, carl: User) -> None:
    revision = handed_in(by=alice)
    reviewer = Reviewer(rita, revision)
    reviewer.press("approve", **reviewer.all_in_order(), hold="1")
    assert status_of(revision) == Status.APPROVED
    at = Reviewer(carl, revision)
    assert {"publish", "schedule", "withdraw_approval"} <= set(at.buttons)
    for wrong in ("", "tull", "2026-13-01T10:00", "2020-01-01T10:00", "0001-01-01T00:00"):
        at.press("schedule", publish_at=wrong)
        assert at.status == 422
        assert 'href="#publish_at"' in at.text
    at.press("schedule", publish_at="2126-12-01T09:30")
    assert "Teksten blir publisert 1. desember 2126 kl. 09:30." in at.said
    at.press("unschedule")
    assert "Planen for publisering er tatt bort." in at.said
    at.press("withdraw_approval")
    assert (at.status, 'href="#why"' in at.text) == (422, True)
    at.press("withdraw_approval", why="Feil lisens.")
    assert status_of(revision) == Status.IN_REVIEW
    approve(
        Revision.objects.select_related("resource", "kind").get(pk=revision.pk),
        by=carl, now=NOW, seen=Revision.objects.get(pk=revision.pk).version, checklist=yes_to_all(revision), hold=True,
    )  # fmt: skip
    at.open()
    at.press("publish")
    assert status_of(revision) == Status.PUBLISHED


def test_a_planned_text_is_public_when_its_time_has_come(alice: User, carl: User) -> None:
    revision = approved(handed_in(by=alice), by=carl)
    at = Reviewer(carl, revision)
    later = timezone.localtime(timezone.now() + timedelta(days=1))
    at.press("schedule", publish_at=later.strftime("%Y-%m-%dT%H:%M"))
    publish_due(timezone.now())
    assert status_of(revision) == Status.APPROVED
    publish_due(later)
    assert status_of(revision) == Status.PUBLISHED


def test_a_curator_retires_with_a_successor_and_restores(alice: User, carl: User) -> None:
    old, new = (a_published(author=alice, approver=carl, slug=slug) for slug in ("gammel", "ny"))
    gone = a_draft(by=alice, slug="utkast")
    at = Reviewer(carl, old)
    at.press("retire")
    assert (at.status, 'href="#why"' in at.text) == (422, True)
    for wrong in ("gammel", gone.resource.slug, "finnes-ikke", "https://example.org/", "/", "\u202e"):
        at.press("retire", why="Slått sammen.", successor=wrong)
        assert at.status == 422
        assert 'href="#successor"' in at.text
        assert at.fields["why"] == ["Slått sammen."]
    at.press("retire", why="Slått sammen.", successor="http://localhost/nb/ressurs/ny/?form=nb")
    resource = Resource.objects.get(pk=old.resource_id)
    assert (resource.published, resource.successor, resource.retired_reason) == (None, new.resource, "Slått sammen.")
    at.press("restore", why="Var feil.")
    assert status_of(old) == Status.PUBLISHED


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_status_has_its_page_in_every_language(language: str, alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    for revision in (public, next_version(public, author=alice), approved(handed_in(by=alice), by=carl), a_draft(by=alice)):
        at = Reviewer(carl, revision, language=language)
        assert at.status == 200
        assert f'<html lang="{language}"' in at.text


def test_an_empty_draft_has_a_page_too(alice: User, carl: User) -> None:
    at = Reviewer(carl, a_draft(by=alice, content=replace(whole_content(), forms=(), step_minutes=())))
    assert at.status == 200
    assert "Uten tittel" in at.said
