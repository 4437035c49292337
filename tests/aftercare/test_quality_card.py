"""What the page of a resource says of its quality, its history, and the page that explains how it is done."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from resourcebank.models import Membership, Organisation, Resource, Revision, User
from resourcebank.services.people import system_user
from resourcebank.services.publication import retire
from resourcebank.services.reports import report_use
from resourcebank.workflow import RoleName
from tests.factories import NOW, a_draft, a_picture, a_published, handed_in, next_version, passed, person, whole_content, whole_form

pytestmark = pytest.mark.django_db


def card(client: Client, slug: str = "stoler", language: str = "nb") -> str:
    """The quality card of a resource."""
    text = unescape(client.get(f"/{language}/ressurs/{slug}/").content.decode())
    return text.partition('<div class="quality"')[2].partition('class="actions telling-links"')[0]


def history(client: Client, slug: str = "stoler") -> list[str]:
    """The versions on the history page, one text each, without tags."""
    page = client.get(f"/nb/ressurs/{slug}/historikk/").content.decode()
    versions = page.partition('<ol class="versions">')[2].partition("</ol>")[0].split("<h2>")[1:]
    return [unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each))).strip() for each in versions]


def test_the_card_tells_roles_answers_dates_and_versions_but_no_names(client: Client, stoler: Resource) -> None:
    text = card(client)
    assert "Lest 22. november 2026 av 1 fagvurderer. Skal leses på nytt innen 22. november 2028." in text
    assert len(re.findall(r"<dd>i orden</dd>", text)) == 5
    assert "De hører ikke til samme organisasjon." in text
    assert 'href="/nb/ressurs/stoler/historikk/">1 utgave har vært publisert</a>' in text
    assert "Alice" not in text
    assert "Rita" not in text


def test_the_card_tells_when_both_belong_to_one_organisation(client: Client, stoler: Resource, alice: User, rita: User) -> None:
    centre, other = (Organisation.objects.create(slug=name, name=name) for name in ("senteret", "skolen"))
    Membership.objects.create(organisation=centre, user=alice)
    Membership.objects.create(organisation=other, user=rita)
    assert "De hører ikke til samme organisasjon." in card(client)
    Membership.objects.create(organisation=centre, user=rita)
    assert "De hører til samme organisasjon." in card(client)


def test_the_banks_own_hands_are_not_called_independent(client: Client) -> None:
    author = system_user(email="bank@example.org", name="Øvingsbanken", role=RoleName.CONTRIBUTOR)
    curator = system_user(email="redaksjon@example.org", name="Redaksjonen", role=RoleName.CURATOR)
    a_published(author=author, approver=curator, slug="egen")
    assert "De to er ikke uavhengige av hverandre." in card(client, "egen")
    text = client.get("/nb/slik-kvalitetssikrer-vi/").content.decode()
    assert "Bankens egen redaksjon har både skrevet og lest 1 ressurs." in text


def test_several_approvals_are_told_by_their_roles(client: Client, alice: User, rita: User, carl: User, settings: Settings) -> None:
    settings.BANK_APPROVALS = {"activity": 2}
    waiting = handed_in(by=alice, slug="to")
    passed(passed(waiting, by=carl), by=rita)
    assert "Lest 22. november 2026 av 1 fagvurderer og 1 redaktør." in card(client, "to")
    assert len(re.findall(r"<dd>i orden</dd>", card(client, "to"))) == 5


def test_a_new_version_is_told_by_what_changed(client: Client, stoler: Resource, alice: User, rita: User, carl: User) -> None:
    first = Revision.objects.get(published_resource=stoler)
    forms = (whole_form("nb", care="Noe nytt.", steps=("Én.", "To.", "Tre.")), whole_form("en", made_from="nb"))
    content = replace(whole_content(), minutes=(10, 25), forms=forms, licence="CC-BY-SA-4.0")
    draft = next_version(first, author=alice, content=content)
    Revision.objects.filter(pk=draft.pk).update(change_note="Kortere <b>steg</b>.")
    passed(Revision.objects.get(pk=draft.pk), by=carl)
    newest, oldest = history(client)
    assert newest.startswith("Utgave 2, publisert 22. november 2026 den som vises nå Redaksjonelt sjekket Kortere <b>steg</b>. Endret:")
    changed = newest.partition("Endret: ")[2]
    assert changed == "Lisens Tid Engelsk (English) er ny Nynorsk er tatt bort Bokmål: steg Bokmål: pass på"
    assert oldest.startswith("Utgave 1, publisert 22. november 2026 Fagvurdert")
    assert "Den første utgaven." in oldest
    assert "2 utgaver har vært publisert" in card(client)
    assert "<b>steg" not in client.get("/nb/ressurs/stoler/historikk/").content.decode()


def test_the_history_shows_only_what_was_public(client: Client, stoler: Resource, alice: User, rita: User, carl: User) -> None:
    public = Revision.objects.get(published_resource=stoler)
    canary = whole_content(forms=(whole_form("nb", title="KANARI"), whole_form("nn", made_from="nb")))
    next_version(public, author=alice, content=canary)
    Revision.objects.exclude(pk=public.pk).update(change_note="KANARI")
    text = client.get("/nb/ressurs/stoler/historikk/").content.decode()
    assert "KANARI" not in text
    assert len(history(client)) == 1
    assert "1 utgave har vært publisert" in card(client)


def test_a_second_retired_and_restored_life_shows_no_drafts(client: Client, stoler: Resource, carl: User, alice: User) -> None:
    public = Revision.objects.get(published_resource=stoler)
    retire(public, by=carl, now=NOW, seen=public.version, reason="Foreldet.")
    assert client.get("/nb/ressurs/stoler/historikk/").status_code == 410
    a_draft(by=alice, slug="bare-utkast")
    assert client.get("/nb/ressurs/bare-utkast/historikk/").status_code == 404


@pytest.mark.parametrize(("language", "said"), [("nb", "Ingen i feltet har vurdert ressursene ennå.")])
def test_the_page_of_quality_says_what_is_true_today(language: str, said: str, client: Client, alice: User, carl: User, rita: User) -> None:
    a_published(author=alice, approver=carl)
    path = f"/{language}/slik-kvalitetssikrer-vi/"
    text = client.get(path).content.decode()
    assert said in text
    assert "1 ressurs er kommet hit" in text
    assert "ingen ressurs på overtid" in text
    assert "Vi har ikke fått noen meldinger ennå." in text
    a_published(author=alice, approver=rita)
    Resource.objects.update(review_due_on="2020-01-01")
    text = client.get(path).content.decode()
    assert said not in text
    assert "2 ressurser er kommet hit" in text
    assert "2 ressurser på overtid" in text


def test_a_resource_with_everything_costs_eight_statements(
    client: Client, alice: User, rita: User, django_assert_max_num_queries: Any
) -> None:
    content = whole_content(pictures=(a_picture(),))
    resource = a_published(author=alice, approver=rita, content=content, slug="alt").resource
    for setting in ("nav", "grunnskole", "folkehogskole"):
        report_use(resource, setting=setting, group_size="", minutes="", tip="", now=NOW)
    with django_assert_max_num_queries(8):
        assert "Prøvd ut" in client.get("/nb/ressurs/alt/").content.decode()


def test_the_other_pages_cost_few_statements(client: Client, stoler: Resource, django_assert_max_num_queries: Any) -> None:
    report_use(stoler, setting="nav", group_size="", minutes="", tip="", now=NOW)
    with django_assert_max_num_queries(8):
        client.get("/nb/slik-kvalitetssikrer-vi/")
    with django_assert_max_num_queries(11):
        client.get("/nb/ressurs/stoler/historikk/")


def test_names_of_people_stay_out_of_the_pages(client: Client, stoler: Resource) -> None:
    person("Nora", RoleName.REVIEWER)
    for path in ("/nb/ressurs/stoler/historikk/", "/nb/slik-kvalitetssikrer-vi/"):
        text = client.get(path).content.decode()
        assert not {name for name in ("Alice", "Rita", "Nora", "example.org") if name in text}
