"""Curators answer what visitors told, and see how every resource is doing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from resourcebank.errors import AlreadyHandled, Invalid, LoginNeeded, NotAllowed
from resourcebank.health import Health
from resourcebank.models import AuditEvent, ProblemReport, Resource, User
from resourcebank.policies import Actor
from resourcebank.selectors import problem_reports, resources_by_health, use_reports
from resourcebank.selectors.aftercare import PAGE
from resourcebank.services.publication import retire
from resourcebank.services.reports import answer_report, report_problem, report_use
from resourcebank.workflow import RoleName
from tests.aftercare.conftest import Login
from tests.factories import NOW, a_published, hold
from tests.factories import person as somebody

pytestmark = pytest.mark.django_db
LISTS = ("/nb/vurdering/meldinger/", "/nb/vurdering/meldinger/?vis=used", "/nb/vurdering/tilstand/")
NASTY = "<script>alert(1)</script> KANARI"


@pytest.fixture
def told(stoler: Resource) -> ProblemReport:
    """A report that waits."""
    return report_problem(stoler, reason="harmful", text=NASTY, now=NOW)


def test_only_curators_see_what_was_told(
    told: ProblemReport, client: Client, logged_in: Login, alice: User, rita: User, adam: User, sam: User, carl: User
) -> None:
    report_use(told.resource, setting="nav", group_size="", minutes="", tip="KANARI tips", now=NOW)
    for path in LISTS:
        assert client.get(path).status_code == 302
        assert "/konto/" in client.get(path)["Location"]
        for person in (alice, rita, adam, sam):
            response = logged_in(person).get(path)
            assert response.status_code == 403
            assert "KANARI" not in response.content.decode()
        assert logged_in(carl).get(path).status_code == 200
    text = logged_in(carl).get(LISTS[0]).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; KANARI" in text
    assert 'href="/nb/ressurs/stoler/">Fire stoler (nb)</a>' in text
    assert "KANARI tips" in logged_in(carl).get(LISTS[1]).content.decode()
    assert "KANARI" not in client.get("/nb/ressurs/stoler/").content.decode()


def test_the_selectors_and_the_service_ask_too(told: ProblemReport, alice: User, rita: User) -> None:
    people: list[tuple[Actor, type[Exception]]] = [(AnonymousUser(), LoginNeeded), (alice, NotAllowed), (rita, NotAllowed)]
    for person, refusal in people:
        with pytest.raises(refusal):
            problem_reports(person, handled=False, page=1, language="nb")
        with pytest.raises(refusal):
            use_reports(person, page=1, language="nb")
        with pytest.raises(refusal):
            resources_by_health(person, Health.OVERDUE, today=NOW.date(), page=1, language="nb")
    with pytest.raises(NotAllowed):
        answer_report(told, by=rita, answer="Rettet.", now=NOW)
    assert ProblemReport.objects.get().handled_at is None


def test_an_answer_closes_a_report_once_and_stands_in_the_log(told: ProblemReport, logged_in: Login, carl: User) -> None:
    browser = logged_in(carl)
    response = browser.post(f"/nb/vurdering/meldinger/{told.pk}/svar/", {"answer": "Rettet i utgave 2."})
    assert (response.status_code, response["Location"]) == (302, "/nb/vurdering/meldinger/")
    handled = ProblemReport.objects.get()
    assert (handled.answer, handled.handled_by) == ("Rettet i utgave 2.", carl)
    event = AuditEvent.objects.filter(resource=told.resource).order_by("-number")[0]
    assert (event.action, event.actor, event.details) == ("answer_report", carl, {"report": told.pk, "reason": "harmful"})
    assert "Ingen meldinger venter" in browser.get("/nb/vurdering/meldinger/").content.decode()
    assert "Rettet i utgave 2." in browser.get("/nb/vurdering/meldinger/?vis=handled").content.decode()
    with pytest.raises(AlreadyHandled):
        answer_report(told, by=carl, answer="En gang til.", now=NOW)
    again = browser.post(f"/nb/vurdering/meldinger/{told.pk}/svar/", {"answer": "En gang til."})
    assert again.status_code == 409
    assert ProblemReport.objects.get().answer == "Rettet i utgave 2."
    assert "Vi har fått 1 melding og behandlet 1 av dem." in browser.get("/nb/slik-kvalitetssikrer-vi/").content.decode()


def test_an_empty_answer_comes_back_and_a_long_one_whole(told: ProblemReport, logged_in: Login, carl: User) -> None:
    for answer, said in (("  ", "Skriv hva som ble gjort"), ("x" * 2001, "2001 tegn")):
        response = logged_in(carl).post(f"/nb/vurdering/meldinger/{told.pk}/svar/", {"answer": answer})
        assert response.status_code == 422
        text = response.content.decode()
        assert said in text
        assert 'href="#answer"' in text
        assert answer.strip() in text
    with pytest.raises(Invalid):
        answer_report(told, by=carl, answer="", now=NOW)


def test_who_is_not_logged_in_or_has_no_token_answers_nothing(told: ProblemReport, client: Client, carl: User) -> None:
    assert client.post(f"/nb/vurdering/meldinger/{told.pk}/svar/", {"answer": "Hei."}).status_code == 403
    User.objects.filter(pk=carl.pk).update(is_demo=True)
    client.force_login(carl)
    assert client.post(f"/nb/vurdering/meldinger/{told.pk}/svar/", {"answer": "Hei."}).status_code == 403
    assert ProblemReport.objects.get().handled_at is None


def test_a_report_outlives_its_resource(told: ProblemReport, logged_in: Login, carl: User) -> None:
    public = told.resource.published
    assert public
    retire(public, by=carl, now=NOW, seen=public.version, reason="Den kan gjøre skade.")
    assert "Fire stoler (nb)" in logged_in(carl).get("/nb/vurdering/meldinger/").content.decode()
    assert answer_report(told, by=carl, answer="Trukket tilbake.", now=NOW).handled_at


def test_the_lists_of_states_lead_to_their_resources(logged_in: Login, alice: User, carl: User, stoler: Resource) -> None:
    other = a_published(author=alice, approver=carl, slug="bord")
    retire(other, by=carl, now=NOW, seen=other.version, reason="Foreldet.")
    browser = logged_in(carl)
    lists = {state: browser.get(f"/nb/vurdering/tilstand/?tilstand={state}").content.decode() for state in Health}
    assert "/nb/ressurs/stoler/" in lists[Health.FRESH]
    assert "/nb/ressurs/bord/" in lists[Health.WITHDRAWN]
    assert "Ingen ressurs er slik nå." in lists[Health.OVERDUE]
    assert "Oppdatert (1)" in lists[Health.OVERDUE]
    assert browser.get("/nb/vurdering/tilstand/?tilstand=tull&side=99999999").status_code == 200


@pytest.mark.parametrize("number", [3, PAGE + 5])
def test_the_lists_cost_the_same_however_long_they_are(
    number: int, stoler: Resource, logged_in: Login, carl: User, django_assert_max_num_queries: Any
) -> None:
    for each in range(number):
        report_problem(stoler, reason="other", text=f"Melding {each}.", now=NOW)
        report_use(stoler, setting="nav", group_size="", minutes="", tip="", now=NOW)
    browser = logged_in(carl)
    browser.get(LISTS[0])
    for path, most in zip(LISTS, (13, 12, 15), strict=True):
        with django_assert_max_num_queries(most):
            text = browser.get(path).content.decode()
        assert ("Side 1 av 2" in text) == (number > PAGE and path != LISTS[2])


def test_the_menu_leads_curators_to_their_pages_and_nobody_else(
    logged_in: Login, client: Client, alice: User, rita: User, adam: User, carl: User
) -> None:
    hold(sloppy := somebody("Hilde"), role=RoleName.CURATOR, scope="term:word_pair:valg-og-tilfeldigheter")
    for browser in (client, *(logged_in(user) for user in (alice, rita, adam, sloppy))):
        assert LISTS[0] not in browser.get("/nb/").content.decode()
    assert f'<a href="{LISTS[0]}"' in logged_in(carl).get("/nb/").content.decode()
    for path in (LISTS[0], LISTS[2]):
        page = logged_in(carl).get(path).content.decode()
        assert re.search(rf'<a href="{LISTS[0]}"\s+aria-current="page">Redaksjon</a>', page)
