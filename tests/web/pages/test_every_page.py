"""What holds for every page, whatever it shows."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.pages.conftest import Read, whole

PAGES = [
    "",
    "sok/",
    "sok/?q=valg&kind=activity",
    "ressurs/kast-og-velg/",
    "ressurs/kast-og-velg/deltaker/",
    "ressurs/kast-og-velg/ark/",
    "rammeverk/",
    "dekning/",
    "ressurs/kast-og-velg/historikk/",
    "ressurs/kast-og-velg/takk/meld/",
    "slik-kvalitetssikrer-vi/",
    "sok/?language=fa&q=terning",
    "sok/savnet/takk/",
]
SOURCES = ("hkdir.no", "kompetansenorge.no", "veilederforum.no", "hkdirweb-prod.azurewebsites.net")
LANGUAGES = {"nb": "Finn ressurser", "nn": "Finn ressursar", "en": "Find resources"}
POLICY = {
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "media-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_its_language_and_asks_nothing_of_its_reader(path: str, language: str, client: Client) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in whole(response)
    assert response["Content-Language"] == language
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", [*PAGES, "finnes-ikke/", "sok/?page=x"])
def test_a_page_allows_only_what_comes_from_here(path: str, client: Client) -> None:
    response = client.get(f"/nb/{path}")
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    addresses = re.findall(r'(?:src|href|action)="(https?://[^"/]+)', response.content.decode())
    elsewhere = {address for address in addresses if not (path == "rammeverk/" and address.endswith(SOURCES))}
    assert elsewhere <= {"https://creativecommons.org"}, "only licences and sources are linked elsewhere"


@pytest.mark.parametrize("path", ["", "sok/", "ressurs/kast-og-velg/"])
def test_a_page_leads_to_itself_in_the_other_languages(path: str, read: Read) -> None:
    text = read(f"/nn/{path}?utm_source=brev&form=nb")
    for language in LANGUAGES:
        assert f'href="/{language}/{path}?utm_source=brev&amp;form=nb"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_footer_credits_the_framework_and_claims_nothing(language: str, read: Read) -> None:
    footer = read(f"/{language}/").partition("<footer")[2]
    assert footer.count("HK-dir") == 2
    assert {"nb": "har ikke laget", "nn": "har ikkje laga", "en": "neither made"}[language] in footer


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("nn", "nn"),
        ("nn-NO,nb;q=0.8", "nn"),
        ("en-GB,en;q=0.9", "en"),
        ("nb-NO", "nb"),
        ("de,fr;q=0.5", "nb"),
        ("", "nb"),
        ("*", "nb"),
        ("x" * 600, "nb"),
    ],
)
def test_the_start_leads_to_the_readers_language(accepted: str, language: str, client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_only_read(path: str, client: Client) -> None:
    assert client.head(f"/nb/{path}").status_code == 200
    assert client.post(f"/nb/{path}", {"q": "valg"}).status_code == 405
