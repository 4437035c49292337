"""Reviewing in a real browser: axe on the queue and the review page, the way from the queue to a decision, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from resourcebank.catalogue import forget_labels
from resourcebank.content import content_of
from resourcebank.models import Revision, User
from resourcebank.services.checklist import Checklist
from resourcebank.services.drafts import revise, save
from resourcebank.services.review import request_changes, submit, take
from resourcebank.services.talk import add_comment
from tests.factories import a_published, approved, handed_in, whole_content, whole_form, yes_to_all
from tests.web.browser.conftest import breaches
from tests.web.browser.test_accessibility import NARROW, SCHEMES, WIDE, width

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("framework")]
PAGES = [
    ("rita", ""),
    ("rita", "?kind=tull"),
    ("rita", "{again}/"),
    ("carl", "?del=ferdige"),
    ("carl", "{waiting}/"),
    ("carl", "{published}/"),
]
Enter = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk: the cases, and the sessions of their author, a reviewer and a curator."""

    free: int
    again: int
    waiting: int
    published: int
    sessions: dict[str, str]


def _session(user: User) -> str:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _again(published: Revision, author: User, reviewer: User) -> Revision:
    """A new version of a published resource, with words changed: sent back once with some answers, handed in anew and taken."""
    now = timezone.now()
    draft = revise(published.resource, by=author, now=now)
    content = content_of(draft)
    changed = (replace(content.forms[0], title="Fem stoler", care="Vent hvis deltakeren er sliten."), *content.forms[1:])
    saved = save(draft, by=author, content=replace(content, forms=changed), seen=draft.version, now=now, change_note="Ny tittel.")
    sent = submit(saved, by=author, now=now, seen=saved.version)
    answers = Checklist(answers={"method": "ok", "care": "not_ok", "accessibility": "not_relevant"}, confirmed=yes_to_all(sent).confirmed)
    back = request_changes(sent, by=reviewer, now=now, seen=sent.version, note="Rett «Pass på».", checklist=answers)
    waiting = submit(back, by=author, now=timezone.now(), seen=back.version)
    return take(waiting, by=reviewer, now=timezone.now(), seen=waiting.version)


@pytest.fixture
def desk(alice: User, rita: User, carl: User) -> Desk:
    """Cases of every kind, committed for the site to see."""
    forget_labels()
    now = timezone.now()
    arabic = whole_form("ar", title="أربعة كراسي", participant_sheet="**أربعة كراسي**\n\n1. اختر كرسيًا: ____")
    forms = (whole_form("nb", summary="En. To. Tre."), whole_form("nn", made_from="nb"), arabic)
    free = handed_in(by=alice, now=now, content=whole_content(forms=forms))
    published = a_published(author=alice, approver=carl, content=whole_content(forms=forms))
    again = _again(published, alice, rita)
    add_comment(again, by=rita, now=now, text="Er tittelen **tydelig**?", field="forms.nb.title")
    add_comment(again, by=rita, now=now, text="Ligner på en annen.", internal=True)
    waiting = approved(handed_in(by=alice, now=now), by=rita, now=now)
    return Desk(free.pk, again.pk, waiting.pk, published.pk, {"alice": _session(alice), "rita": _session(rita), "carl": _session(carl)})


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Enter]:
    """Open a page as somebody who has logged in; the test fails when the browser complains."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def entered(who: str, path: str, **options: Any) -> Page:
        context = browser.new_context(**({"locale": "nb-NO", "reduced_motion": "reduce", "viewport": WIDE} | options))
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": desk.sessions[who], "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(live_server.url + path)
        return page

    yield entered
    for context in contexts:
        context.close()
    assert not wrong


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(who: str, path: str, language: str, enter: Enter, desk: Desk) -> None:
    place = path.format(again=desk.again, waiting=desk.waiting, published=desk.published)
    page = enter(who, f"/{language}/vurdering/{place}")
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert width(page) <= viewport["width"]
            assert not breaches(page), (viewport, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_with_faults_is_as_accessible_and_leads_to_each(scheme: str, enter: Enter, desk: Desk) -> None:
    page = enter("rita", f"/nb/vurdering/{desk.again}/", color_scheme=scheme)
    page.get_by_label("Til forfatteren").fill("Nesten i mål.")
    page.get_by_role("button", name="Godkjenn", exact=True).click()
    page.wait_for_selector(".trouble")
    assert page.evaluate("document.activeElement.id") == "feil"
    assert page.get_by_label("Til forfatteren").input_value() == "Nesten i mål."
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        assert width(page) <= viewport["width"]
        assert not breaches(page), viewport
    page.get_by_role("link", name="Du har ikke svart på «Metode».").click()
    assert page.evaluate("location.hash") == "#answer-method-ok"
    page.keyboard.press("Space")
    assert page.locator("#answer-method-ok").is_checked()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_queue_to_an_approval_by_keyboard_on_one_page(scripts: bool, enter: Enter, desk: Desk) -> None:
    page = enter("rita", "/nb/vurdering/", java_script_enabled=scripts)
    link = page.locator(f'a[href="/nb/vurdering/{desk.free}/"]')
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/vurdering/{desk.free}/")
    for box in page.locator("#sjekkliste input[value=ok], #sjekkliste input[name=confirm]").all():
        box.focus()
        page.keyboard.press("Space")
    page.locator("#note").focus()
    page.keyboard.type("Klar til bruk.")
    page.get_by_role("button", name="Godkjenn", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**gjort=approve")
    assert page.get_by_text("Godkjenningen din er lagret.").is_visible()
    assert page.get_by_text("Publisert", exact=True).first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_goes_from_change_to_change_and_shows_the_whole_text(scripts: bool, enter: Enter, desk: Desk) -> None:
    page = enter("rita", f"/nb/vurdering/{desk.again}/", java_script_enabled=scripts)
    page.get_by_role("link", name="Gå til den første endringen").focus()
    for number, way in ((1, ""), (2, "Neste endring"), (1, "Forrige endring")):
        if way:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#endring-{number}")
        assert page.locator(f"#endring-{number}").is_visible()
    untouched = page.get_by_role("heading", name="Hensikt (Bokmål)", exact=True).and_(page.locator(".untouched h3"))
    assert not untouched.is_visible()
    page.get_by_label("Bare endringene").focus()
    page.keyboard.press("ArrowDown")
    assert untouched.is_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_whole_text_with_its_changes_is_as_accessible(scheme: str, enter: Enter, desk: Desk) -> None:
    page = enter("rita", f"/nn/vurdering/{desk.again}/", color_scheme=scheme)
    page.locator("#vis-hele").check()
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        assert width(page) <= viewport["width"]
        assert not breaches(page), viewport


def test_a_date_is_moved_without_losing_what_is_typed(enter: Enter, desk: Desk) -> None:
    page = enter("rita", f"/nb/vurdering/{desk.again}/", java_script_enabled=False)
    page.get_by_label("Til forfatteren").fill("Nesten i mål.")
    moved = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Frist").fill(moved.isoformat())
    page.get_by_role("button", name="Endre fristen").click()
    assert page.get_by_text("Fristen er endret.").is_visible()
    assert page.get_by_label("Til forfatteren").input_value() == "Nesten i mål."
    assert page.get_by_label("Frist").input_value() == moved.isoformat()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_an_author_answers_where_the_remark_is_read(language: str, enter: Enter, desk: Desk) -> None:
    page = enter("alice", f"/{language}/mine/{desk.again}/", java_script_enabled=False)
    place = page.locator(".thread").filter(has_text="tydelig")
    place.locator("summary").click()
    place.locator("textarea").fill("Ja, den sier hva det er.")
    place.locator("button").click()
    assert page.locator(".thread").filter(has_text="tydelig").get_by_text("Ja, den sier hva det er.").is_visible()
    page = enter("alice", f"/{language}/mine/{desk.again}/?svart=1")
    for summary in page.locator(".answering summary").all():
        summary.click()
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert width(page) <= viewport["width"]
            assert not breaches(page), (viewport, scheme)


def test_the_enter_key_in_a_field_decides_nothing(enter: Enter, desk: Desk) -> None:
    page = enter("carl", f"/nb/vurdering/{desk.waiting}/")
    page.locator("#publish_at").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith(f"/vurdering/{desk.waiting}/")
