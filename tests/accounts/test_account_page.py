"""The page of one's own account: what is chosen, what is taken along, and the way out."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from resourcebank.models import AccountEvent, Comment, OutgoingMail, Review, Revision, Role, User
from resourcebank.services.organisations import add_member, create_organisation
from resourcebank.services.people import give_role
from resourcebank.services.review import take
from resourcebank.services.verification import verify_audit, verify_published
from resourcebank.workflow import RoleName, Status
from tests.accounts.conftest import PASSWORD, Enter, with_factor, with_password
from tests.factories import NOW, a_draft, a_published, handed_in, next_version, person, whole_content, whole_form

pytestmark = pytest.mark.django_db
CHOICES = {"name": "Alice B.", "language": "en", "mail_daily": "on"}


def test_what_is_chosen_is_kept(enter: Enter, alice: User) -> None:
    browser = enter(alice)
    assert browser.post("/konto/", CHOICES)["Location"] == "/konto/"
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Alice B.", "en")
    assert (alice.mail_about_own, alice.mail_daily) == (False, True)
    page = browser.get("/konto/").content.decode()
    assert '<html lang="en"' in page
    assert 'value="Alice B."' in page


def test_a_name_is_needed_and_the_rest_is_kept(enter: Enter, alice: User) -> None:
    answer = enter(alice).post("/konto/", CHOICES | {"name": "  "})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#id_name"' in page
    assert 'value="en" lang="en" selected' in page
    assert User.objects.get(pk=alice.pk).name == "Alice"


def test_roles_and_organisations_are_shown_with_what_they_are_limited_to(enter: Enter, framework: None, alice: User, adam: User) -> None:
    centre = create_organisation(name="Karrieresenteret", slug="senteret", by=adam, now=NOW)
    add_member(centre, user=alice, by=adam, now=NOW)
    give_role(alice, role=RoleName.REVIEWER, scope="term:word_pair:valg-og-tilfeldigheter", by=adam, now=NOW)
    page = enter(alice).get("/konto/").content.decode()
    assert "Bidragsyter" in page
    assert "Fagvurderer for «Valg og tilfeldigheter»" in page
    assert "Karrieresenteret" in page


def test_whoever_has_not_accepted_the_terms_can_do_it_here(enter: Enter, sam: User) -> None:
    browser = enter(sam)
    assert "Godta vilkårene" in browser.get("/konto/").content.decode()
    browser.post("/konto/vilkar/")
    sam.refresh_from_db()
    assert sam.accepted_terms_at
    assert sam.roles.get().role == RoleName.CONTRIBUTOR
    assert "Godta vilkårene" not in browser.get("/konto/").content.decode()


def test_a_reviewer_without_a_second_factor_can_still_take_their_data_and_leave(enter: Enter, rita: User) -> None:
    browser = enter(with_password(rita))
    assert browser.get("/konto/").status_code == 200
    assert browser.get("/konto/mine-data.json").status_code == 200
    assert browser.get("/konto/slett/").status_code == 200


def test_own_data_holds_everything_and_nothing_of_others(enter: Enter, framework: None, alice: User, rita: User) -> None:
    draft = a_draft(by=alice, content=whole_content(forms=(whole_form("nb", title="Et hemmelig utkast"), whole_form("nn"))))
    waiting = handed_in(by=rita, slug="ritas")
    Comment.objects.create(revision=draft, author=alice, text="Mitt ord")
    Comment.objects.create(revision=waiting, author=rita, text="Ritas ord")
    with_factor(with_password(alice))
    response = enter(alice).get("/konto/mine-data.json")
    assert response["Content-Disposition"].startswith("attachment")
    text = response.content.decode()
    data = json.loads(text)
    assert data["account"]["email"] == "alice@example.org"
    assert data["revisions"][0]["content"]["forms"][0]["title"] == "Et hemmelig utkast"
    assert [row["text"] for row in data["comments"]] == ["Mitt ord"]
    assert [row["action"] for row in data["audit_events"]] == ["start"]
    assert [row["role"] for row in data["roles"]] == ["contributor"]
    assert "Ritas ord" not in text
    assert "ritas" not in text
    assert Authenticator.objects.get(user=alice, type="totp").data["secret"] not in text


def test_own_data_holds_decisions_with_their_answers(enter: Enter, framework: None, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl)
    data = json.loads(enter(carl).get("/konto/mine-data.json").content)
    assert [row["verdict"] for row in data["decisions"]] == ["approve"]
    assert {"about": "method", "value": "ok"} in data["decisions"][0]["answers"]


def delete(enter: Enter, user: User) -> None:
    browser = enter(with_password(user))
    asked = browser.post("/konto/slett/", {"sure": "on"})
    assert asked["Location"].startswith("/konto/reauthenticate/"), "a person proves who they are first"
    done = browser.post(asked["Location"], {"password": PASSWORD})
    assert done["Location"] == "/konto/slettet/", done.content
    assert browser.get("/konto/slettet/").status_code == 200
    assert browser.get("/konto/").status_code == 302


def test_the_name_goes_and_the_work_stays(enter: Enter, framework: None, alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl, slug="stoler")
    before = public.content_hash
    waiting = next_version(public, author=alice)
    draft = a_draft(by=alice, slug="utkast")
    OutgoingMail.objects.create(to=alice, kind="x", subject="Alice", text="Alice", message_id="<1@x>")
    delete(enter, alice)
    alice.refresh_from_db()
    assert (alice.name, alice.email, alice.is_active) == ("", f"{alice.pk}@slettet.invalid", False)
    assert str(alice) == "Tidligere bidragsyter"
    public.refresh_from_db()
    assert (public.status, public.content_hash, public.attribution) == (Status.PUBLISHED, before, "Tidligere bidragsyter")
    assert {Revision.objects.get(pk=row.pk).status for row in (waiting, draft)} == {Status.DISCARDED}
    for table in (Role, OutgoingMail):
        assert not table.objects.filter(**{"to" if table is OutgoingMail else "user": alice}).exists()
    assert not EmailAddress.objects.filter(user=alice).exists()
    assert AccountEvent.objects.filter(person=alice, action="erased").exists()
    assert verify_audit().problems == ()
    assert verify_published() == ()


@pytest.mark.parametrize(
    ("attribution", "left"),
    [("Alice, Senteret", "Tidligere bidragsyter, Senteret"), ("Alices venner", "Alices venner"), ("Senteret", "Senteret")],
)
def test_only_the_name_itself_is_taken_out(enter: Enter, framework: None, alice: User, carl: User, attribution: str, left: str) -> None:
    public = a_published(author=alice, approver=carl, content=whole_content(attribution=attribution))
    delete(enter, alice)
    assert Revision.objects.get(pk=public.pk).attribution == left


def test_reviews_that_are_held_are_handed_back(enter: Enter, framework: None, alice: User, rita: User) -> None:
    waiting = handed_in(by=alice)
    take(waiting, by=rita, now=NOW, seen=waiting.version)
    with_factor(rita)
    delete(enter, rita)
    review = Review.objects.get(revision=waiting)
    assert (review.taken_by, review.closed_at) == (None, None)
    assert verify_audit().problems == ()


def test_an_erased_person_does_not_come_back(enter: Enter, alice: User) -> None:
    browser = enter(alice)
    delete(enter, alice)
    assert browser.get("/konto/").status_code == 302
    assert browser.post("/konto/login/", {"login": "alice@example.org", "password": PASSWORD}).status_code == 200
    assert browser.get("/konto/").status_code == 302


def test_the_last_administrator_stays(enter: Enter, adam: User) -> None:
    browser = enter(with_factor(with_password(adam)))
    asked = browser.post("/konto/slett/", {"sure": "on"})
    refused = browser.post(asked["Location"], {"password": PASSWORD})
    assert refused.status_code == 409
    assert "siste administratoren" in refused.content.decode()
    person("Ada", RoleName.ADMIN)
    assert browser.post("/konto/slett/", {"sure": "on"})["Location"] == "/konto/slettet/"


def test_nothing_happens_without_a_tick(enter: Enter, alice: User) -> None:
    browser = enter(with_password(alice))
    asked = browser.post("/konto/slett/", {})
    answer = browser.post(asked["Location"], {"password": PASSWORD})
    assert answer.status_code == 422
    assert User.objects.get(pk=alice.pk).erased_at is None


def test_verify_finds_every_promise_kept_after_an_erasure(enter: Enter, framework: None, alice: User, carl: User, tmp_path: object) -> None:
    a_published(author=alice, approver=carl)
    delete(enter, alice)
    call_command("reindex", verbosity=0)
    call_command("verify")
