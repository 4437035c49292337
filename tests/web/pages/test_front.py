"""The front page: a way in for somebody who has five minutes."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.pages.conftest import Read

PAIRS = [
    "meg-i-kontekst",
    "muligheter-og-begrensninger",
    "valg-og-tilfeldigheter",
    "endring-og-stabilitet",
    "tilpasning-og-motstand",
]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_five_pairs_stand_in_their_order_with_how_many_they_hold(language: str, read: Read) -> None:
    ring = read(f"/{language}/").partition('<nav class="ring"')[2].partition("</nav>")[0]
    assert re.findall(rf'href="/{language}/sok/\?word_pair=([\w-]+)"', ring) == PAIRS
    counts = [int(number) for number in re.findall(r'class="ring-count">(\d+) ', ring)]
    assert len(counts) == len(PAIRS)
    assert all(counts)


def test_a_count_on_the_front_page_is_what_the_link_finds(read: Read) -> None:
    ring = read("/nb/").partition('<nav class="ring"')[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)".*?class="ring-count">(\d+) ', ring, flags=re.DOTALL)
    links += [(url, "") for url in re.findall(r'class="pill" href="([^"]+)"', read("/nb/"))]
    assert len(links) > len(PAIRS)
    for url, count in links:
        found = re.search(r'data-status="(\d+) treff', read(url))
        assert found is not None
        assert int(found[1]) > 0
        assert not count or found[1] == count


def test_the_newest_are_shown_with_what_somebody_chooses_by(read: Read) -> None:
    cards = read("/nb/").split('<article class="card-body">')[1:]
    assert len(cards) == 4
    for card in cards:
        assert re.search(r"\d+ min", card)
        assert re.search(r"person(er)?", card)
        assert re.search(r"Norsk [ABC]|Uten tekst", card)
        assert "Bokmål" in card
        assert "Redaksjonelt sjekket" in card


def test_an_empty_bank_says_so(client: Client, empty: None) -> None:
    text = client.get("/nb/").content.decode()
    assert "Banken er tom ennå" in text
    assert re.findall(r'class="ring-count">(\d+) ', text) == ["0"] * 5
    assert "Banken er tom ennå" in client.get("/nb/sok/").content.decode()
    assert "Banken er tom ennå" not in client.get("/nb/sok/?q=valg").content.decode()
