"""Whoever logs in hears of every change to how they do it, in their language, at an address they still read."""

from __future__ import annotations

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation
from pytest_django import Settings

from resourcebank.models import OutgoingMail, User
from resourcebank.services.account_words import WORDS, AccountMatter
from resourcebank.services.accounts import tell
from resourcebank.services.outbox import send_due
from tests.accounts.conftest import PASSWORD, Enter, with_factor, with_password
from tests.accounts.test_sign_up_and_log_in import code_in, log_in
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NEW = "fire kopper og en stol"
NOT_OURS = {
    "email_confirm": "sent where addresses are verified without a code",
    "email_deleted": "an account has one address",
    "password_reset_key": "sent where passwords are reset without a code",
    "unknown_account": "a stranger gets no mail",
}
"""Mails of allauth that a site with our settings never sends, and why."""


def proven(enter: Enter, user: User) -> Client:
    """A browser in which the person has just proved who they are; what was written until then is forgotten."""
    browser = enter(user)
    browser.post("/konto/reauthenticate/?next=/konto/", {"password": PASSWORD})
    OutgoingMail.objects.all().delete()
    return browser


def told() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def code_now(user: User) -> str:
    secret = Authenticator.objects.get(user=user, type="totp").data["secret"]
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_every_mail_of_allauth_has_words_of_ours() -> None:
    templates = (Path(allauth.__file__).parent / "templates").glob("*/email/*_subject.txt")
    names = {path.name.removesuffix("_subject.txt") for path in templates}
    assert len(names) > 15
    assert names - set(WORDS) == set(NOT_OURS)
    assert set(WORDS) - names == {"recovery_code_used"}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("about", WORDS)
def test_each_is_written_in_the_language_of_the_person_as_text_and_page(about: str, language: str, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(language=language, mail_about_own=False, mail_about_queue=False, mail_daily=True)
    alice.refresh_from_db()
    matter = AccountMatter(at=NOW, code="ABC-DEF", old="gammel@example.org", new="ny@example.org", provider="Feide", left=7)
    with translation.override("en" if language == "nb" else "nb"):
        written = tell(alice, about=about, matter=matter)
    assert written, "nobody can say no to it"
    assert (written.kind, written.digest, written.due_at) == (f"account.{about}", False, NOW)
    assert f'<html lang="{language}">' in written.html
    with translation.override(language):
        letter = WORDS[about](matter)
    assert written.subject == letter.subject
    assert [each for each in letter.sentences if each not in written.text] == []
    assert "%(" not in written.text
    assert ("ABC-DEF" in written.text) is (
        about in {"email_confirmation", "email_confirmation_signup", "login_code", "password_reset_code"}
    )
    assert "google" not in written.html
    for address in filter(None, [letter.link]):
        assert address.startswith("http://127.0.0.1:8000/")
        assert resolve(address.removeprefix("http://127.0.0.1:8000")).url_name == "account_reset_password"


def test_a_changed_password_is_told_with_when_and_what_to_do(enter: Enter, alice: User) -> None:
    browser = proven(enter, with_password(alice))
    browser.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    written = OutgoingMail.objects.get()
    assert written.kind == "account.password_changed"
    assert str(timezone.localtime().year) in written.text
    assert "http://127.0.0.1:8000/konto/password/reset/" in written.text
    assert NEW not in written.text + written.html


def test_a_forgotten_password_that_was_replaced_is_told(client: Client, alice: User) -> None:
    with_password(alice)
    client.post("/konto/password/reset/", {"email": alice.email})
    client.post("/konto/password/reset/confirm/", {"code": code_in(OutgoingMail.objects.get().text)})
    client.post("/konto/password/reset/complete/", {"password1": NEW, "password2": NEW})
    assert told() == ["account.password_reset_code", "account.password_reset"]


def test_a_first_password_is_told(enter: Enter, alice: User) -> None:
    browser = enter(with_password(alice))
    alice.set_unusable_password()
    alice.save()
    browser = enter(alice)
    browser.post("/konto/password/set/", {"password1": NEW, "password2": NEW})
    assert told() == ["account.password_set"]


@pytest.mark.django_db(transaction=True)
def test_an_app_that_comes_and_goes_is_told_and_so_are_new_recovery_codes(enter: Enter, alice: User) -> None:
    browser = proven(enter, with_password(alice))
    secret = browser.get("/konto/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert browser.post("/konto/2fa/totp/activate/", {"code": code})["Location"] == "/konto/2fa/recovery-codes/"
    browser.post("/konto/2fa/recovery-codes/generate/")
    browser.post("/konto/2fa/totp/deactivate/")
    assert told() == ["account.totp_activated", "account.recovery_codes_generated", "account.totp_deactivated"]


def test_a_passkey_that_goes_is_told(enter: Enter, alice: User) -> None:
    key = Authenticator.objects.create(user=with_password(alice), type="webauthn", data={"name": "telefonen"})
    proven(enter, alice).post(f"/konto/2fa/webauthn/keys/{key.pk}/remove/")
    assert told() == ["account.webauthn_removed"]


def test_a_recovery_code_at_log_in_is_told_with_how_many_are_left(client: Client, rita: User) -> None:
    with_factor(with_password(rita))
    codes = RecoveryCodes(Authenticator.objects.get(user=rita, type="recovery_codes")).get_unused_codes()
    log_in(client, rita)
    assert client.post("/konto/2fa/authenticate/", {"code": codes[0]})["Location"] == "/nb/"
    written = OutgoingMail.objects.get()
    assert written.kind == "account.recovery_code_used"
    assert f"Du har {len(codes) - 1} koder igjen." in written.text
    assert codes[0] not in written.text


def test_a_recovery_code_used_to_prove_oneself_again_is_told_and_a_code_of_the_app_is_not(enter: Enter, rita: User) -> None:
    browser = enter(with_factor(with_password(rita)))
    browser.post("/konto/2fa/reauthenticate/?next=/konto/", {"code": code_now(rita)})
    assert told() == []
    codes = RecoveryCodes(Authenticator.objects.get(user=rita, type="recovery_codes")).get_unused_codes()
    browser.post("/konto/2fa/reauthenticate/?next=/konto/", {"code": codes[0]})
    assert told() == ["account.recovery_code_used"]


def test_a_changed_address_is_told_at_the_one_that_was_left(enter: Enter, alice: User, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://localhost"
    browser = proven(enter, with_password(alice))
    browser.post("/konto/email/", {"email": "ny@example.org", "action_add": ""})
    browser.post("/konto/confirm-email/", {"code": code_in(OutgoingMail.objects.get().text)})
    assert User.objects.get(pk=alice.pk).email == "ny@example.org"
    assert told() == ["account.email_confirmation", "account.email_changed"]
    send_due(timezone.now())
    code, changed = mail.outbox
    assert (code.to, changed.to) == (["ny@example.org"], ["alice@example.org"])
    assert "ny@example.org" in str(changed.body)
    assert isinstance(changed, mail.EmailMultiAlternatives)
    assert [kind for _body, kind in changed.alternatives] == ["text/html"]


@pytest.mark.parametrize("about", ["mfa/email/webauthn_added", "socialaccount/email/account_connected"])
def test_what_only_a_real_key_or_feide_can_do_is_told_too(alice: User, about: str) -> None:
    get_adapter().send_notification_mail(about, alice)
    assert told() == [f"account.{about.rpartition('/')[2]}"]


def test_nobody_who_is_shut_out_or_erased_is_written_to(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    alice.refresh_from_db()
    assert tell(alice, about="password_changed", matter=AccountMatter(at=NOW)) is None
    assert told() == []
