"""Telling of a problem in a real browser, and the pages that only members see, as axe sees them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.models import ProblemReport, Resource, User, UseReport
from resourcebank.services.reports import report_problem, report_use
from tests.web.browser.conftest import Open, breaches
from tests.web.browser.test_accessibility import NARROW, SCHEMES, WIDE, width

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
MEMBERS = (
    "vurdering/meldinger/",
    "vurdering/meldinger/?vis=used",
    "vurdering/tilstand/?tilstand=fresh",
    "ressurs/fire/kontroll/?form=ar",
    "ressurs/fire/?form=ar",
)


@pytest.fixture
def committed(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The site writes here, so no test holds a transaction; what was written is taken away again."""
    with django_db_blocker.unblock():
        yield
        ProblemReport.objects.all().delete()
        UseReport.objects.all().delete()
        User.objects.filter(name="Karl").update(is_demo=False)
        cache.clear()


@pytest.mark.django_db
def test_the_bait_is_neither_seen_nor_reached(open_page: Open) -> None:
    page = open_page("/nb/ressurs/kast-og-velg/meld/", viewport=NARROW)
    bait = page.locator("#nettsted")
    box = bait.locator("xpath=..").bounding_box()
    assert box
    assert box["width"] <= 1
    assert (bait.get_attribute("tabindex"), bait.locator("xpath=..").get_attribute("aria-hidden")) == ("-1", "true")


@pytest.mark.usefixtures("committed")
def test_a_reader_reports_by_keyboard_and_without_scripts(open_page: Open) -> None:
    page = open_page("/nb/ressurs/kast-og-velg/", java_script_enabled=False)
    page.get_by_role("link", name="Meld fra om en feil").press("Enter")
    page.get_by_label("Innholdet er feil").press("Space")
    page.get_by_label("Hva er galt?").fill("Steg to passer ikke til bildet.")
    page.get_by_role("button", name="Send meldingen").press("Enter")
    assert "Vent noen sekunder" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Innholdet er feil").is_checked()
    page.wait_for_timeout(4_000)
    page.get_by_role("button", name="Send meldingen").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Takk for at du sa fra"
    assert ProblemReport.objects.filter(text="Steg to passer ikke til bildet.").count() == 1


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_axe_finds_nothing_in_a_form_that_came_back(language: str, open_page: Open) -> None:
    page = open_page(f"/{language}/ressurs/kast-og-velg/brukt/")
    page.wait_for_timeout(3_500)
    page.locator("#minutes").fill("mange")
    page.locator("button[type=submit]").last.click()
    link = page.locator(".faults a").first
    link.wait_for()
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert width(page) <= viewport["width"]
            assert not breaches(page), (viewport, scheme)
    link.click()
    assert page.evaluate("document.activeElement.id") == "setting"


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_axe_finds_nothing_on_the_pages_of_members(language: str, browser: Browser, site: str) -> None:
    resource = Resource.objects.get(slug="fire")
    report_problem(resource, reason="language", text="Ord som mangler i steg tre.", now=timezone.now())
    report_use(resource, setting="nav", group_size="8", minutes="40", tip="Sett av god tid.", now=timezone.now())
    curator = User.objects.get(name="Karl")
    User.objects.filter(pk=curator.pk).update(is_demo=True)
    client = Client()
    client.force_login(curator)
    with override_settings(DEMO=True):
        context = browser.new_context(reduced_motion="reduce")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": site}])
        page = context.new_page()
        for path in MEMBERS:
            answer = page.goto(f"{site}/{language}/{path}")
            assert answer
            assert (answer.status, page.locator("form[action$='logout/'], .top-account").count()) == (200, 1)
            for viewport in (WIDE, NARROW):
                page.set_viewport_size(viewport)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    assert width(page) <= viewport["width"]
                    assert not breaches(page), (path, viewport, scheme)
        context.close()
