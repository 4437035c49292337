"""«Mine bidrag»: where a submission stands, what was said about it, and what its author can do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resourcebank.models import Comment, Revision, User
from resourcebank.services.review import reject, request_changes
from resourcebank.services.talk import add_comment
from resourcebank.workflow import RejectReason, RoleName, Status
from tests.contributing.conftest import at_desk, fresh
from tests.contributing.test_draft_pages import ONE_LANGUAGE, text
from tests.factories import NOW, a_draft, a_published, handed_in, person, revision_in

NEXT = {
    Status.DRAFT: ("Utkast", "Skriv ferdig og send inn"),
    Status.IN_REVIEW: ("Til vurdering", "vanligvis innen 2 uker"),
    Status.CHANGES_REQUESTED: ("Endringer ønsket", "Les meldingen, rett og send på nytt"),
    Status.APPROVED: ("Godkjent", "den blir snart publisert"),
    Status.PUBLISHED: ("Publisert", "lag en ny utgave"),
    Status.SUPERSEDED: ("Erstattet", "En nyere utgave er publisert"),
    Status.RETIRED: ("Trukket", ""),
    Status.REJECTED: ("Avslått", "Les begrunnelsen"),
}


@pytest.mark.parametrize("status", Status)
def test_every_state_is_named_with_the_next_step(status: Status, desk: Client, alice: User, carl: User) -> None:
    revision = revision_in(status, author=alice, curator=carl)
    listed = text(desk.get("/nb/mine/"))
    if status == Status.DISCARDED:
        assert "Du har ikke sendt inn noe ennå." in listed
        return
    name, step = NEXT[status]
    for page in (listed, text(desk.get(f"/nb/mine/{revision.pk}/"))):
        assert f">{name}</span>" in page
        assert step in page


def test_the_list_is_the_persons_own_and_the_last_changed_first(desk: Client, alice: User, carl: User) -> None:
    a_published(author=carl, approver=person("Kari", RoleName.CURATOR), slug="annens")
    first, second = a_draft(by=alice, slug="en"), a_draft(by=alice, slug="to", now=NOW.replace(day=25))
    page = text(desk.get("/nb/mine/"))
    assert page.index(f"/nb/mine/{second.pk}/") < page.index(f"/nb/mine/{first.pk}/")
    assert page.count("mine-list") == 1
    assert page.count('class="write-card"') == 2


def test_what_was_said_leads_to_its_field_and_internal_words_stay_inside(desk: Client, alice: User, carl: User) -> None:
    waiting = handed_in(by=alice, content=ONE_LANGUAGE)
    for field, said, internal in (("forms.nb.steps.2", "Kort ned dette.", False), ("", "Fint!", False), ("", "Hemmelig.", True)):
        Comment.objects.create(revision=waiting, author=carl, field=field, text=said, internal=internal)
    request_changes(waiting, by=carl, now=NOW, seen=waiting.version, note="Se merknadene.", internal_note="Også hemmelig.")
    page = text(desk.get(f"/nb/mine/{waiting.pk}/"))
    assert "Se merknadene." in page
    assert f'href="/nb/bidra/{waiting.pk}/?steg=1#step.nb.2">Steg 2 (Bokmål)</a>' in page
    assert "hemmelig" not in page.lower()
    assert "Svar på 2 merknader" in text(desk.get("/nb/mine/"))
    assert "Det er bedt om endringer." in text(desk.get(f"/nb/bidra/{waiting.pk}/?steg=2"))


def test_a_remark_is_answered_where_it_is_read(desk: Client, alice: User, rita: User) -> None:
    waiting = handed_in(by=alice, content=ONE_LANGUAGE)
    add_comment(waiting, by=rita, now=NOW, field="forms.nb.care", text="Hva om noen blir lei seg?")
    add_comment(waiting, by=rita, now=NOW, text="KANARI", internal=True)
    address = f"/nb/mine/{waiting.pk}/"
    sent = {"do": "answer", "field": "forms.nb.care", "comment": " Da stopper vi. "}
    leads = {desk.post(address, sent)["Location"] for _ in range(2)}
    assert leads == {f"{address}?svart=1#samtale"}
    answer = Comment.objects.get(author=alice)
    assert (answer.field, answer.text, answer.internal) == ("forms.nb.care", "Da stopper vi.", False)
    page = text(desk.get(f"{address}?svart=1"))
    assert "Svaret er lagt til." in page
    assert page.index("Hva om noen blir lei seg?") < page.index("Da stopper vi.")
    assert page.count('class="thread"') == 1
    assert "KANARI" not in page


def test_an_answer_that_cannot_be_kept_stays_in_its_field(desk: Client, alice: User, rita: User) -> None:
    waiting = handed_in(by=alice, content=ONE_LANGUAGE)
    for field in ("forms.nb.care", "forms.nb.goal"):
        add_comment(waiting, by=rita, now=NOW, field=field, text="Hvorfor?")
    for typed, fault in (("  ", "Skriv noe i kommentaren."), ("x" * 50_001, "Teksten er for lang")):
        answer = desk.post(f"/nb/mine/{waiting.pk}/", {"do": "answer", "field": "forms.nb.goal", "comment": typed})
        page = text(answer)
        assert answer.status_code == 422
        first, second = page.split('class="thread"')[1:]
        assert "aria-invalid" not in first
        assert f'aria-describedby="answer-2-error" autofocus>{typed}</textarea>' in second
        assert fault in second
    assert Comment.objects.filter(author=alice).count() == 0


@pytest.mark.parametrize("status", [Status.REJECTED, Status.PUBLISHED])
def test_when_it_is_decided_nothing_more_is_answered(status: Status, desk: Client, alice: User, carl: User) -> None:
    revision = revision_in(status, author=alice, curator=carl)
    Comment.objects.create(revision=revision, author=carl, text="Fint!")
    assert "Send svaret" not in text(desk.get(f"/nb/mine/{revision.pk}/"))
    assert desk.post(f"/nb/mine/{revision.pk}/", {"do": "answer", "comment": "Takk."}).status_code == 403
    assert Comment.objects.count() == 1


def test_a_message_with_a_decision_can_be_answered_too(desk: Client, alice: User, carl: User) -> None:
    revision = revision_in(Status.CHANGES_REQUESTED, author=alice, curator=carl)
    page = text(desk.get(f"/nb/mine/{revision.pk}/"))
    assert "Kort ned steg to." in page
    assert "Hele teksten" in page
    assert "Send svaret" in page


def test_the_page_of_a_submission_takes_eight_statements(desk: Client, alice: User, rita: User) -> None:
    waiting = handed_in(by=alice)
    for _ in range(3):
        add_comment(waiting, by=rita, now=NOW, field="forms.nb.care", text=f"Hvorfor {_}?")
    desk.get(f"/nb/mine/{waiting.pk}/")
    with CaptureQueriesContext(connection) as captured:
        desk.get(f"/nb/mine/{waiting.pk}/")
    assert len(captured) <= 8, [each["sql"][:90] for each in captured]


def test_the_reason_of_a_refusal_is_read(desk: Client, alice: User, carl: User) -> None:
    waiting = handed_in(by=alice)
    reject(waiting, by=carl, now=NOW, seen=waiting.version, reason=RejectReason.DUPLICATE, note="Den <b>finnes</b> fra før.")
    page = text(desk.get(f"/nb/mine/{waiting.pk}/"))
    assert "Den &lt;b&gt;finnes&lt;/b&gt; fra før." in page
    assert "Skriv videre" not in page


def press(client: Client, revision: Revision, do: str) -> str:
    """Press a button of a submission twice, as impatient people do; where it leads."""
    where = {client.post(f"/nb/mine/{revision.pk}/", {"do": do, "seen": revision.version})["Location"] for _ in range(2)}
    assert len(where) == 1
    return where.pop()


def test_a_submission_is_taken_back_and_written_on(desk: Client, alice: User) -> None:
    waiting = handed_in(by=alice)
    assert press(desk, waiting, "take-back") == f"/nb/bidra/{waiting.pk}/?steg=1"
    assert fresh(waiting).status == Status.DRAFT


def test_a_draft_is_discarded(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice)
    assert press(desk, draft, "discard") == "/nb/mine/"
    assert fresh(draft).status == Status.DISCARDED


def test_a_new_edition_is_begun_once(desk: Client, alice: User, carl: User) -> None:
    published = a_published(author=alice, approver=carl)
    where = press(desk, published, "new-version")
    draft = Revision.objects.get(author=alice, status=Status.DRAFT)
    assert where == f"/nb/bidra/{draft.pk}/?steg=1"


def test_what_changed_meanwhile_stops_the_button(desk: Client, alice: User) -> None:
    waiting = handed_in(by=alice)
    response = desk.post(f"/nb/mine/{waiting.pk}/", {"do": "take-back", "seen": waiting.version - 1})
    assert response.status_code == 409
    assert fresh(waiting).status == Status.IN_REVIEW


@pytest.mark.parametrize("do", ["take-back", "discard", "new-version"])
def test_nobody_presses_anothers_button(do: str, alice: User, sam: User) -> None:
    waiting = handed_in(by=alice)
    assert at_desk(sam).post(f"/nb/mine/{waiting.pk}/", {"do": do, "seen": waiting.version}).status_code == 404
    assert fresh(waiting).status == Status.IN_REVIEW
