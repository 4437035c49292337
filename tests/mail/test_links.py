"""Every address in a letter is whole, in the language of its reader, and leads to a page there is."""

from __future__ import annotations

import re

import pytest
from django.urls import resolve
from django.utils import translation
from pytest_django import Settings

from resourcebank.models import OutgoingMail, User
from resourcebank.services.letters import case_link, own_link, public_link
from resourcebank.services.talk import add_comment
from resourcebank.workflow import Action
from tests.factories import NOW
from tests.mail.test_news import CASES, People, people, taken

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
SITE = "https://bank.example"


def leads_to(link: str) -> str:
    """The name of the page behind a whole address."""
    path = link.removeprefix(SITE)
    with translation.override(translation.get_language_from_path(path) or "nb"):
        return resolve(path).view_name


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_three_ways_into_the_site_are_whole_and_in_the_readers_language(language: str, settings: Settings) -> None:
    settings.SITE_URL = SITE
    with translation.override(language):
        found = (own_link(7), case_link(7), public_link("fire-stoler"))
    assert found == (f"{SITE}/{language}/mine/7/", f"{SITE}/{language}/vurdering/7/", f"{SITE}/{language}/ressurs/fire-stoler/")
    assert [leads_to(link) for link in found] == ["web:mine_one", "web:review", "web:resource"]


@pytest.mark.parametrize("action", [action for action, case in CASES.items() if case.told])
def test_every_link_of_every_mail_leads_somewhere(action: Action, people: People, settings: Settings) -> None:
    settings.SITE_URL = SITE
    User.objects.filter(pk=people.alice.pk).update(language="nn")
    CASES[action].deed(CASES[action].start(people._replace(alice=User.objects.get(pk=people.alice.pk))), people)
    _check_links()


def test_a_comment_leads_each_to_their_own_page(people: People, settings: Settings) -> None:
    settings.SITE_URL = SITE
    revision = taken(people)
    OutgoingMail.objects.all().delete()
    add_comment(revision, by=people.rita, now=NOW, text="Hvorfor?")
    add_comment(revision, by=people.alice, now=NOW, text="Derfor.")
    _check_links()
    assert own_link(revision.pk) in OutgoingMail.objects.get(to=people.alice).text
    assert case_link(revision.pk) in OutgoingMail.objects.get(to=people.rita).text


def _check_links() -> None:
    mails = list(OutgoingMail.objects.select_related("to"))
    assert mails
    for mail in mails:
        links = re.findall(r"https?://[^\s<>\"]+", mail.text)
        assert set(links) == set(re.findall(r'href="([^"]*)"', mail.html))
        assert len(links) >= 3, "a page to go to, a way to say no, and the site"
        for link in links:
            assert link.startswith(f"{SITE}/")
            assert leads_to(link)
        pages = [link for link in links if re.match(rf"{SITE}/(nb|nn|en)/", link)]
        assert {link.split("/")[3] for link in pages} == {mail.to.language}
