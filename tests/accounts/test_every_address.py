"""Every address under /konto/, for a reader and for somebody who is logged in; and what readers of public pages are spared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from resourcebank.models import User
from tests.accounts.conftest import PASSWORD, Enter, with_factor, with_password

pytestmark = pytest.mark.django_db
IN_PLACE_OF = (("<str:signed>", "worn"), ("<int:pk>", "1"), (r"^(?P<provider_id>[^/]+)/", "feide/"))


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the project, with something in place of what varies."""
    for pattern in resolver.url_patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, whole)
        elif isinstance(pattern, URLPattern):
            for varying, fixed in IN_PLACE_OF:
                whole = whole.replace(varying, fixed)
            yield f"/{whole}"


ACCOUNTS = sorted({address for address in addresses(get_resolver()) if address.startswith("/konto/")})
PLAIN = re.compile(r"^[a-z0-9/._-]+$")
ENGLISH = ("Sign In", "Sign Up", "Password:", "Email", "Two-Factor", "Recovery", "Security Key", "Menu:", "Are you sure")


def test_they_are_all_here() -> None:
    assert len(ACCOUNTS) > 35
    assert [address for address in ACCOUNTS if not PLAIN.match(address)] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_for_a_reader(method: str) -> None:
    for address in ACCOUNTS:
        check(address, getattr(Client(SERVER_NAME="localhost"), method)(address))


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_for_somebody_who_is_logged_in(enter: Enter, alice: User, method: str) -> None:
    with_password(alice)
    for address in ACCOUNTS:
        check(address, getattr(enter(alice), method)(address))


def test_no_address_breaks_just_after_proving_who_one_is(enter: Enter, rita: User) -> None:
    browser = enter(with_factor(with_password(rita)))
    browser.post("/konto/reauthenticate/?next=/konto/", {"password": PASSWORD})
    opened = [address for address in ACCOUNTS if check(address, browser.get(address)) == 200]
    assert {"/konto/2fa/recovery-codes/", "/konto/2fa/webauthn/add/", "/konto/2fa/totp/deactivate/"} <= set(opened)


def check(address: str, response: Any) -> int:
    """Answered, and if with a page, then with one of ours: in our frame, without inline code, with no text of somebody else's."""
    status = int(response.status_code)
    assert status < 500, address
    if not response.get("Content-Type", "").startswith("text/html") or status in (301, 302, 405):
        return status
    text = response.content.decode()
    assert 'class="top"' in text, address
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), address
    assert not [tag for tag in re.findall(r"<script[^>]*>", text) if " src=" not in tag and "application/json" not in tag], address
    assert [words for words in ENGLISH if words in text] == [], address
    assert text.count("<h1") == 1, address
    return status


@pytest.mark.parametrize("path", ["/nb/", "/nn/personvern/", "/en/vilkar/", "/nb/sok/", "/nb/finnes-ikke/"])
def test_public_pages_set_no_cookie_and_are_the_same_for_everybody(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(("language", "word"), [("nb", "Bidragsvilkår"), ("nn", "Bidragsvilkår"), ("en", "Contributor terms")])
def test_terms_and_privacy_stand_in_every_language(client: Client, language: str, word: str) -> None:
    assert f"<h1>{word}</h1>" in client.get(f"/{language}/vilkar/").content.decode()
    privacy = client.get(f"/{language}/personvern/").content.decode()
    assert privacy.count("<h2>") == 7
    assert "CC BY 4.0" in client.get(f"/{language}/vilkar/").content.decode()


def test_the_short_name_of_the_account_leads_to_it_in_the_language_of_the_page(client: Client) -> None:
    assert client.get("/nn/konto/")["Location"] == "/konto/?sprak=nn"
