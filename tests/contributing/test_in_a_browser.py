"""A first-time contributor in a real browser: by keyboard alone, without scripts, with two windows, with a log-in that runs out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from resourcebank.content import Content, content_of
from resourcebank.models import Revision, User
from resourcebank.workflow import RoleName, Status
from tests.factories import a_published, person
from tests.web.browser.conftest import breaches

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STEPS = "1. Legg tre kort på bordet. (3 min)\n2. Si: «Velg ett.» (5 min)\n3. Snakk om kortet. (7 min)"
TEXTS = {
    "title.nb": "Kortet som ligger igjen",
    "summary.nb": "Deltakeren velger ett av tre kort og ser på de to som ble liggende igjen.",
    "goal.nb": "Å merke hva man velger bort når man velger.",
    "step.nb.1": STEPS,
    "questions.nb": "Hva valgte du?\nHva ble liggende?\nHva vil du ha med neste gang?",
    "adaptations.nb": "På nett: vis kortene på skjermen.",
    "care.nb": "Vent med øvelsen når noen nettopp har mistet et valg.",
    "participant_sheet.nb": "**Kortet**\n\nJeg valgte: ______",
}
Enter = Callable[..., Page]


@pytest.fixture
def author(transactional_db: None) -> User:
    """Somebody who contributes for the first time."""
    return person("Fatima", RoleName.CONTRIBUTOR)


@pytest.fixture
def enter(author: User, browser: Browser, live_server: LiveServer) -> Iterator[Enter]:
    """Open a page as the author. The test fails on an error of a script."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(path: str, **options: Any) -> Page:
        context = browser.new_context(**({"locale": "nb-NO", "reduced_motion": "reduce", "viewport": WIDE} | options))
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": logged_in(author), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def logged_in(user: User) -> str:
    """The key of a session in which somebody is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def newest() -> tuple[Revision, Content]:
    """What was written last."""
    revision = Revision.objects.select_related("kind", "licence").order_by("-pk")[0]
    return revision, content_of(revision)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element of that id (or button with those words) has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(w) => { const e = document.activeElement; return e.id === w || e.innerText === w; }", wanted):
            return
    raise AssertionError(f"Tab never came to {wanted}")


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a list with the arrow keys."""
    tab_to(page, name)
    for _ in range(80):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in {name}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_whole_resource_is_sent_in_by_keyboard_alone_in_twelve_fields(scripts: bool, enter: Enter) -> None:
    page = enter("/nb/bidra/", java_script_enabled=scripts)
    required = set()
    if scripts:
        tab_to(page, "Skriv egen tekst")
        page.keyboard.press("Enter")
    else:  # without scripts the focus cannot be asked for
        page.get_by_role("button", name="Skriv egen tekst").press("Enter")
    page.wait_for_url(re.compile(r"steg=1"))
    required |= {field.get_attribute("id") for field in page.locator("[aria-required=true]").all()}
    for name, text in TEXTS.items():
        if scripts:
            tab_to(page, name)
            page.keyboard.insert_text(text)
        else:
            page.locator(f'[id="{name}"]').fill(text)
    press(page, "Lagre og gå videre", scripts)
    page.wait_for_url(re.compile(r"steg=2"))
    required |= {field.get_attribute("id") for field in page.locator("[aria-required=true]").all()}
    press(page, "Lagre og gå videre", scripts)
    page.wait_for_url(re.compile(r"steg=3"))
    required |= {field.get_attribute("id") for field in page.locator("[aria-required=true]").all()}
    for name, value in (("kind", "activity"), ("norwegian_level", "B1"), ("term.1", "word_pair:valg-og-tilfeldigheter")):
        if scripts:
            choose(page, name, value)
        else:
            page.locator(f'[id="{name}"]').select_option(value)
    reason = "Deltakeren kjenner på å velge."
    if scripts:
        tab_to(page, "reason.1.nb")
        page.keyboard.insert_text(reason)
    else:
        page.locator('[id="reason.1.nb"]').fill(reason)
    press(page, "Lagre og gå videre", scripts)
    page.wait_for_url(re.compile(r"steg=4"))
    expect(page.get_by_text("Alt som må med, er på plass.")).to_be_visible()
    press(page, "Send til vurdering", scripts)
    page.wait_for_url(re.compile(r"/mine/\d+/"))
    expect(page.get_by_text("Takk! Bidraget er sendt inn")).to_be_visible()
    revision, content = newest()
    assert revision.status == Status.IN_REVIEW
    assert (content.step_minutes, content.minutes, content.kind) == ((3, 5, 7), (15, 15), "activity")
    assert content.forms[0].steps[1] == "Si: «Velg ett.»"
    assert len(required) <= 12, required


def press(page: Page, words: str, scripts: bool) -> None:
    """Press a button with the keyboard."""
    if scripts:
        tab_to(page, words)
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name=words, exact=True).last.press("Enter")


def begun(enter: Enter, **options: Any) -> Page:
    """A new draft, open at its first page."""
    page = enter("/nb/bidra/", **options)
    page.get_by_role("button", name="Skriv egen tekst").click()
    page.wait_for_url(re.compile(r"steg=1"))
    return page


def test_a_draft_saves_itself_when_a_field_is_left_and_says_so(enter: Enter) -> None:
    page = begun(enter)
    page.locator('[id="title.nb"]').fill("Kortet")
    page.locator('[id="goal.nb"]').focus()
    expect(page.locator("#draft-status")).to_have_text(re.compile(r"Utkast lagret kl\. \d\d\.\d\d"))
    assert newest()[1].forms[0].title == "Kortet"
    page.locator('[id="goal.nb"]').fill("Å velge.")
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.wait_for_url(re.compile(r"steg=2"))
    assert newest()[1].forms[0].goal == "Å velge."


def test_the_second_of_two_windows_shows_both_texts(enter: Enter) -> None:
    first = begun(enter)
    second = first.context.new_page()
    second.goto(first.url)
    for page, title in ((first, "Fra det første"), (second, "Fra det andre")):
        page.locator('[id="title.nb"]').fill(title)
        page.locator(".writing-buttons").get_by_role("button", name="Lagre utkast").click()
        page.wait_for_load_state()
    expect(second.get_by_role("heading", name="To tekster")).to_be_visible()
    expect(second.locator(".differences")).to_contain_text("Fra det første")
    expect(second.locator('[id="title.nb"]')).to_have_value("Fra det andre")
    assert second.evaluate("document.activeElement.id") == "conflict"
    assert not breaches(second)
    second.locator(".writing-buttons").get_by_role("button", name="Lagre utkast").click()
    second.wait_for_url(re.compile("lagret=1"))
    assert newest()[1].forms[0].title == "Fra det andre"


def test_a_double_click_and_the_back_button_do_no_harm(enter: Enter) -> None:
    page = enter("/nb/bidra/")
    page.get_by_role("button", name="Skriv egen tekst").dblclick()
    page.wait_for_url(re.compile(r"steg=1"))
    draft = newest()[0].pk
    page.go_back()
    page.get_by_role("button", name="Skriv egen tekst").wait_for()
    page.goto(page.url.split("/bidra/")[0] + f"/bidra/{draft}/?steg=1")
    page.locator('[id="title.nb"]').fill("Kortet")
    page.get_by_role("button", name="Lagre og gå videre").dblclick()
    page.wait_for_url(re.compile(r"steg=[23]"))
    page.go_back()
    page.locator('[id="title.nb"]').wait_for()
    page.locator(".writing-buttons").get_by_role("button", name="Lagre utkast").click()
    page.wait_for_load_state()
    assert newest()[0].pk == draft
    assert newest()[1].forms[0].title == "Kortet"


def test_what_was_typed_after_the_log_in_ran_out_comes_back(enter: Enter, author: User, live_server: LiveServer) -> None:
    page = begun(enter)
    Session.objects.all().delete()
    page.locator('[id="title.nb"]').fill("Skrevet for sent")
    page.locator('[id="goal.nb"]').focus()
    expect(page.locator("#draft-status")).to_contain_text("Du er logget ut")
    expect(page.get_by_role("link", name="Logg inn igjen")).to_have_attribute(
        "href", re.compile(r"^/konto/login/\?next=%2Fnb%2Fbidra%2F\d+")
    )
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": logged_in(author), "url": live_server.url}])
    page.reload()
    expect(page.locator('[id="title.nb"]')).to_have_value("Skrevet for sent")
    expect(page.locator("#draft-status")).to_contain_text("Vi hentet fram")
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.wait_for_url(re.compile(r"steg=2"))
    assert newest()[1].forms[0].title == "Skrevet for sent"


def test_what_was_typed_while_the_site_was_away_is_kept_and_saved(enter: Enter) -> None:
    page = begun(enter)
    page.context.set_offline(True)
    page.locator('[id="title.nb"]').fill("Skrevet uten nett")
    page.locator('[id="goal.nb"]').focus()
    expect(page.locator("#draft-status")).to_contain_text("Vi får ikke kontakt")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator('[id="title.nb"]')).to_have_value("Skrevet uten nett")
    page.locator('[id="title.nb"]').focus()
    page.locator('[id="goal.nb"]').focus()
    expect(page.locator("#draft-status")).to_contain_text("Utkast lagret")
    assert newest()[1].forms[0].title == "Skrevet uten nett"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_axe_finds_nothing_on_the_pages_of_a_contributor(language: str, enter: Enter) -> None:
    """Light and dark, wide and narrow, with two languages, an empty form sent in, and the list."""
    a_published(author=person("Bo", RoleName.CONTRIBUTOR), approver=person("Kari", RoleName.CURATOR), slug="fire")
    page = begun(enter)
    page.locator('[id="title.nb"]').fill("Et kort")
    page.get_by_role("button", name="Legg til språkversjon").click()
    page.wait_for_url(re.compile("form=nn"))
    number = newest()[0].pk
    paths = ["bidra/", "bidra/?word_pair=valg-og-tilfeldigheter", "bidra/?ressurs=fire&hva=sprak", "mine/", f"mine/{number}/"]
    for path in (*paths, *(f"bidra/{number}/?steg={step}&vis=1" for step in (1, 2, 3, 4))):
        page.goto(f"{page.url.partition('/nb/')[0].partition('/nn/')[0]}/{language}/{path}")
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
                assert not breaches(page), (path, viewport, scheme)
