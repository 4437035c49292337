"""A search that finds nothing or little says what to let go of, and every number it gives is what is found there."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resourcebank.catalogue import forget_coverage, forget_labels
from resourcebank.models import SearchNeed, User
from resourcebank.services.needs import key_of
from resourcebank.web import open_forms
from tests.web.pages.conftest import Read, whole
from tests.web.pages.test_search_page import hits

EMPTY = [
    "q=terning&kind=case&minutes_max=1",
    "word_pair=valg-og-tilfeldigheter&kind=case&group=40",
    "language=so&kind=activity",
    "language=fa",
    "q=stol&needs=no-reading&needs=print&minutes_max=2&audience=seniorer",
    "minutes_min=100000",
]
LOOSER = re.compile(r'<li><a class="ds-link" href="([^"]+)" data-finder-link>([^<]+)</a> <span class="loosen-hits">(\d+) treff</span>')


def looser(text: str) -> dict[str, tuple[str, int]]:
    """What a page says can be let go of: (address, hits) by its words."""
    return {unescape(words): (unescape(url), int(count)) for url, words, count in LOOSER.findall(text)}


@pytest.mark.parametrize("query", EMPTY)
def test_every_way_on_finds_what_it_says(query: str, read: Read) -> None:
    text = read(f"/nb/sok/?{query}")
    assert hits(text) == 0
    ways = looser(text)
    assert ways
    for url, count in ways.values():
        assert hits(read(url)) == count > 0
    counts = [count for words, (_url, count) in ways.items() if words != "Uten filtre"]
    assert counts == sorted(counts, reverse=True)
    assert "Uten filtre" not in list(ways)[:-1]
    assert 'href="/nb/sok/" data-finder-link>Se alle ressursene' in text


def test_only_what_helps_is_offered(read: Read) -> None:
    ways = looser(read("/nb/sok/?language=so&kind=activity&minutes_max=60"))
    assert list(ways) == ["Også på andre språk enn Somali (Soomaali)", "Uten «Aktivitet»", "Uten filtre"]


def test_values_that_are_joined_with_or_go_together(read: Read) -> None:
    ways = looser(read("/nb/sok/?language=so&language=fa&kind=activity"))
    assert "Også på andre språk enn Somali (Soomaali), Persisk (فارسی)" in ways


def test_values_that_must_all_fit_go_one_by_one(read: Read) -> None:
    ways = looser(read("/nb/sok/?needs=no-reading&needs=paper-and-pen&needs=quiet-room"))
    assert ways["Uten «Papir og penn»"][0] == "/nb/sok/?needs=no-reading&needs=quiet-room"


def test_few_hits_with_a_filter_offer_more_below_them(read: Read) -> None:
    text = read("/nb/sok/?q=terning&kind=group-game")
    assert 0 < hits(text) < 3
    assert "Få treff. Dette gir flere:" in text
    for url, count in looser(text).values():
        assert hits(read(url)) == count > hits(text)


def test_many_hits_or_no_filter_offer_nothing(read: Read) -> None:
    for query in ("", "kind=activity", "q=xqzwxqzw"):
        assert not looser(read(f"/nb/sok/?{query}"))


@pytest.mark.parametrize("query", [*EMPTY, "q=xqzwxqzw", "q=ternign", "q=autisme+og+skoleskyting+i+sykehus&kind=case"])
def test_a_page_without_hits_costs_at_most_eight_statements(
    query: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    forget_labels()
    with django_assert_max_num_queries(8):
        assert client.get(f"/nb/sok/?{query}").status_code == 200


def test_a_search_without_hits_is_counted_and_one_with_hits_is_not(read: Read, client: Client) -> None:
    read("/nb/sok/?q=terning")
    read("/nb/sok/?kind=activity")
    client.head("/nb/sok/?q=terning&kind=case&minutes_max=1")
    assert not SearchNeed.objects.exists()
    read("/nb/sok/?q=terning&kind=case&minutes_max=1")
    assert set(SearchNeed.objects.values_list("facet", "word", "count")) == {("", "terning", 1), ("kind", "case", 1)}


def test_of_hits_on_words_that_look_alike_only_the_words_nobody_wrote_are_counted(read: Read) -> None:
    assert hits(read("/nb/sok/?q=terning+ternignen&kind=group-game"))
    assert list(SearchNeed.objects.values_list("key", "word")) == [(key_of("", "ternignen"), "")]


def test_a_faulty_address_counts_nothing(read: Read) -> None:
    read("/nb/sok/?q=xqzwxqzw&kind=activty", status=400)
    assert not SearchNeed.objects.exists()


def mark(age: int = 10) -> str:
    """The mark of the form, as if it had been shown a while ago."""
    return open_forms.new_mark("savnet", 0, now=timezone.now() - timedelta(seconds=age)).text


def test_anybody_tells_that_something_is_missing(client: Client) -> None:
    cache.clear()
    text = whole(client.get("/nb/sok/?q=terning&kind=case&minutes_max=1"))
    found = re.search(r'href="(/nb/sok/savnet/[^"]+)"', text)
    assert found
    url = unescape(found[1])
    form = whole(client.get(url))
    assert "«terning»" in form
    assert "Case" in form
    assert not SearchNeed.objects.exclude(said=0).exists()
    response = client.post(url, {open_forms.MARK: mark(), open_forms.BAIT: ""})
    assert (response.status_code, response["Location"]) == (302, "/nb/sok/savnet/takk/")
    assert not response.cookies
    assert SearchNeed.objects.get(key=key_of("", "terning")).said == 1
    assert "Takk for at du sa fra" in whole(client.get(response["Location"]))
    forget_coverage()
    assert "«terning»" in whole(client.get("/nb/dekning/"))


def test_a_form_without_a_good_mark_counts_nothing(client: Client) -> None:
    cache.clear()
    for sent in ({}, {open_forms.MARK: mark(), open_forms.BAIT: "http://"}, {open_forms.MARK: mark(age=0)}):
        response = client.post("/nb/sok/savnet/?q=terning", sent)
        assert response.status_code == 400
        assert 'role="alert"' in response.content.decode()
    assert not SearchNeed.objects.exists()


def test_a_text_that_may_point_at_a_person_is_not_taken(client: Client) -> None:
    text = whole(client.get("/nb/sok/savnet/?q=Kari+Nordmann+41234567"))
    assert "Det er ingen ord her vi kan telle" in text
    assert "«nordmann»" not in text
    client.post("/nb/sok/savnet/?q=Kari+Nordmann+41234567", {open_forms.MARK: mark(), open_forms.BAIT: ""})
    client.get("/nb/sok/?q=Kari+Nordmann+41234567")
    assert not SearchNeed.objects.exists()


def test_the_map_shows_what_is_missed_in_every_language_and_who_may_hide_it(client: Client, carl: User, settings: object) -> None:
    client.get("/nb/sok/?q=terning&kind=case&minutes_max=1")
    for language, words in (("nb", "Det folk leter etter og ikke finner"), ("nn", "Case"), ("en", "Case")):
        assert words in whole(client.get(f"/{language}/dekning/"))
    assert "/sok/savnet/skjul/" not in client.get("/nb/dekning/").content.decode()
    setattr(settings, "DEMO", True)  # noqa: B010 - what pytest-django hands out takes any name
    User.objects.filter(pk=carl.pk).update(is_demo=True)
    client.force_login(carl)
    page = client.get("/nb/dekning/").content.decode()
    assert f'name="key" value="{key_of("", "terning")}"' in page
    assert client.post("/nb/sok/savnet/skjul/", {"key": key_of("", "terning")}).status_code == 302
    assert "«terning»" not in client.get("/nb/dekning/").content.decode()
