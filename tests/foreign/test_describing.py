"""From a pasted address to suggestions for the form."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from resourcebank.foreign.describe import Suggestion, check, describe, suggestion
from resourcebank.foreign.guard import Guard
from resourcebank.foreign.language import language_of
from resourcebank.foreign.page import decoded, said
from resourcebank.foreign.tamed import tamed
from resourcebank.foreign.values import language_tag, licence_of, minutes_of, plain, web_address_of
from tests.foreign.hostile import IN_TIME, Server

BASE = "https://example.no/side"
BOKMAL = (
    "Jeg vet ikke hva jeg skal gjøre når jeg er ferdig på skolen. Noen sier at jeg bør velge noe jeg liker, men hvordan finner jeg ut hva "
    "det er? "
) * 3
NYNORSK = (
    "Eg veit ikkje kva eg skal gjere når eg er ferdig på skulen. Nokon seier at eg bør velje noko eg likar, men korleis finn eg ut kva "
    "det er? "
) * 3


def read(page: str, address: str = BASE) -> Suggestion:
    """What a page at the address suggests."""
    return suggestion(address, address, said(page, address))


def linked_data(data: object) -> str:
    """A page that says this of itself in JSON-LD."""
    return f'<html><head><title>t</title><script type="application/ld+json">{json.dumps(data)}</script></head><body></body></html>'


@pytest.mark.samples
def test_pages_as_they_are_found_are_read() -> None:
    folder = Path(os.environ["BANK_SAMPLES"]) / "import-samples" / "quirks"
    expected = json.loads((folder / "page-jsonld-graph.expected.json").read_text("utf-8"))
    page = said(decoded((folder / "page-jsonld-graph.html").read_bytes(), ""), expected["base"])
    found = suggestion("x", expected["base"], page)
    assert (found.title, found.summary, found.minutes, found.language) == (
        expected["title"], expected["description"], expected["minutes"], expected["language"],
    )  # fmt: skip
    assert (found.licence, found.picture, found.publisher, found.canonical) == (
        expected["licence"], expected["image"], expected["publisher"], expected["canonical"],
    )  # fmt: skip
    assert found.sources["title"] == "json-ld"
    assert found.sources["picture"] == "opengraph"

    film = read(decoded((folder / "page-og-only.html").read_bytes(), ""))
    assert (film.title, film.summary, film.minutes) == ("Slik søker du jobb", "Film på 3 minutter", 3)
    assert (film.licence, film.language, film.picture) == ("", "", "https://example.no/i.jpg")

    old = read(decoded((folder / "page-plain-cp1252.html").read_bytes(), ""))
    assert old.title == "Øvelser for grupper"
    assert old.sources == {"title": "html"}


def test_what_a_page_says_in_data_goes_before_what_its_head_says() -> None:
    head = '<meta property="og:title" content="Fra graf"><meta name="description" content="Fra hodet"><title>Tittel</title>'
    micro = '<div itemscope itemtype="https://schema.org/Course"><span itemprop="name">Fra mikrodata</span></div>'
    core = '<meta name="DC.rights" content="https://creativecommons.org/licenses/by/4.0/deed.no">'
    assert read(f"<html><head>{head}{core}</head><body>{micro}</body></html>").title == "Fra mikrodata"
    found = read(f"<html><head>{head}{core}</head><body></body></html>")
    assert (found.title, found.summary, found.licence) == ("Fra graf", "Fra hodet", "CC-BY-4.0")
    assert found.sources == {"title": "opengraph", "summary": "dublincore", "licence": "dublincore"}
    assert read("<html><body><h1>Bare <b>en</b> overskrift</h1></body></html>").title == "Bare en overskrift"


def test_the_thing_that_is_described_is_found_among_others() -> None:
    organisation = {"@type": "Organization", "name": "Senteret", "@id": "#o"}
    thing = {"@type": ["Thing", "http://schema.org/HowTo"], "headline": "Slik gjør du", "author": {"@id": "#o"}, "timeRequired": "PT1H5M"}
    found = read(linked_data([organisation, {"@type": "BreadcrumbList", "name": "Sti"}, {"@graph": [thing]}]))
    assert (found.title, found.publisher, found.minutes) == ("Slik gjør du", "Senteret", 65)


def test_the_name_of_the_site_is_cut_off_the_title() -> None:
    page = '<html><head><title>Verdikort | Senteret</title><meta property="og:site_name" content="Senteret"></head></html>'
    assert read(page).title == "Verdikort"
    assert read(page.replace('content="Senteret"', 'content="Et annet"')).title == "Verdikort | Senteret"


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://example.no/kort", "https://example.no/kort"),
        ("/kort?utm_source=x", "https://example.no/kort"),
        ("https://www.example.no/kort", "https://www.example.no/kort"),
        ("http://example.no/kort", BASE),
        ("https://annet.no/kort", BASE),
        ("javascript:alert(1)", BASE),
        ("https://anne@example.no/", BASE),
        ("", BASE),
    ],
)
def test_a_page_names_itself_only_on_its_own_site(canonical: str, kept: str) -> None:
    assert read(f'<html><head><link rel="canonical" href="{canonical}"></head><body></body></html>').canonical == kept


def test_only_norwegian_is_told_apart_by_the_text() -> None:
    assert (language_of(BOKMAL), language_of(NYNORSK), language_of("Hei på deg")) == ("nb", "nn", "")
    for lang in ("no", "", "nb"):
        assert read(f"<html lang='{lang}'><body><p>{NYNORSK}</p></body></html>").language == ("nb" if lang == "nb" else "nn")
    assert read("<html lang='no'><body><p>Kort.</p></body></html>").language == ""
    assert read(f"<html><body><script>{BOKMAL}</script></body></html>").language == ""


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("PT45M", 45), ("PT1H30M", 90), ("P1DT1H", 1500), ("PT182S", 3), ("PT20S", 1), ("182", 3), (182, 3), ("45 minutter", 45),
        ("1 time 15 min", 75), ("2 timar", 120), ("PT", None), ("", None), ("snart", None), ("PT0M", None), (None, None), ({}, None),
        ("P999DT9999H", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_minutes_are_read_from_what_sites_write(value: object, minutes: int | None) -> None:
    assert minutes_of(value) == minutes


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by-sa/4.0/deed.nb", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("https://data.norge.no/nlod/no/2.0", "NLOD-2.0"),
        ("https://creativecommons.org/licenses/by-nd/4.0/", ""),
        ("https://creativecommons.org/licenses/by/3.0/", ""),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", ""),
        ("CC BY", ""),
        ("Creative Commons", ""),
        ("© 2024 Senteret. Alle rettigheter.", ""),
        ("fri bruk", ""),
        (None, ""),
    ],
)
def test_a_licence_is_never_guessed_to_be_open(value: object, slug: str) -> None:
    assert licence_of(value) == slug


def test_values_are_plain_and_short() -> None:
    assert plain("  <b>Fet</b>\n&amp;  fin\u202e\u200b ") == "Fet & fin"
    assert plain("<script>alert(1)</script>") == "alert(1)"
    assert plain("ord " * 500) == "ord " * 148 + "ord…"
    assert len(plain("x" * 10_000)) <= 600
    assert (plain(None), plain(3), plain(["a"])) == ("", "", "")
    assert [language_tag(tag) for tag in ("nb-NO", "NN_no", "no", "nob", "zh-Hant-TW", "fa-AF", "norsk bokmål", 3)] == [
        "nb", "nn", "no", "nb", "zh", "fa", "", "",
    ]  # fmt: skip
    assert web_address_of("//cdn.example.no/b.png", BASE) == "https://cdn.example.no/b.png"
    assert [web_address_of(value, BASE) for value in ("data:image/png,x", "javascript:x", "https://a@b.no", "http://[", 3, "")] == [""] * 6


HOSTILE = {
    "deep tags": "<div>" * 100_000 + "x",
    "deep data": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "deep things": linked_data({"@graph": {"a": [{"@type": "Article", "name": {"@id": "#a"}, "@id": "#a"}]}}),
    "many things": linked_data([{"@type": "Article", "name": f"n{number}"} for number in range(20_000)]),
    "odd things": linked_data({"@type": {"x": 1}, "@id": 3, "name": {"@id": ["x"]}, "publisher": [[[[[["x"]]]]]], "image": {"url": {}}}),
    "broken data": '<script type="application/ld+json">{"@type": "Article", "name": "x",, // hei</script>',
    "comments in data": '<script type="application/ld+json">' + "/*" * 300_000 + "</script>",
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body>&b;</body></html>',
    "null bytes": "<html>\0<title>\0a\0</title>",
    "surrogate": "<title>\ud800</title>",
    "nothing": "",
    "only blanks": "   ",
    "no html": "%PDF-1.4 binary \x01\x02",
    "many metas": "<meta property='og:title' content='x'>" * 40_000,
    "many items": '<div itemscope itemtype="http://schema.org/Article"><p itemprop="name">x' * 20_000,
    "items in items": '<div itemprop="x" itemscope itemtype="http://schema.org/Article">' * 40 + '<p itemprop="name">x' * 60_000,
    "items that refer": '<div itemscope itemref="a b c"><p id="a" itemprop="name">x</p></div>' * 50 + "<p id='b'>" * 100_000,
    "items that refer in a circle": '<div itemscope id="a" itemref="b"></div><div itemscope itemprop="x" id="b" itemref="a"></div>',
    "many attributes": "<p a='>' " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
    "attributes hidden behind a comment": "<!-- <p a=\" --><p b='\">' " + " ".join(f"a{number}" for number in range(200_000)) + ">",
    "attributes hidden behind a script": "<script>'<p a=\"</script><p b='\">' " + " ".join(f"a{number}" for number in range(200_000)),
    "attributes of an end": "</p " + " ".join(f"a{number}" for number in range(200_000)) + ">",
    "quotes without end": '<p a="' * 300_000,
    "comments without end": "<!-- " * 300_000,
    "scripts without end": "<script>" * 200_000,
    "blanks": "<p " + " " * 1_900_000,
    "signs": "<" * 1_900_000,
    "many items nested": '<div itemprop="x" itemscope itemtype="http://schema.org/Article">' * 50
    + '<b itemprop="name">x</b>' * 900
    + "<p>" * 300_000,
    "long lines": "<title>" + "x" * 1_900_000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_breaks_the_reading_or_takes_long(page: str) -> None:
    began = time.process_time()
    found = read(page)
    assert time.process_time() - began < 3
    assert len(found.title) <= 200


def test_taming_keeps_what_is_said() -> None:
    page = """<!doctype html><HTML LANG=nb><head><!-- <title>Nei</title> --><Title>A &lt; B & C</TITLE>
    <script>document.write("<title>Nei</title>")</script><style>a > b { }</style>
    <meta property='og:description' content='Sier "hei" > deg' />
    <script type="application/ld+json"><!-- {"@type": "Course", "license": "CC BY 4.0", "timeRequired": "PT5M", "x": "</p>"} --></script>
    <link rel=license href=https://creativecommons.org/licenses/by/4.0/></head><body class="x" onload="alert(1)"><p>Tekst</body>"""
    found = read(page)
    assert (found.title, found.language, found.summary) == ("A < B & C", "nb", 'Sier "hei" > deg')
    assert (found.licence, found.minutes) == ("CC-BY-4.0", 5)
    assert "alert" not in tamed(page)


def test_charsets_are_believed_in_their_order() -> None:
    text = "<meta charset='windows-1252'>Ærlig øving"
    assert decoded(text.encode("cp1252"), "") == text
    assert decoded(text.encode("utf-8"), "utf-8") == text
    assert decoded("Ærlig".encode("utf-8-sig"), "cp1252") == "Ærlig"
    assert decoded("Ærlig".encode("cp1252"), "") == "Ærlig"
    assert decoded("Ærlig".encode("cp1252"), "tull") == "Ærlig"
    assert decoded(b"zzz", "rot13") == "zzz"


def test_an_address_is_described(server: Server) -> None:
    server.page = f"<html lang='no'><head><title>Hei</title></head><body>{BOKMAL}</body></html>".encode()
    found = describe(server.at("to//html?utm_source=brev"), guard=server.guard())
    assert (found.title, found.language, found.problem) == ("Hei", "nb", "")
    assert found.address == found.canonical.replace("html", "to//html")
    assert found.sources == {"title": "html", "language": "text"}


def test_what_cannot_be_read_leaves_the_form_empty_with_a_sentence(server: Server) -> None:
    for path, reason in {"status/404": "404", "circle": "redirects", "endless": "too-big", "bomb": "too-big", "drip": "timeout"}.items():
        found = describe(server.at(path), guard=server.guard(), seconds=1.5)
        assert (found.reason, found.title, dict(found.sources)) == (reason, "", {})
        assert found.problem.endswith(".")
        assert found.canonical == server.at(path)
    assert describe("hei").reason == "address"
    assert describe("http://127.0.0.1/").reason == "forbidden"
    assert describe("http://169.254.169.254/latest/").reason == "forbidden"


def test_a_document_gives_its_name_at_least(server: Server) -> None:
    found = describe(server.at("file/Min-plan_for%202024.pdf"), guard=server.guard())
    assert (found.title, found.sources["title"], found.reason) == ("Min plan for 2024", "file", "type")


def test_the_address_somebody_pastes_is_answered_in_time(server: Server) -> None:
    began = time.monotonic()
    assert describe(server.at("to//to//silence"), guard=server.guard(), seconds=0.5).reason == "timeout"
    assert time.monotonic() - began < IN_TIME


def test_a_link_that_works_moved_or_is_gone_is_told_apart(server: Server) -> None:
    states = {
        path: (health.state, health.detail)
        for path in ("page", "no-head", "file", "to//page", "for-good//page", "status/404", "status/410", "status/500", "status/403",
                     "status/429", "circle", "to/http://169.254.169.254/")
        for health in [check(server.at(path), guard=server.guard(), seconds=4)]
    }  # fmt: skip
    assert states == {
        "page": ("works", "200"),
        "no-head": ("works", "200"),
        "file": ("works", "200"),
        "to//page": ("works", "200"),
        "for-good//page": ("moved", server.at("page")),
        "status/404": ("fails", "404"),
        "status/410": ("fails", "410"),
        "status/500": ("fails", "500"),
        "status/403": ("unknown", "403"),
        "status/429": ("unknown", "429"),
        "circle": ("fails", "redirects"),
        "to/http://169.254.169.254/": ("fails", "forbidden"),
    }
    assert check(server.at("silence"), guard=server.guard(), seconds=0.6).detail == "timeout"
    assert check("javascript:alert(1)").detail == "address"


def test_a_link_check_reads_no_body(server: Server) -> None:
    began = time.monotonic()
    assert check(server.at("endless"), guard=server.guard()).state == "works"
    assert time.monotonic() - began < 3


def test_a_film_is_described_by_the_site_that_shows_it(server: Server) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> str:
        asked.append(f"{host}:{port}")
        raise OSError

    assert describe("https://youtu.be/dQw4w9WgXcQ", guard=Guard(resolver=resolver)).reason == "dns"
    assert describe("https://player.vimeo.com/video/123456789", guard=Guard(resolver=resolver)).reason == "dns"
    assert asked == ["www.youtube.com:443", "vimeo.com:443"]
