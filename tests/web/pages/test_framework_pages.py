"""The pages that explain the framework: every part has one, in its languages, honest about names, with its resources beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank import catalogue
from resourcebank.catalogue import CATALOGUE
from resourcebank.explanations import ETHICS, OVERVIEW, explanations
from resourcebank.web.explaining import place_url
from search.request import SearchRequest
from search.searching import search
from tests.starter_bank import index_in
from tests.web.pages.conftest import Read

PLACES = sorted(explanations())
EXPLAINED = ("word_pair", "competence", "quality_area")


def url(place: str) -> str:
    return f"/nb/{place}/"


def test_every_word_area_and_part_of_the_framework_has_a_page() -> None:
    known = catalogue.known_values()
    terms = {page.term for page in explanations().values() if page.term}
    assert terms == {(vocabulary, slug) for vocabulary in EXPLAINED for slug in known[vocabulary]}
    assert {place for place in PLACES if not explanations()[place].term} == {OVERVIEW, ETHICS}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_there_in_every_language_form(place: str, read: Read) -> None:
    page = explanations()[place]
    assert place_url(page) == url(place)
    for code, text in page.texts.items():
        html = read(f"{url(place)}?form={code}")
        assert f'<span lang="{text.language}">{text.said("title")}</span>' in html
        assert html.count('aria-current="true"') == 2, "the interface language and the form"


def test_without_a_choice_the_text_is_in_the_language_of_the_page(read: Read) -> None:
    place = "ordpar/valg-og-tilfeldigheter"
    titles = {"nb": "Valg og tilfeldigheter", "nn": "Val og tilfeldigheter", "en": "Valg og tilfeldigheter"}
    for language, title in titles.items():
        assert f">{title}</span>" in read(f"/{language}/{place}/")
    assert "Choice and chance" in read(f"/en/{place}/")


@pytest.mark.parametrize("place", [place for place in PLACES if explanations()[place].term])
def test_a_working_title_says_that_it_is_one(place: str, read: Read) -> None:
    vocabulary, slug = explanations()[place].term or ("", "")
    heading = re.search(r"<h1>.*?</h1>", read(url(place)))
    assert heading
    assert ("arbeidstittel" in heading[0]) == (not catalogue.names().values[vocabulary][slug].confirmed)


@pytest.mark.parametrize("place", ["ordpar/endring-og-stabilitet", "ordpar/meg-i-kontekst/meg", "standard/omrade-2"])
def test_the_number_of_resources_is_that_of_the_search_it_leads_to(place: str, read: Read) -> None:
    vocabulary, slug = explanations()[place].term or ("", "")
    total = search(CATALOGUE, SearchRequest(filters=((vocabulary, (slug,)),), page_size=1)).total
    html = read(url(place))
    assert (f"Se alle {total} ressursene" if total > 1 else "Se 1 ressurs") in html
    assert f'href="/nb/sok/?{vocabulary}={slug}"' in html
    assert f"{total} treff" in read(f"/nb/sok/?{vocabulary}={slug}")


@pytest.mark.parametrize("place", [OVERVIEW, ETHICS, "ordpar/endring-og-stabilitet", "kvalitet/ledelse"])
def test_a_page_costs_few_statements(place: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get(url(place))
    with django_assert_max_num_queries(3):
        client.get(url(place))


def test_sources_open_elsewhere_only_on_a_click_and_every_own_link_leads_somewhere(read: Read, client: Client) -> None:
    for place in PLACES:
        html = read(url(place))
        assert all(f'href="{source.address.replace("&", "&amp;")}"' in html for source in explanations()[place].sources)
        for address in set(re.findall(r'href="(/nb/[^"?#]*)', html)):
            assert client.get(address).status_code == 200, (place, address)


def test_what_does_not_exist_is_said_with_a_way_out(read: Read) -> None:
    read("/nb/ordpar/finnes-ikke/", status=404)
    html = read("/nb/ordpar/endring-og-stabilitet/?form=ar", status=404)
    assert 'href="/nb/ordpar/endring-og-stabilitet/"' in html


def test_a_page_stands_also_while_search_is_down(client: Client, tmp_path: Path) -> None:
    with index_in(tmp_path):
        response = client.get("/nb/ordpar/endring-og-stabilitet/")
    assert response.status_code == 200
    assert "Søket svarer ikke akkurat nå" in response.content.decode()


def test_a_resource_leads_to_what_its_words_mean(read: Read) -> None:
    html = read("/nb/ressurs/kast-og-velg/")
    assert 'href="/nb/ordpar/valg-og-tilfeldigheter/"' in html
    assert 'href="/nb/ordpar/valg-og-tilfeldigheter/tilfeldigheter/"' in html
