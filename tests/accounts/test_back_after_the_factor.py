"""Whoever must set up a second factor gets to the page they wanted, and nowhere else."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from resourcebank.models import User
from tests.accounts.conftest import PASSWORD, Enter, with_factor, with_password

pytestmark = pytest.mark.django_db(transaction=True)
BUTTON = 'href="/konto/2fa/videre/"'


def set_up(browser: Client) -> str:
    """The page after an app was added."""
    browser.post("/konto/reauthenticate/?next=/konto/2fa/totp/activate/", {"password": PASSWORD})
    secret = browser.get("/konto/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    after = browser.post("/konto/2fa/totp/activate/", {"code": code})["Location"]
    return browser.get(after).content.decode()


@pytest.mark.parametrize("wanted", ["/nn/vurdering/?del=mine", "/nb/vurdering/meldinger/"])
def test_the_wanted_page_is_one_press_away_when_the_codes_are_seen(enter: Enter, rita: User, wanted: str) -> None:
    browser = enter(with_password(rita))
    asked = browser.get(wanted)["Location"]
    assert asked.startswith("/konto/2fa/?next=")
    assert BUTTON not in browser.get(asked).content.decode(), "not before the factor is there"
    page = set_up(browser)
    assert re.search(r"<code>\w+", page), "the recovery codes are seen first"
    assert BUTTON in page
    assert browser.get("/konto/2fa/videre/")["Location"] == wanted
    assert BUTTON not in browser.get("/konto/2fa/").content.decode(), "once is enough"
    assert browser.get("/konto/2fa/videre/")["Location"] == "/konto/"


def test_an_administrator_comes_back_to_the_administration(enter: Enter, adam: User) -> None:
    browser = enter(with_password(adam))
    first = browser.get("/admin/resourcebank/user/")["Location"]
    browser.get(browser.get(first)["Location"])
    assert BUTTON in set_up(browser)
    assert browser.get("/konto/2fa/videre/")["Location"] == "/admin/resourcebank/user/"


@pytest.mark.parametrize(
    "wanted",
    ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", "http:///ond.example", "\t//ond.example", ""],
)
def test_nobody_is_led_to_another_site(enter: Enter, rita: User, wanted: str) -> None:
    browser = enter(with_password(rita))
    browser.get("/konto/2fa/", {"next": wanted})
    assert BUTTON not in set_up(browser)
    assert browser.get("/konto/2fa/videre/")["Location"] == "/konto/"


def test_what_is_asked_by_somebody_who_needs_no_factor_is_not_kept(enter: Enter, alice: User, rita: User) -> None:
    for user in (with_password(alice), with_factor(with_password(rita))):
        browser = enter(user)
        browser.get("/konto/2fa/?next=/nb/sok/")
        assert browser.get("/konto/2fa/videre/")["Location"] == "/konto/"


def test_a_reader_is_sent_to_the_log_in_and_gets_no_session(client: Client) -> None:
    answer = client.get("/konto/2fa/?next=/nb/vurdering/")
    assert answer["Location"].startswith("/konto/login/?next=")
    assert "sessionid" not in answer.cookies
