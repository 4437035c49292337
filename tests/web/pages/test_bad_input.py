"""Whatever stands in the address: never a 500, always a sentence in the page's language and a form that works."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.starter_bank import FEW
from tests.web.pages.conftest import Read, whole

ODD = {
    "NUL bytes": "q=valg%00og%00tilfeldigheter",
    "lone surrogates": "q=%ED%A0%80valg%ED%BF%BF",
    "broken percent-encoding": "q=%ZZ%&%=%",
    "bytes that are no text": "q=%FF%FE%C3%28",
    "quotes and brackets": "q=%22valg%20(%5B%7B%27%C2%AB)%22%22%3Cb%3E",
    "query syntax": "q=title:valg%20AND%20-x*%20~2%20%5E3%20%2F.*%2F",
    "marks that turn the text around": "q=%E2%80%AEvalg%E2%80%8F%E2%81%A6",
    "only stop words": "q=og%20i%20det",
    "only marks": "q=...!?",
    "only spaces": "q=%20%20%20",
    "ampersands alone": "&&&",
    "the same word twice": "q=valg&q=endring",
    "empty values": "kind=&minutes_max=&group=&page=&sort=",
    "an unknown parameter": "knd=activity",
}
REFUSED = {
    "unknown value": ("kind=activty", "«activty» finnes ikke under Type."),
    "unknown value like nothing": ("kind=%E4%BD%A0", "finnes ikke under Type."),
    "unknown order": ("sort=newst", "Rekkefølgen «newst» finnes ikke."),
    "10,000 characters": (f"q={'%C3%B8' * 10_000}", "Søket er for langt."),
    "10,000 characters in a value": (f"kind={'a' * 10_000}", "finnes ikke under Type."),
    "page 99999": ("page=99999", "Her er den første siden."),
    "page 0": ("page=0", "Siden «0» finnes ikke."),
    "page with a word": ("page=to", "Siden «to» finnes ikke."),
    "101 hits on a page": ("page_size=101", "«101» treff på en side går ikke."),
    "negative minutes": ("minutes_max=-5", "«-5» er ikke et antall minutter."),
    "minutes without end": (f"minutes_max={'9' * 5000}", "er ikke et antall minutter."),
    "minutes with a comma": ("minutes_min=1,5", "«1,5» er ikke et antall minutter."),
    "a group of NUL": ("group=x%00", "er ikke et antall personer."),
    "a surrogate": ("kind=%ED%A0%80", "finnes ikke under Type."),
    "markup": ("kind=%3Cscript%3E", "«&lt;script&gt;» finnes ikke under Type."),
}
SAID = {
    "nb": ("Noe i adressen forsto vi ikke", "«activty» finnes ikke under Type. Vi har sett bort fra det valget.", "Mente du «Aktivitet»?"),
    "nn": (
        "Noko i adressa forstod vi ikkje",
        "«activty» finst ikkje under Type. Vi har sett bort frå det valet.",
        "Meinte du «Aktivitet»?",
    ),
    "en": (
        "Part of the address made no sense to us",
        "“activty” does not exist under Type. We have left that choice out.",
        "Did you mean “Activity”?",
    ),
}


def readable(text: str) -> str:
    """The page without the marks that keep a quoted value in its place."""
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("query", ODD.values(), ids=ODD.keys())
def test_odd_words_are_searched_for(query: str, language: str, client: Client) -> None:
    response = client.get(f"/{language}/sok/", QUERY_STRING=query)
    assert response.status_code == 200
    assert 'id="filters"' in whole(response)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(("query", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_said_above_a_page_that_works(query: str, sentence: str, language: str, client: Client) -> None:
    response = client.get(f"/{language}/sok/", QUERY_STRING=query)
    text = whole(response)
    assert response.status_code == 400
    assert SAID[language][0] in text
    assert 'id="filters"' in text
    assert text.count("<article") == len(FEW)
    if language == "nb":
        assert sentence in readable(text)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_was_probably_meant_is_one_click_away(language: str, client: Client, read: Read) -> None:
    response = client.get(f"/{language}/sok/?kind=activty&needs=no-writing")
    text = readable(whole(response))
    for sentence in SAID[language]:
        assert sentence in text
    assert f'href="/{language}/sok/?needs=no-writing&amp;kind=activity"' in text
    read(f"/{language}/sok/?kind=activity&needs=no-writing")


def test_several_faults_are_all_said_and_the_rest_is_kept(client: Client) -> None:
    response = client.get("/nb/sok/?kind=activity&kind=x&word_pair=y&minutes_max=-1&page=zz&sort=q&q=terning")
    text = readable(whole(response))
    alert = text.partition('id="faults"')[2].partition("</div>")[0]
    assert alert.count("<li") == 5
    assert re.search(r'value="activity" id="kind-activity" checked', text)
    assert 'value="terning"' in text


def test_words_beyond_the_limit_stay_in_the_box_cut_short(client: Client) -> None:
    text = whole(client.get("/nb/sok/", {"q": "valg " * 100}))
    found = re.search(r'name="q"\s+value="([^"]*)"', text)
    assert found is not None
    assert len(found[1]) == 250


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_thousand_parameters_are_refused_in_words(language: str, client: Client) -> None:
    response = client.get(f"/{language}/sok/", QUERY_STRING="&".join(["kind=activity"] * 1001))
    assert response.status_code == 400
    text = whole(response)
    assert {"nb": "Vi forstår ikke adressen", "nn": "Vi forstår ikkje adressa", "en": "We do not understand the address"}[language] in text
    assert f'href="/{language}/"' in text


@pytest.mark.parametrize(
    "path",
    [
        "ressurs/%00/",
        "ressurs/%FF%FE/",
        "ressurs/%ED%A0%80/",
        "ressurs/finnes-ikke/",
        f"ressurs/{'a' * 10_000}/",
        "ressurs/../../etc/",
        "%2E%2E/",
        "ressurs/kast-og-velg/vekk/",
        "ressurs//",
    ],
)
@pytest.mark.parametrize(
    ("language", "said"), [("nb", "Vi finner ikke siden"), ("nn", "Vi finn ikkje sida"), ("en", "We cannot find the page")]
)
def test_an_address_that_leads_nowhere_has_a_way_out(path: str, language: str, said: str, client: Client) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 404
    text = whole(response)
    assert said in text
    assert 'role="search"' in text
    assert f'<html lang="{language}"' in text


@pytest.mark.parametrize("code", ["xx", "nb-a1", "%00", "%ED%A0%80", "a" * 10_000, "<script>"])
def test_a_form_that_does_not_exist_leads_to_the_resource(code: str, client: Client) -> None:
    response = client.get("/nb/ressurs/kast-og-velg/", QUERY_STRING=f"form={code}")
    assert response.status_code == 404
    text = whole(response)
    assert "Ressursen finnes ikke i den utgaven du ba om." in text
    assert 'href="/nb/ressurs/kast-og-velg/"' in text


def test_a_host_that_is_not_ours_is_refused_in_words(client: Client) -> None:
    response = client.get("/nb/", headers={"Host": "ond.example"})
    assert response.status_code == 400
    assert "Vi forstår ikke adressen" in whole(response)
