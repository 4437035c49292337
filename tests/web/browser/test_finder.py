"""Finding: the page answers in place, and just as well without a script."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.sqlite]

PHONE = {"width": 390, "height": 700}


def asked(page: Page) -> dict[str, list[str]]:
    """What stands in the address."""
    return parse_qs(urlsplit(page.url).query)


def hits(page: Page) -> int:
    """How many hits the page says it has."""
    return int(page.locator("#hits-heading").inner_text().split()[0])


def saying(count: int) -> re.Pattern[str]:
    """The heading over so many hits, on one page or more."""
    return re.compile(rf"^\s*{count} treff\b")


def focused(page: Page) -> str:
    """The id of what has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def test_without_script_filters_are_chosen_with_a_button_and_taken_away_with_a_link(open_page: Open) -> None:
    page = open_page("/nb/sok/", java_script_enabled=False)
    everything = hits(page)
    page.locator("#facet-kind > summary").click()
    page.check("[id='kind-activity']")
    page.fill("#minutes_max", "45")
    page.get_by_role("button", name="Vis treff").click()
    assert asked(page) == {"kind": ["activity"], "minutes_max": ["45"]}
    assert 0 < hits(page) < everything
    assert page.is_checked("[id='kind-activity']")
    page.get_by_role("link", name="Fjern filteret: Aktivitet").click()
    assert asked(page) == {"minutes_max": ["45"]}


def test_without_script_a_phone_finds_the_filters_and_the_hits(open_page: Open) -> None:
    page = open_page("/nn/sok/?q=val", java_script_enabled=False, viewport=PHONE)
    assert page.locator("[id='kind-activity']").count() == 1
    assert page.locator("#panel").get_attribute("open") is not None
    assert page.locator(".card").count() > 0


def test_without_script_a_resource_is_shown_and_printed(open_page: Open) -> None:
    page = open_page("/nb/ressurs/kast-og-velg/", java_script_enabled=False)
    page.get_by_role("link", name="lettlest").click()
    assert asked(page) == {"form": ["nb-a2"]}
    page.get_by_role("link", name="Skriv ut deltakerark").click()
    assert page.get_by_text("Skriv ut fra menyen i nettleseren.").is_visible()
    assert page.get_by_role("button", name="Skriv ut").count() == 0


def test_a_filter_changes_the_hits_in_place_and_says_how_many(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    everything = hits(page)
    page.evaluate("window.same = true; document.getElementById('kind-activity').same = true; document.getElementById('status').same = true")
    page.locator("#facet-theme > summary").click()
    page.locator("#facet-kind > summary").click()
    page.locator("[id='kind-activity']").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?kind=activity$"))
    expect(page.locator("#hits-heading")).not_to_have_text(saying(everything))
    assert page.evaluate("window.same"), "the page was loaded anew"
    assert page.evaluate("document.getElementById('kind-activity').same"), "the box somebody stands on was replaced"
    assert page.evaluate("document.getElementById('status').same"), "the region that speaks was replaced"
    assert focused(page) == "kind-activity"
    assert page.locator("#facet-theme").get_attribute("open") is not None
    expect(page.locator("#status")).to_have_text(f"{hits(page)} treff")
    assert page.title().startswith(f"{hits(page)} treff")


def test_back_and_forward_restore_hits_and_ticks(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    everything = hits(page)
    page.locator("#facet-kind > summary").click()
    page.check("[id='kind-activity']")
    expect(page).to_have_url(re.compile("kind=activity"))
    expect(page.locator("#hits-heading")).not_to_have_text(saying(everything))
    some = hits(page)
    page.go_back()
    expect(page.locator("#hits-heading")).to_have_text(saying(everything))
    assert not page.is_checked("[id='kind-activity']")
    page.go_forward()
    expect(page.locator("#hits-heading")).to_have_text(saying(some))
    assert page.is_checked("[id='kind-activity']")


def test_another_page_of_hits_takes_the_focus_to_their_heading(open_page: Open) -> None:
    page = open_page("/nb/sok/?page_size=4")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Side 2", exact=True).click()
    expect(page.locator("#hits-heading")).to_contain_text("side 2 av 4")
    expect(page.locator("#hits-heading")).to_be_focused()
    assert page.evaluate("window.same")
    box = page.locator("#hits-heading").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 400


def test_taking_a_filter_away_takes_the_focus_to_the_hits(open_page: Open) -> None:
    page = open_page("/nb/sok/?kind=activity&minutes_max=45")
    page.get_by_role("link", name="Fjern filteret: Høyst 45 min").click()
    expect(page).to_have_url(re.compile(r"\?kind=activity$"))
    expect(page.locator("#hits-heading")).to_be_focused()
    assert page.input_value("#minutes_max") == ""


def test_words_are_searched_for_on_enter_and_a_number_on_leaving_it(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    page.fill("#q", "terning")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=terning$"))
    assert focused(page) == "q"
    page.fill("#minutes_max", "30")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"minutes_max=30"))
    assert asked(page) == {"q": ["terning"], "minutes_max": ["30"]}


def test_the_last_of_two_quick_choices_wins(open_page: Open) -> None:
    page = open_page("/nb/sok/?norwegian_level=A2", quiet=False)
    waits = iter([700, 0])

    def late(route: Route) -> None:
        page.wait_for_timeout(next(waits, 0))
        route.continue_()

    page.route("**/nb/sok/?*", late)
    page.locator("#facet-kind > summary").click()
    page.check("[id='kind-activity']")
    page.check("[id='kind-conversation-starter']")
    expect(page).to_have_url(re.compile("conversation-starter"))
    page.wait_for_timeout(1000)
    assert sorted(asked(page)["kind"]) == ["activity", "conversation-starter"]
    assert page.is_checked("[id='kind-activity']")


def test_when_an_answer_does_not_come_the_page_is_loaded_as_usual(open_page: Open) -> None:
    page = open_page("/nb/sok/", quiet=False)

    def broken(route: Route) -> None:
        if route.request.resource_type in ("fetch", "xhr"):
            route.abort()
        else:
            route.continue_()

    page.route("**/nb/sok/?*", broken)
    page.evaluate("window.same = true")
    page.locator("#facet-kind > summary").click()
    page.check("[id='kind-activity']")
    page.wait_for_url(re.compile("kind=activity"))
    expect(page.locator("#hits-heading")).to_contain_text("treff")
    assert page.evaluate("window.same") is None
    assert page.is_checked("[id='kind-activity']")


def test_when_search_goes_down_the_page_says_so_instead_of_standing_still(open_page: Open) -> None:
    page = open_page("/nb/sok/", quiet=False)
    page.route(
        "**/nb/sok/?*",
        lambda route: route.fulfill(status=503, content_type="text/html; charset=utf-8", body="<title>nede</title><h1>Søket er nede</h1>"),
    )
    page.locator("#facet-kind > summary").click()
    page.locator("[id='kind-activity']").focus()
    page.keyboard.press("Space")  # the page is replaced at once, so nothing waits to see the box ticked
    expect(page.get_by_role("heading", name="Søket er nede")).to_be_visible()


def test_on_a_phone_the_hits_come_first_and_the_filters_on_request(open_page: Open) -> None:
    page = open_page("/nb/sok/", viewport=PHONE)
    assert page.locator("#panel").get_attribute("open") is None
    page.get_by_text("Velg filtre").click()
    page.locator("#facet-kind > summary").click()
    page.check("[id='kind-activity']")
    expect(page).to_have_url(re.compile("kind=activity"))
    assert page.locator("#panel").get_attribute("open") is not None


def test_a_phone_turned_on_its_side_does_not_lose_the_filters(open_page: Open) -> None:
    page = open_page("/nb/sok/", viewport=PHONE)
    assert page.locator("#facet-kind > summary").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("#facet-kind > summary")).to_be_visible()


def test_the_way_from_a_quick_choice_to_the_participants_sheet(open_page: Open) -> None:
    page = open_page("/nb/")
    page.get_by_role("link", name="Lite norsk").click()
    page.locator(".card-title a").first.click()
    page.get_by_role("link", name="Vis for deltaker").first.click()
    page.wait_for_url(re.compile("/deltaker/"))
    page.get_by_role("link", name="Tilbake til ressursen").click()
    page.get_by_role("link", name="Skriv ut med stor skrift").click()
    assert asked(page)["stor"] == ["1"]
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()


def test_the_sheet_becomes_plain_paper(open_page: Open) -> None:
    page = open_page("/nb/ressurs/fem-sma-valg/ark/", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".sheet-bar").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet h1')).color") in ("rgb(0, 0, 0)", "rgb(17, 17, 17)")
    assert page.locator(".blank").count() > 0
