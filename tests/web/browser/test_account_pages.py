"""Every page about one's own account for everybody: axe in a real browser, in bokmål and nynorsk, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.models import OutgoingMail, User
from tests.web.browser.conftest import breaches
from tests.web.browser.test_accessibility import NARROW, WIDE, width

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
PASSWORD = "tre stoler og en kopp te"
READER = ("login/", "signup/", "password/reset/", "slettet/", "inactive/", "finnes-ikke/")
WITHOUT_FACTOR = ("", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "2fa/webauthn/", "slett/")
WITH_FACTOR = (
    "", "2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/webauthn/",
    "2fa/webauthn/keys/{key}/edit/", "2fa/webauthn/keys/{key}/remove/", "reauthenticate/", "2fa/reauthenticate/",
)  # fmt: skip
LOOKS = {"nb": ((WIDE, "light"), (NARROW, "dark")), "nn": ((WIDE, "dark"), (NARROW, "light"))}
"""Each width and each scheme in both languages, and all four together once: half the looks of every page."""


@pytest.fixture
def person(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """A curator of the site with a password. The site writes here, so no test holds a transaction; what was written is taken away again."""
    with django_db_blocker.unblock():
        user = User.objects.get(name="Karl")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        yield user
        for table in (EmailAddress, Authenticator, OutgoingMail, Session):
            table.objects.all().delete()
        cache.clear()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser that moves as little as it can."""
    context = browser.new_context(reduced_motion="reduce", locale="nb-NO")
    yield context
    context.close()


def let_in(context: BrowserContext, site: str, user: User) -> None:
    """Log the person in, who has proved who they are a moment ago."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="resourcebank.web.accounts.Backend")
    client.post("/konto/reauthenticate/?next=/konto/", {"password": PASSWORD})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": site}])


def whole_and_quiet(page: Page, language: str) -> None:
    """Nothing for axe to find and nothing to scroll sideways."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    for viewport, scheme in LOOKS[language]:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert width(page) <= viewport["width"], (page.url, viewport)
        assert not breaches(page), (page.url, viewport, scheme)


def every_page(context: BrowserContext, site: str, paths: tuple[str, ...], language: str, **parts: object) -> None:
    """Open each page and look at it."""
    page = context.new_page()
    for path in paths:
        address = f"{site}/konto/{path.format(**parts)}"
        answer = page.goto(f"{address}?sprak={language}")
        assert answer
        assert page.url.startswith(address), "the page itself and not one it leads to"
        assert answer.status == (404 if path == "finnes-ikke/" else 200)
        whole_and_quiet(page, language)


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.django_db
def test_the_pages_of_somebody_who_is_not_logged_in(language: str, context: BrowserContext, site: str) -> None:
    every_page(context, site, READER, language)


@pytest.mark.parametrize("language", LOOKS)
def test_the_pages_of_somebody_who_must_set_up_a_second_factor(language: str, person: User, context: BrowserContext, site: str) -> None:
    let_in(context, site, person)
    every_page(context, site, WITHOUT_FACTOR, language)


@pytest.mark.parametrize("language", LOOKS)
def test_the_pages_of_somebody_with_every_factor(language: str, person: User, context: BrowserContext, site: str) -> None:
    let_in(context, site, person)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "maskinen på jobb", "credential": {}})
    every_page(context, site, WITH_FACTOR, language, key=key.pk)


@pytest.mark.parametrize("language", LOOKS)
def test_forms_that_came_back_and_the_way_on_after_the_second_factor(
    language: str, person: User, context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    page.goto(f"{site}/konto/login/?sprak={language}")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".ds-error-summary").wait_for()
    whole_and_quiet(page, language)
    page.goto(f"{site}/konto/password/reset/")
    page.locator("#id_email").fill(person.email)
    page.locator("main form button[type=submit]").first.click()
    page.locator("#id_code").wait_for()
    whole_and_quiet(page, language)
    let_in(context, site, person)
    page.goto(f"{site}/konto/?sprak={language}")
    page.locator("#id_name").fill("")
    page.locator("form[action='/konto/'] button[type=submit]").click()
    page.locator(".ds-error-summary a").click()
    assert page.evaluate("document.activeElement.id") == "id_name"
    whole_and_quiet(page, language)
    page.goto(f"{site}/{language}/vurdering/meldinger/")
    assert "/konto/2fa/" in page.url
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    page.goto(f"{site}/konto/2fa/recovery-codes/")
    whole_and_quiet(page, language)
    page.locator("a[href='/konto/2fa/videre/']").click()
    assert page.url == f"{site}/{language}/vurdering/meldinger/"
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(f"{site}/konto/login/?sprak={language}")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/konto/2fa/authenticate/**")
    whole_and_quiet(page, language)
