"""Any search as Atom: valid, newest first, remembered by its readers, and without a trace of them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resourcebank.catalogue import forget_labels
from resourcebank.models import Resource
from tests.starter_bank import index_in
from tests.web.pages.conftest import Read
from tests.web.pages.test_search_page import hits

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("query", ["", "?kind=activity", "?q=valg&needs=no-preparation&sort=title&page=2&utm_source=brev"])
def test_a_feed_has_the_hits_of_its_search_newest_first(query: str, client: Client, read: Read) -> None:
    response = client.get(f"/nb/sok/atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    found = entries(response.content)
    assert len(found) == hits(read(f"/nb/sok/{query.replace('&page=2', '')}"))
    dates = [text(entry, "updated") for entry in found]
    assert dates == sorted(dates, reverse=True)
    root = ElementTree.fromstring(response.content)
    assert text(root, "updated") == dates[0]
    ids = {text(entry, "id") for entry in found}
    assert ids <= {f"urn:uuid:{resource.public_id}" for resource in Resource.objects.exclude(published=None)}
    assert len(ids) == len(found)


def test_the_search_page_names_its_feed(read: Read, client: Client) -> None:
    page = read("/nn/sok/?q=val&kind=activity&sort=title&page_size=5")
    found = re.search(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', page)
    assert found
    assert found[1] == "/nn/sok/atom?q=val&amp;kind=activity"
    root = ElementTree.fromstring(client.get(found[1].replace("&amp;", "&")).content)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://127.0.0.1:8000/nn/sok/?q=val&kind=activity",
        "self": "http://127.0.0.1:8000/nn/sok/atom?q=val&kind=activity",
    }
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nn"


def test_a_reader_who_has_it_already_is_told_so(client: Client) -> None:
    first = client.get("/nb/sok/atom?kind=activity")
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get("/nb/sok/atom?kind=activity", headers=headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = client.get("/nb/sok/atom?kind=case", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", first["Last-Modified"])


def test_a_feed_without_hits_is_the_same_every_time(client: Client) -> None:
    first, second = (client.get("/nb/sok/atom?language=fa") for _time in range(2))
    assert entries(first.content) == []
    assert (first.status_code, first["ETag"]) == (200, second["ETag"])
    assert "Last-Modified" not in first


def test_what_people_wrote_stays_text(client: Client) -> None:
    body = client.get("/nb/sok/atom?q=%3Cb%3E%00valg%E2%80%AE").content
    title = text(ElementTree.fromstring(body), "title")
    assert title.startswith("«<b> valg»")


def test_a_fault_is_said_and_a_silent_search_asks_to_come_back(client: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert client.get("/nb/sok/atom?kind=activty").status_code == 400
    assert client.post("/nb/sok/atom").status_code == 405
    with index_in(tmp_path_factory.mktemp("none")):
        down = client.get("/nb/sok/atom")
    assert (down.status_code, int(down["Retry-After"]) > 0) == (503, True)


def test_a_feed_costs_few_statements(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    forget_labels()
    with django_assert_max_num_queries(8):
        client.get("/nb/sok/atom?kind=activity")
