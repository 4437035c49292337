"""The coverage map: numbers that are those of the search behind them, in a real table, with the gaps in words."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank import catalogue
from resourcebank.catalogue import CATALOGUE, DIMENSIONS
from resourcebank.models import Resource, Term, TermLink
from resourcebank.services.publication import retire
from resourcebank.workflow import RoleName
from search.request import SearchRequest
from search.searching import search
from tests.factories import NOW, person
from tests.web.pages.conftest import Read, whole


@pytest.fixture(autouse=True)
def _anew() -> None:
    catalogue.forget_coverage()


def cells() -> dict[tuple[str, str, str, str], tuple[int, int, bool]]:
    found = catalogue.coverage(timezone.localdate())
    return {
        (row.vocabulary, row.slug, dimension, cell.value): (cell.count, cell.main, cell.stale)
        for row in found.rows
        for dimension in DIMENSIONS
        for cell in row.cells[dimension]
    }


def hits(*filters: tuple[str, str]) -> int:
    return search(CATALOGUE, SearchRequest(filters=tuple((name, (value,)) for name, value in filters), page_size=1)).total


def test_every_number_is_that_of_its_search() -> None:
    for (vocabulary, slug, dimension, value), (count, _, _) in cells().items():
        assert count == hits((vocabulary, slug), (dimension, value)), (slug, value)


def test_what_is_mainly_about_something_is_counted_apart() -> None:
    main = TermLink.objects.filter(term__slug="valg-og-tilfeldigheter", role="main", revision__published_resource__isnull=False)
    found = catalogue.coverage(timezone.localdate())
    row = next(row for row in found.rows if row.slug == "valg-og-tilfeldigheter")
    assert row.main == main.count() > 0
    assert row.count == hits(("word_pair", row.slug))


def test_a_cell_is_stale_when_all_in_it_should_have_been_read_anew() -> None:
    assert not any(stale for _, _, stale in cells().values())
    game = Resource.objects.get(slug="kast-og-velg")
    Resource.objects.filter(pk=game.pk).update(review_due_on=timezone.localdate() - timedelta(days=1))
    catalogue.forget_coverage()
    stale = {key for key, (_, _, stale) in cells().items() if stale}
    key_of = [key for key, (count, _, _) in cells().items() if count == 1]
    alone = {key for key in key_of if hits(key[:2], key[2:], ("kind", "group-game"))}
    assert stale & alone
    Resource.objects.filter(pk=game.pk).update(review_due_on=timezone.localdate())
    catalogue.forget_coverage()
    assert not any(stale for _, _, stale in cells().values())


def test_what_changes_is_seen_at_once_and_what_does_not_costs_two_statements(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/nb/dekning/")
    with django_assert_num_queries(2):  # the number of the last change, and what people miss
        client.get("/nb/dekning/")
    before = catalogue.coverage(timezone.localdate()).resources
    revision = Resource.objects.get(slug="kast-og-velg").published
    assert revision
    retire(revision, by=person("Karl", RoleName.CURATOR), now=NOW, seen=revision.version, reason="Prøve.")
    with django_assert_num_queries(4):
        assert catalogue.coverage(timezone.localdate()).resources == before - 1


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_map_is_a_table_with_caption_and_scopes(dimension: str, language: str, client: Client) -> None:
    text = whole(client.get(f"/{language}/dekning/?mot={dimension}"))
    for table in re.findall(r"<table>.*?</table>", text, re.DOTALL):
        columns = table.count('<th scope="col">')
        rows = re.findall(r"<tr.*?</tr>", table.partition("<tbody>")[2], re.DOTALL)
        assert table.count("<caption") == 1
        assert columns > 1
        assert len(rows) in (15, 7)
        assert all(row.count('<th scope="row">') == 1 and row.count("<td") == columns for row in rows)
    assert text.count('role="region" tabindex="0" aria-labelledby="caption-') == 2
    assert text.count('aria-current="true">') == 2  # the dimension and the language


def test_a_cell_says_itself_in_words_and_leads_to_its_search(read: Read) -> None:
    text = unescape(read("/nb/dekning/"))
    cell = re.search(r'href="(/nb/sok/\?word_pair=valg-og-tilfeldigheter&kind=group-game)" aria-label="([^"]+)"', text)
    assert cell
    assert cell[2].startswith("Valg og tilfeldigheter og Gruppelek: ")
    number = re.search(r": (\d+) ressurs", cell[2])
    assert number
    assert read(cell[1]).count('<li class="card"') == int(number[1])
    assert ">ingen</span>" in text
    assert "arbeidstittel" in text


def test_a_dimension_nobody_knows_is_said_and_the_map_shown_all_the_same(read: Read) -> None:
    text = read("/nb/dekning/?mot=<b>pris", status=400)
    assert "er ikke noe kartet kan vises mot" in text
    assert "<b>pris" not in text
    assert text.count("<table>") == 2


def test_the_largest_gaps_stand_in_words(empty: None, read: Read) -> None:
    text = read("/nb/dekning/")
    assert "0 ressurser" in text
    assert "Meg i kontekst har ingen ressurs av typen «Samtalestarter»." in unescape(text)
    assert len(re.findall(r'<li><a class="ds-link"', text)) == 15
    assert "hull til." in text


@pytest.mark.parametrize(("language", "name"), [("nb", "Samtalestarter"), ("nn", "Samtalestartar"), ("en", "Conversation starter")])
def test_the_spreadsheet_holds_every_cell(language: str, name: str, client: Client) -> None:
    response = client.get(f"/{language}/dekning.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    known = cells()
    assert len(lines) == len(known) + 1
    assert any(line[5] == name for line in lines)
    for vocabulary, slug, _, dimension, value, _, count, main, _ in lines[1:]:
        assert (int(count), int(main)) == known[vocabulary, slug, dimension, value][:2]


def test_no_cell_of_the_spreadsheet_is_a_formula(client: Client) -> None:
    Term.objects.filter(vocabulary="kind", slug="case").update(labels={"nb": "=1+1", "nn": "=1+1", "en": "=1+1"})
    catalogue.forget_labels()
    catalogue.forget_coverage()
    assert ";'=1+1;" in client.get("/nb/dekning.csv").content.decode()
    catalogue.forget_labels()
