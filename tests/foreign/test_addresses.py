"""One form of each address, so that the same page is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcebank.foreign.clean import clean_address

SAME = [
    ("https://example.no/side", "https://example.no/side"),
    ("  https://Example.NO/side \n", "https://example.no/side"),
    ("HTTPS://example.no:443/side", "https://example.no/side"),
    ("http://example.no:80", "http://example.no/"),
    ("http://example.no:8080/x", "http://example.no:8080/x"),
    ("www.example.no/side", "https://www.example.no/side"),
    ("//example.no/side", "https://example.no/side"),
    ("example.no", "https://example.no/"),
    ("https://example.no./a/../b/./c", "https://example.no/b/c"),
    ("https://example.no/a/..", "https://example.no/"),
    ("https://example.no/%7Eanna/%c3%a5?q=%20", "https://example.no/~anna/%C3%A5?q=%20"),
    ("https://example.no/å b".replace(" ", "%20"), "https://example.no/%C3%A5%20b"),
    ("https://øving.no/", "https://xn--ving-fra.no/"),
    ("https://example.no/?utm_source=brev&b=2&a=1&fbclid=x&gclid=y&mc_cid=z&si=q", "https://example.no/?b=2&a=1"),
    ("https://example.no/?b=1&b=2&a=", "https://example.no/?b=1&b=2&a="),
    ("https://example.no/side;jsessionid=12AB?x=1", "https://example.no/side?x=1"),
    ("https://example.no/side#innhold", "https://example.no/side"),
    ("https://example.no/film#t=1m20s", "https://example.no/film#t=1m20s"),
    ("https://example.no/app#/kort/3", "https://example.no/app#/kort/3"),
    ("https://web.archive.org/web/2020/https://example.no/", "https://web.archive.org/web/2020/https://example.no/"),
    ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?app=x&v=dQw4w9WgXcQ&t=3", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://www.youtube.com/@kanal", "https://www.youtube.com/@kanal"),
    ("https://player.vimeo.com/video/123456789?h=1", "https://vimeo.com/123456789"),
    ("https://vimeo.com/123456789/abcdef1234", "https://vimeo.com/123456789/abcdef1234"),
    ("https://vimeo.com/kanal", "https://vimeo.com/kanal"),
]


@pytest.mark.parametrize(("given_as", "kept"), SAME)
def test_addresses_of_the_same_page_become_the_same(given_as: str, kept: str) -> None:
    assert clean_address(given_as) == kept
    assert clean_address(kept) == kept


@pytest.mark.parametrize(
    "address",
    ["", "hei", "javascript:alert(1)", "ftp://example.no/", "mailto:a@example.no", "https://", "https://[", "https:///x", "/x"],
)
def test_what_is_no_web_address_becomes_nothing(address: str) -> None:
    assert clean_address(address) == ""


def test_a_name_in_front_is_kept_for_the_guard_to_refuse() -> None:
    assert clean_address("https://anne@example.no/") == "https://anne@example.no/"


@given(st.text() | st.text(st.sampled_from("ahtps:/.?#&=%@[]é;\\ \t0")).map(lambda text: "https://a.no/" + text))
def test_cleaning_never_fails_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_address(clean_address(text)) == clean_address(text)
