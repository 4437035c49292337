"""Keeping a search in a real browser, the filters of a phone, and the pages around a search without hits, as axe sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.catalogue import Lacking
from resourcebank.models import SavedSearch, SearchNeed, StoredQuery, User
from resourcebank.services.needs import note_need
from tests.factories import NOW
from tests.web.browser.conftest import Open, breaches
from tests.web.browser.test_accessibility import NARROW, SCHEMES, WIDE, width

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
PHONE = {"width": 390, "height": 700}


@pytest.fixture
def committed(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The site writes here, so no test holds a transaction; what was written is taken away again."""
    with django_db_blocker.unblock():
        yield
        SavedSearch.objects.all().delete()
        StoredQuery.objects.all().delete()
        SearchNeed.objects.all().delete()
        User.objects.filter(name="Karl").update(is_demo=False)
        cache.clear()


@contextmanager
def logged_in(browser: Browser, site: str) -> Iterator[Page]:
    """The browser of a curator who is logged in."""
    curator = User.objects.get(name="Karl")
    User.objects.filter(pk=curator.pk).update(is_demo=True)
    client = Client()
    client.force_login(curator)
    with override_settings(DEMO=True):
        context = browser.new_context(reduced_motion="reduce", locale="nb-NO")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": site}])
        yield context.new_page()
        context.close()


def fine(page: Page) -> list[object]:
    """What is wrong with a page, wide and narrow, light and dark."""
    wrong: list[object] = []
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if width(page) > viewport["width"] or breaches(page):
                wrong.append((page.url, viewport, scheme, breaches(page)))
    return wrong


@pytest.mark.usefixtures("committed")
def test_a_search_is_kept_changed_and_removed(browser: Browser, site: str) -> None:
    with logged_in(browser, site) as page:
        page.goto(f"{site}/nb/sok/?kind=activity")
        page.get_by_role("link", name="Lagre søket").click()
        assert fine(page) == []
        page.get_by_label("Navn på søket").fill("Alle aktiviteter")
        page.get_by_label("hver dag").check()
        page.get_by_role("button", name="Lagre", exact=True).click()
        expect(page.get_by_role("heading", name="Alle aktiviteter")).to_be_visible()
        assert fine(page) == []
        page.get_by_label("aldri").check()
        page.get_by_role("button", name="Lagre endringen").click()
        expect(page.get_by_label("aldri")).to_be_checked()
        page.get_by_label("Navn på søket").fill("")
        page.get_by_role("button", name="Lagre endringen").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert fine(page) == []
        page.get_by_role("button", name="Slett søket").click()
        expect(page.get_by_text("Du har ikke lagret noe søk ennå.")).to_be_visible()
        assert not SavedSearch.objects.exists()


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_axe_finds_nothing_on_what_is_missed_and_what_is_missing(language: str, browser: Browser, site: str) -> None:
    note_need(Lacking(known=("terning", "stol"), chosen=(("language", "fa"),)), now=NOW)
    with logged_in(browser, site) as page:
        for path in ("dekning/", "vurdering/mangler/?mangler=engelsk", "sok/?language=fa&q=terning"):
            answer = page.goto(f"{site}/{language}/{path}")
            assert answer
            assert answer.status == 200
            assert fine(page) == []


@pytest.mark.usefixtures("committed")
def test_anybody_tells_that_something_is_missing_without_scripts(open_page: Open) -> None:
    page = open_page("/nb/sok/?language=fa&q=terning", java_script_enabled=False)
    page.get_by_role("link", name="Si fra om at dette mangler").press("Enter")
    page.wait_for_timeout(4_000)
    page.get_by_role("button", name="Si fra").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Takk for at du sa fra"
    assert SearchNeed.objects.filter(word="terning", said=1).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_axe_finds_nothing_on_the_form_and_the_thanks(language: str, open_page: Open) -> None:
    for path in ("sok/savnet/?q=terning+ternignen&kind=case", "sok/savnet/", "sok/savnet/takk/"):
        assert fine(open_page(f"/{language}/{path}")) == []


@pytest.mark.django_db
def test_on_a_phone_all_filters_are_behind_one_button(open_page: Open) -> None:
    page = open_page("/nb/sok/", viewport=PHONE)
    facets = page.locator(".facet")
    assert facets.count() > 10
    assert not [one for one in facets.all() if one.is_visible()]
    page.get_by_text("Velg filtre").click()
    assert [one for one in facets.all() if not one.is_visible()] == []
    page.locator("#minutes_min").fill("5")
    page.locator("#minutes_max").fill("20")
    page.get_by_role("button", name="Vis treff").click()
    expect(page).to_have_url(re.compile("minutes_min=5&minutes_max=20|minutes_max=20&minutes_min=5"))
    expect(page.get_by_role("link", name="Fjern filteret: Minst 5 min")).to_be_visible()


@pytest.mark.django_db
def test_a_long_filter_is_searched_in(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    page.locator("#facet-audience > summary").click()
    values = page.locator("#facet-audience li:visible")
    every = values.count()
    page.get_by_label("Finn i listen Målgruppe").fill("STUD")
    expect(values).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.url.endswith("/nb/sok/")
    page.get_by_label("Finn i listen Målgruppe").fill("finnes ikke")
    expect(page.locator("#facet-audience .facet-none")).to_have_text("Ingen valg passer.")
    page.get_by_label("Finn i listen Målgruppe").fill("")
    expect(values).to_have_count(every)


@pytest.mark.django_db
def test_without_scripts_every_value_of_a_long_filter_is_there(open_page: Open) -> None:
    page = open_page("/nb/sok/", java_script_enabled=False)
    page.locator("#facet-audience > summary").click()
    assert page.locator("#facet-audience li:visible").count() > 12
    assert page.locator("#find-audience").is_hidden()
