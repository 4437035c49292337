"""From nobody to a contributor who is logged in, through the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from resourcebank.models import OutgoingMail, User
from resourcebank.services.outbox import send_due
from resourcebank.services.people import system_user
from resourcebank.workflow import RoleName
from tests.accounts.conftest import PASSWORD, Enter, with_factor, with_password

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Nora Dahl", "email": "nora@example.org", "password1": PASSWORD, "language": "nn", "terms": "on"}


def code_in(text: str) -> str:
    """The code a mail holds, alone on its line."""
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]+)$", text, re.MULTILINE)
    assert found, text
    return found[1]


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/konto/signup/", ANSWERS | changes)


def log_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post("/konto/login/", {"login": user.email, "password": password})


def test_a_new_person_confirms_the_address_with_a_code_and_is_a_contributor(client: Client) -> None:
    assert sign_up(client)["Location"] == "/konto/confirm-email/"
    nora = User.objects.get(email="nora@example.org")
    assert (nora.name, nora.language) == ("Nora Dahl", "nn")
    assert nora.accepted_terms_at is not None
    assert [(row.role, row.scope) for row in nora.roles.all()] == [(RoleName.CONTRIBUTOR, "")]
    assert not EmailAddress.objects.get(user=nora).verified
    waiting = OutgoingMail.objects.get(to=nora)
    assert client.get("/konto/").status_code == 302, "not logged in before the address is confirmed"
    done = client.post("/konto/confirm-email/", {"code": code_in(waiting.text)})
    assert done["Location"] == "/nn/"
    assert EmailAddress.objects.get(user=nora).verified
    assert "Nora Dahl" in client.get("/nn/").content.decode()


def test_a_wrong_code_is_told_and_a_new_one_can_be_asked_for(client: Client) -> None:
    sign_up(client)
    page = client.post("/konto/confirm-email/", {"code": "FEIL-KODE"}).content.decode()
    assert "Koden stemmer ikke" in page
    assert 'value="resend"' in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("terms", "", "Du må godta vilkårene"),
        ("name", "", "Skriv navnet ditt"),
        ("password1", "kort", "for kort"),
        ("password1", "123456123456", "for vanlig"),
        ("password1", "nora@example.org", "ligner for mye"),
        ("email", "nora", "gyldig"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(client: Client, field: str, value: str, sentence: str) -> None:
    page = sign_up(client, **{field: value}).content.decode()
    assert sentence in page
    assert f'href="#id_{field}"' in page
    assert re.search(rf'id="id_{field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*id_{field}-error"', page)
    assert 'value="Nora Dahl"' in page or field == "name"
    assert PASSWORD not in page
    assert not User.objects.filter(email="nora@example.org").exists()


def test_an_address_that_has_an_account_is_not_given_away(client: Client, alice: User) -> None:
    known, unknown = sign_up(client, email=alice.email), sign_up(Client(SERVER_NAME="localhost"), email="ny@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert User.objects.filter(email=alice.email).count() == 1
    assert "Har du glemt passordet" in OutgoingMail.objects.get(to=alice).text


def test_a_forgotten_password_is_replaced_by_a_code_in_the_persons_language(client: Client, alice: User) -> None:
    with_password(alice)
    User.objects.filter(pk=alice.pk).update(language="en")
    client.post("/konto/password/reset/", {"email": alice.email})
    waiting = OutgoingMail.objects.get(to=alice)
    assert waiting.kind == "account.password_reset_code"
    client.post("/konto/password/reset/confirm/", {"code": code_in(waiting.text)})
    new = "fire kopper og en stol"
    client.post("/konto/password/reset/complete/", {"password1": new, "password2": new})
    assert log_in(Client(SERVER_NAME="localhost"), alice).status_code == 200
    assert log_in(Client(SERVER_NAME="localhost"), alice, new)["Location"] == "/en/"


def test_nobody_learns_whether_an_address_has_an_account(client: Client, alice: User) -> None:
    with_password(alice)
    answers = [client.post("/konto/password/reset/", {"email": email})["Location"] for email in (alice.email, "ukjent@example.org")]
    assert len(set(answers)) == 1
    assert not OutgoingMail.objects.exclude(to=alice).exists()
    assert not mail.outbox


def test_a_log_in_is_stopped_after_five_wrong_passwords(client: Client, alice: User) -> None:
    with_password(alice)
    for _ in range(5):
        assert "hører ikke sammen" in log_in(client, alice, "feil passord her").content.decode()
    stopped = log_in(client, alice)
    assert stopped.status_code == 200
    assert "Vent litt" in stopped.content.decode()


def test_too_many_requests_get_a_page_of_ours(client: Client) -> None:
    for _ in range(31):
        answer = client.post("/konto/login/", {"login": "x@example.org", "password": "x"})
    assert answer.status_code == 429
    assert '<html lang="nb"' in answer.content.decode()


def test_the_second_factor_is_asked_for_at_log_in(client: Client, rita: User) -> None:
    with_factor(with_password(rita))
    assert log_in(client, rita)["Location"].startswith("/konto/2fa/authenticate/")
    assert client.get("/konto/").status_code == 302
    assert "Koden stemmer ikke" in client.post("/konto/2fa/authenticate/", {"code": "000000x"}).content.decode()
    secret = Authenticator.objects.get(user=rita, type="totp").data["secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/konto/2fa/authenticate/", {"code": code})["Location"] == "/nb/"


def test_a_reviewer_without_a_second_factor_is_told_why_it_is_asked_for(enter: Enter, rita: User, alice: User) -> None:
    assert "avgjøre noe om andres arbeid" in enter(rita).get("/konto/2fa/").content.decode()
    assert "avgjøre noe om andres arbeid" not in enter(alice).get("/konto/2fa/").content.decode()


def test_the_bank_itself_never_logs_in(client: Client, db: None) -> None:
    bank = with_password(system_user(email="banken@example.org", name="Banken", role=RoleName.CURATOR))
    assert log_in(client, bank)["Location"] == "/konto/inactive/"
    assert client.get("/konto/").status_code == 302


def test_whoever_is_shut_out_is_out_at_the_next_request(enter: Enter, alice: User) -> None:
    browser = enter(alice)
    assert browser.get("/konto/").status_code == 200
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert browser.get("/konto/").status_code == 302


def test_a_new_address_counts_only_after_its_code(enter: Enter, alice: User) -> None:
    browser = enter(with_password(alice))
    browser.post("/konto/email/", {"email": "ny@example.org", "action_add": ""})
    waiting = OutgoingMail.objects.get(to=alice)
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"
    browser.post("/konto/confirm-email/", {"code": code_in(waiting.text)})
    assert User.objects.get(pk=alice.pk).email == "ny@example.org"


@override_settings(EMAIL_URL="smtp://localhost")
def test_the_code_for_a_new_address_goes_there_and_nowhere_else(enter: Enter, alice: User) -> None:
    enter(with_password(alice)).post("/konto/email/", {"email": "ny@example.org", "action_add": ""})
    waiting = OutgoingMail.objects.get()
    assert (waiting.to, waiting.address) == (alice, "ny@example.org")
    send_due(timezone.now())
    assert [message.to for message in mail.outbox] == [["ny@example.org"]]


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/konto/login/?next=/nn/sok/", "en", "nn"),
        ("/konto/login/?sprak=en", "nb", "en"),
        ("/konto/login/", "nn", "nn"),
        ("/konto/login/?sprak=xx", "en", "en"),
    ],
)
def test_the_account_pages_speak_the_language_the_person_came_from(client: Client, address: str, accepted: str, language: str) -> None:
    page = client.get(address, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in page.content.decode()


def test_a_language_chosen_there_is_kept_there_and_only_there(client: Client) -> None:
    chosen = client.get("/konto/login/?sprak=nn").cookies[settings.LANGUAGE_COOKIE_NAME]
    assert chosen["path"] == "/konto/"
    assert '<html lang="nn"' in client.get("/konto/signup/").content.decode()


def test_mails_leave_at_once_and_never_wait_for_the_daily_one(client: Client) -> None:
    sign_up(client)
    waiting = OutgoingMail.objects.get()
    assert not waiting.digest
    assert waiting.due_at <= timezone.now()
    assert settings.SITE_NAME in waiting.text
    assert code_in(waiting.text) in waiting.html
