"""Keeping a search from the page, looking after those one keeps, and saying no in one press."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resourcebank.catalogue import forget_labels
from resourcebank.models import OutgoingMail, SavedSearch, User
from resourcebank.services.mail_choices import Choice, goodbye_link, stop_link
from resourcebank.services.saved_searches import keep_search, tell_of_new_hits
from search.request import SearchRequest
from tests.factories import NOW, person
from tests.saved.conftest import Publish

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
SEARCH = SearchRequest(text="stol", filters=(("kind", ("activity",)),), bounds=(("minutes_max", 30),))


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return unescape(response.content.decode())


def kept(user: User, name: str = "Stoler") -> SavedSearch:
    return keep_search(SEARCH, name=name, frequency="daily", by=user, now=NOW)


def test_from_the_search_page_to_the_list(sam: User, browser: Login) -> None:
    client = browser(sam)
    found = re.search(r'href="(/nb/sok/lagret/ny/[^"]+)"', text_of(client, "/nb/sok/?q=bordet&kind=activity&sort=title&page=1"))
    assert found
    form = text_of(client, found[1])
    assert "«bordet» · Aktivitet" in form
    assert 'value="bordet · Aktivitet"' in form
    response = client.post(found[1], {"name": "Mine bord", "frequency": "weekly"}, follow=True)
    page = unescape(response.content.decode())
    for words in ("Søket er lagret.", "Mine bord", "«bordet» · Aktivitet", 'href="/nb/sok/?q=bordet&kind=activity"'):
        assert words in page
    assert SavedSearch.objects.get().frequency == "weekly"


def test_a_stranger_logs_in_first_and_comes_back_to_the_same_search(client: Client) -> None:
    response = client.get("/nb/sok/lagret/ny/?q=bordet")
    assert response.status_code == 302
    assert "next=/nb/sok/lagret/ny/%3Fq%3Dbordet" in response["Location"]
    assert "Lagre søket" in text_of(client, "/nb/sok/?q=bordet")
    assert "Lagre søket" not in text_of(client, "/nb/sok/")


@pytest.mark.parametrize(("name", "frequency"), [("", "daily"), ("x", ""), ("x" * 90, "daily")])
def test_a_form_that_cannot_be_kept_comes_back_with_what_was_typed(name: str, frequency: str, sam: User, browser: Login) -> None:
    sent = {"name": name, "frequency": frequency}
    client, saved = browser(sam), kept(sam)
    for path in ("/nb/sok/lagret/ny/?q=bord", f"/nb/sok/lagret/{saved.pk}/"):
        response = client.post(path, sent)
        text = response.content.decode()
        assert response.status_code == 422
        assert 'role="alert"' in text
        assert f'value="{name}"' in text
    assert list(SavedSearch.objects.values_list("name", flat=True)) == ["Stoler"]


def test_changing_and_removing(sam: User, browser: Login) -> None:
    client, saved = browser(sam), kept(sam)
    path = f"/nb/sok/lagret/{saved.pk}/"
    assert "Lagret." in client.post(path, {"name": "Nytt", "frequency": "never"}, follow=True).content.decode()
    saved.refresh_from_db()
    assert (saved.name, saved.frequency, saved.next_at) == ("Nytt", "never", None)
    assert "Søket er slettet." in client.post(path, {"do": "remove"}, follow=True).content.decode()
    assert not SavedSearch.objects.exists()
    assert client.post(path, {"do": "remove"}).status_code == 404
    assert client.get(path).status_code == 405


def test_nobody_reaches_what_another_keeps(sam: User, carl: User, browser: Login) -> None:
    saved = kept(sam, "Hemmelig")
    client = browser(carl)
    assert "Hemmelig" not in text_of(client, "/nb/sok/lagret/")
    for sent in ({"do": "remove"}, {"name": "x", "frequency": "never"}):
        assert client.post(f"/nb/sok/lagret/{saved.pk}/", sent).status_code == 404
    assert Client(SERVER_NAME="localhost").get("/nb/sok/lagret/").status_code == 302
    assert SavedSearch.objects.get().name == "Hemmelig"


@pytest.mark.parametrize(("language", "words"), [("nb", "Lagrede søk"), ("nn", "/nn/sok/?q=stol"), ("en", "/en/sok/?q=stol")])
def test_a_list_of_many_costs_few_statements(
    language: str, words: str, sam: User, browser: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(sam)
    kept(sam)
    for number in range(20):
        keep_search(SearchRequest(text=f"ord{number}"), name=f"Nr {number}", frequency="never", by=sam, now=NOW)
    forget_labels()
    with django_assert_max_num_queries(8):
        assert words in text_of(client, f"/{language}/sok/lagret/")
    forget_labels()
    with django_assert_max_num_queries(8):
        text_of(client, f"/{language}/sok/lagret/ny/?q=stol")


def test_the_account_page_names_them(sam: User, browser: Login) -> None:
    kept(sam)
    page = text_of(browser(sam), "/konto/?sprak=nb")
    assert "Stoler: hver dag" in page
    assert 'href="/nb/sok/lagret/"' in page


def test_the_address_in_the_mail_stops_that_search_alone(sam: User, publish: Publish) -> None:
    saved, other = kept(sam), keep_search(SearchRequest(text="bord"), name="Bord", frequency="daily", by=sam, now=NOW)
    publish("stol", "Stolen")
    tell_of_new_hits(NOW + timedelta(days=1))
    mail = OutgoingMail.objects.get(to=sam, kind=f"saved.{saved.pk}")
    path = stop_link(sam, mail.kind).removeprefix("http://127.0.0.1:8000")
    assert path in mail.text
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    for visit in (client.get, client.head):
        assert visit(path).status_code == 200
    assert "nye treff i søket «Stoler»" in text_of(client, path)
    assert SavedSearch.objects.get(pk=saved.pk).frequency == "daily"
    for _press in range(2):
        response = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, dict(response.cookies)) == (200, {})
    assert dict(SavedSearch.objects.values_list("pk", "frequency")) == {saved.pk: "never", other.pk: "daily"}


def test_an_address_nobody_signed_stops_nothing(sam: User) -> None:
    saved, tove = kept(sam), person("Tove")
    signed = stop_link(sam, f"saved.{saved.pk}").split("/")[-2]
    client = Client(SERVER_NAME="localhost")
    forged = [
        signed.replace(f"saved.{saved.pk}", f"saved.{saved.pk + 1}"),
        stop_link(tove, f"saved.{saved.pk}").split("/")[-2],
        stop_link(sam, "saved.x").split("/")[-2],
        signed[:-1] + ("a" if signed[-1] != "a" else "b"),
    ]
    for text in forged:
        assert client.post(f"/avmeld/{text}/").status_code == 404
    assert SavedSearch.objects.get().frequency == "daily"


def test_no_to_the_daily_mail_stops_kept_searches_too(sam: User, client: Client) -> None:
    kept(sam)
    assert client.post(goodbye_link(sam, Choice.ALL).removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert SavedSearch.objects.get().frequency == "never"


def test_the_feed_of_a_search_has_the_newest_first(client: Client, publish: Publish) -> None:
    for days, slug in ((1, "ankel"), (3, "zebra"), (2, "midje")):
        publish(slug, slug.capitalize(), now=NOW + timedelta(days=days))
    titles = re.findall("<title>(\\w+)</title>", client.get("/nb/sok/atom?kind=activity&sort=title").content.decode())
    assert titles[:3] == ["Zebra", "Midje", "Ankel"]
