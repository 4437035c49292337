"""Stored text becomes HTML in one place, and nothing in it can become more than text."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcebank.web.asked import visible
from resourcebank.web.markup import blocks, highlighted, one_line

SPANS = st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=6)


@given(st.text(max_size=40), SPANS)
def test_marking_hits_never_loses_or_opens_anything(text: str, spans: list[tuple[int, int]]) -> None:
    html = highlighted(text, sorted(spans))
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text
    assert html.count("<") == html.count("<mark>") + html.count("</mark>")


def test_a_hit_is_marked_by_code_points() -> None:
    assert highlighted("😀 <b>valg</b>", [(5, 9)]) == "😀 &lt;b&gt;<mark>valg</mark>&lt;/b&gt;"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Si: **hei**", "Si: <strong>hei</strong>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](https://a.no)", '<a href="https://a.no" rel="noopener noreferrer">x</a>'),
        ('<div hx-get="/x">', '&lt;div hx-get="/x"&gt;'),
        ("a_b_c og _lett_", "a_b_c og <em>lett</em>"),
    ],
)
def test_one_line_of_markdown(text: str, html: str) -> None:
    assert one_line(text) == html


def test_underscores_are_a_line_to_write_on() -> None:
    blank = '<span class="blank" role="img" aria-label="plass til å skrive"></span>'
    assert one_line("Skriv: ______") == f"Skriv: {blank}"
    short = blank.replace('class="blank"', 'class="blank blank-short"')
    assert one_line("Si: «Fra ____ er jeg borte, og ____?»") == f"Si: «Fra {short} er jeg borte, og {blank}?»"
    assert blocks("Skriv:\n\n____\n") == f"<p>Skriv:</p>\n<p>{blank}</p>\n"
    assert blocks("Skriv:\n____\n") == f"<p>Skriv:</p>\n<p>{blank}</p>\n"


def test_a_table_is_a_form_that_scrolls_in_its_own_frame() -> None:
    html = blocks("| Dag | Gjort |\n|---|---|\n| Ma | ____ |\n")
    assert html.startswith('<div class="form-table" role="region" tabindex="0" aria-label="Tabell"><table>')
    assert html.rstrip().endswith("</table></div>")
    assert html.count('class="blank"') == 1


def test_headings_in_a_text_stand_below_those_of_the_page() -> None:
    assert blocks("# Stort\n## Mindre") == "<h3>Stort</h3>\n<h3>Mindre</h3>\n"


@given(st.text(max_size=200))
def test_no_markdown_brings_an_attribute_or_element_we_did_not_choose(text: str) -> None:
    for html in (blocks(text), one_line(text)):
        assert "<script" not in html
        assert "javascript:" not in html.partition('href="')[2].partition('"')[0]
        assert "<img" not in html


def test_what_cannot_be_seen_is_taken_out_of_what_was_asked() -> None:
    assert visible("va\u202elg\x00og\ud800tid\nsted") == "valg ogtid sted"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
