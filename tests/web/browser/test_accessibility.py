"""Every page for everybody: axe in a real browser, narrow screens, enlarged text, the keyboard."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.web.browser.conftest import Open, breaches

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.sqlite]

PAGES = [
    "",
    "sok/",
    "sok/?q=valg&word_pair=valg-og-tilfeldigheter&needs=no-preparation",
    "sok/?q=valg&kind=case&minutes_max=1",
    "sok/?q=krise",
    "sok/?q=stol&kind=activty&page=x",
    "ressurs/kast-og-velg/",
    "ressurs/kast-og-velg/?form=nb-a2",
    "ressurs/fire/?form=ar",
    "ressurs/kast-og-velg/deltaker/",
    "ressurs/fire/deltaker/?form=ar",
    "ressurs/fem-sma-valg/ark/",
    "ressurs/fem-sma-valg/ark/?stor=1",
    "rammeverk/",
    "ordpar/valg-og-tilfeldigheter/",
    "standard/omrade-2/",
    "etikk/?form=nb-a2",
    "dekning/",
    "ressurs/kast-og-velg/meld/",
    "ressurs/kast-og-velg/brukt/",
    "ressurs/kast-og-velg/takk/brukt/",
    "ressurs/kast-og-velg/historikk/",
    "slik-kvalitetssikrer-vi/",
    "finnes-ikke/",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
CLIPPED = """[...document.querySelectorAll("main *")].filter(e => {
  const style = getComputedStyle(e);
  return ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
    && !e.closest(".ds-sr-only");
}).map(e => e.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect(), label = e.labels && e.labels[0];
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const inside = [box.top + 2, box.top + box.height / 2, box.bottom - 2].filter(y => y >= 0 && y < innerHeight);
  const tops = inside.map(y => document.elementFromPoint(x, y));
  return {
    what: e.outerHTML.slice(0, 120),
    kind: e.tagName + e.type + e.className,
    seen: tops.some(top => top && (e.contains(top) || top.contains(e) || (label && label.contains(top)))),
    outline: getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2
      || (e.closest(".card") !== null && getComputedStyle(e.closest(".card")).outlineStyle !== "none"),
  };
}"""


def width(page: Page) -> int:
    """How wide the page is, in pixels; more than the screen means scrolling sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(path: str, language: str, open_page: Open) -> None:
    """Light and dark, on a wide screen and on the narrowest."""
    page = open_page(f"/{language}/{path}")
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert width(page) <= viewport["width"]
            assert not breaches(page), (viewport, scheme)


@pytest.mark.parametrize("path", ["", "sok/", "ressurs/kast-og-velg/"])
def test_axe_finds_nothing_in_english_and_in_forced_colours(path: str, open_page: Open) -> None:
    page = open_page(f"/en/{path}")
    assert not breaches(page)
    page.emulate_media(forced_colors="active")
    assert not breaches(page)


def test_axe_would_find_something(open_page: Open) -> None:
    page = open_page("/nb/", bypass_csp=True)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"data:,\">')")
    found = breaches(page)
    assert '"image-alt"' in found
    assert '"label"' in found


@pytest.mark.parametrize("path", ["", "sok/?q=valg", "ressurs/kast-og-velg/", "ressurs/fem-sma-valg/ark/"])
def test_enlarged_and_spaced_text_still_fits(path: str, open_page: Open) -> None:
    page = open_page(f"/nn/{path}", viewport=NARROW, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    assert page.evaluate(CLIPPED) == []
    assert width(page) <= NARROW["width"]
    page = open_page(f"/nn/{path}", bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert width(page) <= WIDE["width"]


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("path", ["", "sok/?q=valg", "ressurs/kast-og-velg/", "ressurs/fem-sma-valg/ark/"])
def test_every_stop_of_the_keyboard_is_seen_and_marked(path: str, key: str, open_page: Open) -> None:
    page = open_page(f"/nb/{path}", viewport={"width": 390, "height": 600})
    panel = page.locator("#panel > summary")
    if panel.count():
        panel.click()
        page.evaluate("document.activeElement.blur()")
    stops: list[dict[str, Any]] = []
    for _ in range(120):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 3
    assert [stop["what"] for stop in stops if not stop["seen"]] == []
    assert [stop["what"] for stop in stops if not stop["outline"]] == []


def test_the_first_stop_leads_past_the_menu(open_page: Open) -> None:
    page = open_page("/nb/sok/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"


def test_the_ring_of_pairs_is_walked_with_the_keyboard(open_page: Open) -> None:
    page = open_page("/nb/")
    page.locator("#q").focus()
    seen: list[str] = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    pairs = [url.partition("word_pair=")[2] for url in seen if "word_pair=" in url]
    assert pairs[0] == "meg-i-kontekst"
    assert len(pairs) == 5
