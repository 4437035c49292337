"""The pages about mails for everybody: axe in a real browser, narrow screens, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from resourcebank.models import User
from resourcebank.services.mail_choices import Choice, goodbye_link
from tests.web.browser.conftest import Open, breaches
from tests.web.browser.test_accessibility import NARROW, SCHEMES, WIDE, width

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def _trial(settings: Settings) -> None:
    """A site for trying things, which sends no mail."""
    settings.DEMO, settings.EMAIL_URL = True, ""


def whole_and_quiet(page: Page) -> None:
    """Nothing for axe to find and nothing to scroll sideways, however it is looked at."""
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert width(page) <= viewport["width"]
            assert not breaches(page), (viewport, scheme)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_outbox_and_a_mail_in_it_are_for_everybody(language: str, open_page: Open) -> None:
    page = open_page(f"/{language}/utboks/")
    whole_and_quiet(page)
    page.click(".mail-card h2 a")
    whole_and_quiet(page)
    assert "«" in page.inner_text("h1")
    page.click("text=/e-postprogram/")
    assert page.inner_text("blockquote, h1")


def test_the_page_that_asks_before_mails_are_turned_off_is_for_everybody(open_page: Open) -> None:
    page = open_page(f"/konto/{goodbye_link(User.objects.get(name='Amina'), Choice.QUEUE).split('/konto/')[1]}")
    whole_and_quiet(page)
