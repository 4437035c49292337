"""The search page: the whole state is in the address, and every link on it is another search."""

from __future__ import annotations

import re
from html import unescape
from math import ceil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from resourcebank.catalogue import forget_labels
from resourcebank.catalogue.declaration import FOR_COLLEAGUES
from resourcebank.models import Resource
from tests.starter_bank import index_in
from tests.web.pages.conftest import Read

DOWN = "http://127.0.0.1:9"


def hits(text: str) -> int:
    """How many hits a page says it has."""
    found = re.search(r'data-status="(\d+) ', text)
    assert found is not None
    return int(found[1])


def chips(text: str) -> dict[str, str]:
    """The chosen filters of a page by their words, with the address that takes each away."""
    found = re.findall(r'<a class="ds-chip"[^>]*href="([^"]+)"[^>]*><span class="ds-sr-only">[^<]*</span>([^<]+)</a>', text)
    return {words: unescape(url) for url, words in found}


def test_every_filter_shows_its_values_with_their_hits(read: Read) -> None:
    text = read("/nb/sok/")
    boxes = re.findall(r'type="checkbox" name="(\w+)" value="([^"]+)".*?class="choice-count">(\d+)<', text, flags=re.DOTALL)
    assert {"word_pair", "kind", "duration", "norwegian_level", "format", "needs", "language", "assurance"} <= {
        name for name, _, _ in boxes
    }
    for name, value, count in boxes[::5]:
        assert hits(read(f"/nb/sok/?{name}={value}")) == int(count)


def test_chosen_filters_stand_above_the_hits_and_can_be_taken_away_one_by_one(read: Read) -> None:
    text = read("/nb/sok/?q=deltakeren&word_pair=valg-og-tilfeldigheter&needs=no-writing&minutes_max=30&group=4")
    chosen = chips(text)
    assert list(chosen) == ["Valg og tilfeldigheter", "Ingen skriving", "Høyst 30 min", "Gruppe på 4"]
    without = chosen["Høyst 30 min"]
    assert "minutes_max" not in without
    assert "q=deltakeren" in without
    assert hits(read(without)) >= hits(text)
    assert list(chips(read(without))) == ["Valg og tilfeldigheter", "Ingen skriving", "Gruppe på 4"]


def test_clearing_the_filters_keeps_the_words(read: Read) -> None:
    text = read("/nb/sok/?q=valg&kind=activity&sort=title")
    found = re.search(r'class="clear" href="([^"]+)"', text)
    assert found is not None
    assert unescape(found[1]) == "/nb/sok/?q=valg&sort=title"


def test_what_is_chosen_is_ticked_and_its_group_unfolded(read: Read) -> None:
    text = read("/nb/sok/?audience=studenter&minutes_max=20")
    assert re.search(r'value="studenter" id="audience-studenter" checked>', text)
    assert re.search(r'id="facet-audience" open>', text)
    assert re.search(r'id="minutes_max" name="minutes_max" value="20"', text)
    assert not re.search(r'id="facet-theme" open>', text)


def test_the_words_that_were_found_are_marked(read: Read) -> None:
    text = read("/nb/sok/?q=terning")
    assert re.search(r"<mark>terning</mark>", text)
    assert "<mark>" not in read("/nb/sok/?kind=group-game")


def test_hits_come_in_pages_that_lead_on_and_back(read: Read) -> None:
    total = Resource.objects.filter(published__isnull=False).count()
    pages = ceil(total / 5)
    first = read("/nb/sok/?page_size=5&sort=title")
    assert f"{total} treff · side 1 av {pages}" in first
    assert 'href="/nb/sok/?sort=title&amp;page=2&amp;page_size=5" rel="next"' in first
    last = read(f"/nb/sok/?page_size=5&sort=title&page={pages}")
    assert last.count("<article") == total - 5 * (pages - 1)
    assert 'rel="next"' not in last
    titles = [
        title
        for page in range(1, pages + 1)
        for title in re.findall(r"card-title\"><a[^>]*>([^<]+)", read(f"/nb/sok/?page_size=5&sort=title&page={page}"))
    ]
    assert len(titles) == len(set(titles)) == total


def test_a_page_beyond_the_last_leads_to_the_last(read: Read) -> None:
    last = ceil(Resource.objects.filter(published__isnull=False).count() / 5)
    text = read(f"/nb/sok/?page_size=5&page={last + 3}", status=404)
    assert "Så mange sider er det ikke" in text
    assert f'href="/nb/sok/?page={last}&amp;page_size=5"' in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=stol+romskip", "Her er også treff med noen av dem."),
        ("q=ternign", "Her er også treff på ord som ligner."),
        ("q=" + "+".join(f"valg{number}" for number in range(15)) + "+terning+gruppe+hånd", "ord er ikke med."),
    ],
)
def test_a_looser_search_says_how_it_was_loosened(query: str, words: str, read: Read) -> None:
    assert words in read(f"/nb/sok/?{query}")


def test_words_that_nobody_wrote_lead_to_all_resources(read: Read) -> None:
    text = read("/nb/sok/?q=xqzwxqzw")
    assert "Ingen ressurser har disse ordene" in text
    assert 'href="/nb/sok/"' in text


def test_campaign_tags_in_a_link_are_left_aside(read: Read) -> None:
    assert hits(read("/nb/sok/?utm_source=nyhetsbrev&fbclid=1&kind=activity")) == hits(read("/nb/sok/?kind=activity"))


def test_a_working_title_is_shown_as_one(read: Read) -> None:
    text = read("/nb/sok/")
    unconfirmed = re.findall(r'<span class="choice-name">([^<]+)<span class="working-title">arbeidstittel</span>', text)
    confirmed = re.findall(r'<span class="choice-name">([^<]+)</span>', text)
    assert "Valg og tilfeldigheter" in confirmed
    assert not {"Valg og tilfeldigheter", "Aktivitet"} & {name.strip() for name in unconfirmed}


def test_while_the_usual_engine_is_silent_the_page_answers_and_says_so(client: Client) -> None:
    usual = client.get("/nb/sok/?q=stol").content.decode()
    with override_settings(SEARCH=settings.SEARCH | {"OPENSEARCH_URL": DOWN}):
        text = client.get("/nb/sok/?q=stol").content.decode()
    assert hits(text) == hits(usual) > 0
    assert "reservesøket" not in usual
    assert "Treffene kommer fra reservesøket." in text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_while_no_engine_answers_the_resources_can_still_be_opened(language: str, client: Client, tmp_path: Path) -> None:
    with index_in(tmp_path):
        response = client.get(f"/{language}/sok/?q=terning")
        front = client.get(f"/{language}/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    text = response.content.decode()
    assert {"nb": "Søket er nede", "nn": "Søket er nede", "en": "Search is down"}[language] in text
    assert "0 treff" not in text
    every = set(Resource.objects.filter(published__isnull=False).values_list("slug", flat=True))
    assert set(re.findall(rf'href="/{language}/ressurs/([\w-]+)/"', text)) == every
    assert 'value="terning"' in text
    assert front.status_code == 200
    assert set(re.findall(rf'href="/{language}/ressurs/([\w-]+)/"', front.content.decode())) == every


def test_a_page_of_fifty_costs_no_more_statements_than_one_of_twenty(
    client: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with index_in(tmp_path):
        call_command("create_demo", resources=60, seed=7, short=True, verbosity=0)
        call_command("reindex", verbosity=0)
        for size in (20, 50):
            forget_labels()
            with django_assert_max_num_queries(4):
                text = client.get(f"/nb/sok/?page_size={size}&language=nb").content.decode()
            assert text.count("<article") == size


def test_what_was_read_as_a_phrase_or_an_exclusion_is_said(read: Read) -> None:
    text = read("/nb/sok/?q=deltakeren+%22ett+ord%22+-terning+-%22to+og+to%22")
    assert "Må stå samlet: «ett ord»." in text
    assert "Uten: «terning», «to og to»." in text
    assert hits(read("/nb/sok/?q=deltakeren+-terning")) < hits(read("/nb/sok/?q=deltakeren"))


def test_only_an_exclusion_leaves_all_the_others(read: Read) -> None:
    total = Resource.objects.filter(published__isnull=False).count()
    with_word = hits(read("/nb/sok/?q=%22terning%22"))
    assert hits(read("/nb/sok/?q=-terning")) == total - with_word < total


def test_a_misspelt_word_leads_to_the_right_one_with_the_filters_kept(read: Read) -> None:
    text = read("/nb/sok/?q=ternign&language=nb&sort=title")
    found = re.search(r'<p class="meant"><a class="ds-link" href="([^"]+)" data-finder-link>([^<]+)', text)
    assert found
    assert unescape(found[1]) == "/nb/sok/?q=terning&language=nb&sort=title"
    assert found[2] == "Mente du «terning»?"
    assert hits(read(unescape(found[1]))) > 0
    assert 'class="meant"' not in read("/nb/sok/?q=terning&language=nb")


def test_a_hit_elsewhere_shows_where(read: Read) -> None:
    text = read("/nb/sok/?q=krise")
    shown = re.findall(
        r'<p class="card-excerpt"><a class="ds-link" href="[^"]+">(I [^<]+)</a>: <span lang="\w+" dir="ltr">(.*?)</span></p>', text
    )
    assert shown
    assert all("<mark>" in sentence for _, sentence in shown)
    assert 'class="card-excerpt"' not in read("/nb/sok/")


def test_without_words_exercises_for_participants_come_before_what_is_for_colleagues(read: Read) -> None:
    def for_colleagues(query: str) -> list[bool]:
        slugs = re.findall(r'card-title"><a href="/nb/ressurs/([\w-]+)/"', read(f"/nb/sok/?page_size=100{query}"))
        kinds = dict(Resource.objects.filter(slug__in=slugs).values_list("slug", "published__kind__slug"))
        return [kinds[slug] in FOR_COLLEAGUES for slug in slugs]

    assert True in for_colleagues("")
    assert for_colleagues("") == sorted(for_colleagues(""))
    standard = "&competence=veiledningsprosesser-og-relasjoner"
    assert for_colleagues(standard) == for_colleagues(f"{standard}&sort=newest")


def test_suggestions_are_a_list_for_the_box_and_empty_while_search_is_down(client: Client, read: Read, tmp_path: Path) -> None:
    text = read("/nb/sok/forslag/?q=val")
    assert re.findall(r'role="group" aria-label="([^"]+)"', text) == ["Søk etter", "Velg som filter", "Gå rett til"]
    links = re.findall(r'role="option" aria-selected="false" tabindex="-1" href="([^"]+)"', text)
    assert len(links) == len(re.findall(r' id="q-\d+"', text)) > 3
    for link in links:
        assert client.get(unescape(link)).status_code == 200, link
    assert f'data-said="{len(links)} forslag"' in text
    assert "<a" not in read("/nb/sok/forslag/")
    assert "<a" not in read("/nb/sok/forslag/?q=%00%1B%F0")
    with index_in(tmp_path):
        assert "<a" not in read("/nb/sok/forslag/?q=val")
    for page in ("/nb/", "/nb/sok/"):
        box = read(page)
        assert 'data-suggest="/nb/sok/forslag/"' in box
        assert 'id="q-list" role="listbox" aria-label="Forslag" hidden' in box
        assert "suggest.js" in box
