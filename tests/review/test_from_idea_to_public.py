"""The whole way in a real browser: written, sent in, changes asked for, mended, approved, found, and a new version later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from resourcebank.catalogue import forget_labels
from resourcebank.models import Resource, Revision, User
from resourcebank.selectors.duplicates import forget_published
from resourcebank.workflow import Assurance, RoleName, Status
from tests.factories import load_whole_framework, person
from tests.starter_bank import index_in
from tests.web.browser.conftest import breaches

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

TITLE = "Kortet som ligger igjen"
WORDS = {
    "nb": {"own": "Skriv egen tekst", "on": "Lagre og gå videre", "changes": "Be om endringer"},
    "nn": {"own": "Skriv eigen tekst", "on": "Lagre og gå vidare", "changes": "Be om endringar"},
}
TEXTS = {
    "title": TITLE,
    "summary": "Du velger ett av tre kort og ser på de to som ble liggende igjen.",
    "goal": "Å merke hva man velger bort når man velger.",
    "step.1": "1. Legg tre kort på bordet. (3 min)\n2. Si: «Velg ett.» (5 min)\n3. Snakk om kortet. (7 min)",
    "questions": "Hva valgte du?\nHva ble liggende?\nHva vil du ha med neste gang?",
    "adaptations": "På nett: vis kortene på skjermen.",
    "care": "Vent med øvelsen når noen nettopp har mistet et valg.",
    "participant_sheet": "**Kortet**\n\nJeg valgte: ______",
}


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer, tmp_path: Path) -> Iterator[str]:
    """A running site with the framework and an index of its own, and nothing in the bank."""
    with index_in(tmp_path / "index"):
        load_whole_framework()
        call_command("reindex", verbosity=0)
        forget_labels()
        forget_published()
        yield str(live_server.url)
    forget_labels()
    forget_published()


def seated(browser: Browser, site: str, user: User | None, **options: Any) -> Page:
    """A browser of somebody's own, logged in with what their role asks for."""
    context = browser.new_context(locale="nb-NO", reduced_motion="reduce", **options)
    if user is not None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        client = Client()
        client.force_login(user)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}]
        )
    return context.new_page()


def field(page: Page, name: str, language: str) -> Any:
    """A field of the form in a language: `summary`, `step.1`."""
    part, _, number = name.partition(".")
    return page.locator(f'[id="{part}.{language}{"." + number if number else ""}"]')


def write(author: Page, site: str, language: str) -> str:
    """Write a whole resource in the four steps; gives the number of the draft."""
    words = WORDS[language]
    author.goto(f"{site}/{language}/bidra/")
    author.get_by_role("button", name=words["own"]).click()
    author.wait_for_url(re.compile("steg=1"))
    for name, text in TEXTS.items():
        field(author, name, language).fill(text)
    for step in (2, 3):
        author.get_by_role("button", name=words["on"], exact=True).last.click()
        author.wait_for_url(re.compile(f"steg={step}"))
    for name, value in (("kind", "activity"), ("norwegian_level", "B1"), ("term.1", "word_pair:valg-og-tilfeldigheter")):
        author.locator(f'[id="{name}"]').select_option(value)
    author.locator(f'[id="reason.1.{language}"]').fill("Deltakeren kjenner på å velge.")
    author.get_by_role("button", name=words["on"], exact=True).last.click()
    author.wait_for_url(re.compile("steg=4"))
    return re.search(r"/bidra/(\d+)/", author.url)[1]  # type: ignore[index]


def send_in(page: Page, site: str, language: str, draft: str) -> None:
    page.goto(f"{site}/{language}/bidra/{draft}/?steg=4")
    page.get_by_role("button", name="Send til vurdering", exact=True).last.click()
    page.wait_for_url(re.compile(r"/mine/\d+/"))


def approve(page: Page, site: str, language: str, case: str) -> None:
    page.goto(f"{site}/{language}/vurdering/{case}/")
    for box in page.locator("#sjekkliste input[value=ok], #sjekkliste input[name=confirm]").all():
        box.check(force=True)
    page.get_by_role("button", name="Godkjenn", exact=True).click()
    page.wait_for_url("**gjort=approve")


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("language", "scripts"), [("nb", True), ("nn", True), ("nb", False)], ids=["nb", "nn", "without scripts"])
def test_an_idea_becomes_a_trusted_resource_and_later_a_new_version(language: str, scripts: bool, browser: Browser, site: str) -> None:
    words = WORDS[language]
    author = seated(browser, site, person("Fatima", RoleName.CONTRIBUTOR), java_script_enabled=scripts)
    reviewer = seated(browser, site, person("Rita", RoleName.REVIEWER), java_script_enabled=scripts)
    reader = seated(browser, site, None, java_script_enabled=scripts)

    draft = write(author, site, language)
    send_in(author, site, language, draft)

    reviewer.goto(f"{site}/{language}/vurdering/")
    reviewer.locator(f'a[href="/{language}/vurdering/{draft}/"]').first.click()
    reviewer.wait_for_url(f"**/vurdering/{draft}/")
    reviewer.locator("#note").fill("Si hva slags kort det er.")
    reviewer.get_by_role("button", name=words["changes"], exact=True).click()
    reviewer.wait_for_url("**gjort=request_changes")

    author.goto(f"{site}/{language}/mine/{draft}/")
    expect(author.get_by_text("Si hva slags kort det er.").first).to_be_visible()
    author.goto(f"{site}/{language}/bidra/{draft}/?steg=1")
    field(author, "summary", language).fill("Du velger ett av tre postkort og ser på de to som ble liggende igjen.")
    author.get_by_role("button", name=words["on"], exact=True).last.click()
    author.wait_for_url(re.compile("steg=2"))
    reader.goto(f"{site}/{language}/sok/?q=postkort")
    assert TITLE not in reader.content(), "nothing is public before somebody approved it"
    send_in(author, site, language, draft)
    approve(reviewer, site, language, draft)

    reader.goto(f"{site}/{language}/sok/?q=postkort")
    reader.get_by_role("link", name=TITLE).first.click()
    reader.wait_for_url("**/ressurs/**")
    expect(reader.get_by_text("Fagvurder").first).to_be_visible()
    resource = Resource.objects.get()
    first = Revision.objects.get(published_resource=resource)
    assert (str(first.pk), first.assurance) == (draft, Assurance.REVIEWED)

    author.goto(f"{site}/{language}/bidra/?ressurs={resource.slug}")
    author.locator("main form button").first.click()
    author.wait_for_url(re.compile(r"/bidra/\d+/"))
    later = re.search(r"/bidra/(\d+)/", author.url)[1]  # type: ignore[index]
    author.goto(f"{site}/{language}/bidra/{later}/?steg=1")
    field(author, "goal", language).fill("Å merke hva man lar ligge når man velger.")
    author.get_by_role("button", name=words["on"], exact=True).last.click()
    author.wait_for_url(re.compile("steg=2"))
    send_in(author, site, language, later)
    reviewer.goto(f"{site}/{language}/vurdering/{later}/")
    expect(reviewer.locator("ins").first).to_contain_text("lar ligge")
    approve(reviewer, site, language, later)
    reader.goto(f"{site}/{language}/ressurs/{resource.slug}/")
    expect(reader.get_by_text("lar ligge").first).to_be_visible()
    assert not scripts or not breaches(reader)
    statuses = dict(Revision.objects.values_list("pk", "status"))
    assert statuses == {int(draft): Status.SUPERSEDED, int(later): Status.PUBLISHED}
