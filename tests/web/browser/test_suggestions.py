"""Suggestions below the search box, by keyboard and by pointer."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Open, breaches

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.sqlite]
NARROW = {"width": 320, "height": 640}


def test_arrows_walk_through_the_list_enter_goes_there_and_escape_closes_it(open_page: Open) -> None:
    page = open_page("/nb/sok/?kind=activity")
    box = page.get_by_role("combobox", name="Søk i banken")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("val")
    expect(page.locator("#q-list")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("option")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(box).to_have_value("val")
    box.press_sequentially("g")
    expect(page.locator("#q-list")).to_be_visible()
    wanted = options.last.get_attribute("href") or ""
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_enter_without_a_marked_line_searches_for_what_is_typed_and_the_box_stays_a_combobox(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    box = page.locator("#q")
    box.press_sequentially("terning")
    expect(page.locator("#q-list")).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/sok/?q=terning")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(box).to_have_attribute("role", "combobox")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("val")
    expect(page.locator("#q-list")).to_be_visible()


def test_a_line_is_pressed(open_page: Open) -> None:
    page = open_page("/nb/", viewport=NARROW)
    page.locator("#q").press_sequentially("kast")
    line = page.get_by_role("option", name="Kast og velg")
    line.click()
    page.wait_for_url("**/ressurs/kast-og-velg/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_list_is_accessible_and_fits(open_page: Open, width: int, scheme: str) -> None:
    for address in ("/nb/", "/nb/sok/?q=ternign"):
        page = open_page(address, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.locator("#q").select_text()
        page.locator("#q").press_sequentially("val")
        expect(page.locator("#q-list")).to_be_visible()
        page.locator("#q").press("ArrowDown")
        assert not breaches(page)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{width}-{scheme}-{'search' if '?' in address else 'front'}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
