"""The review queue: what waits for whom, oldest first, and how long it has waited."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from resourcebank.catalogue import forget_labels
from resourcebank.models import Contribution, Revision, User
from resourcebank.services.people import give_role
from resourcebank.services.review import reject, request_changes, take
from resourcebank.workflow import RoleName
from tests.factories import NOW, a_draft, a_published, approved, handed_in, next_version, passed, person, whole_content, whole_form
from tests.review.reviewing import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _names_are_read_anew(framework: None) -> None:
    forget_labels()


def titled(title: str, *, by: User, now: datetime = NOW, **changes: object) -> Revision:
    content = whole_content(forms=(whole_form("nb", title=title), whole_form("nn")), **changes)
    return handed_in(by=by, content=content, now=now)


def page(client: Client, address: str = "", *, status: int = 200) -> str:
    response = client.get(f"/nb/vurdering/{address}")
    assert response.status_code == status
    return response.content.decode()


def titles(text: str) -> list[str]:
    return [unescape(title) for title in re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", text)]


def counts(text: str) -> dict[str, int]:
    found = re.findall(r'>([^<>]+) <span class="count">(\d+)</span>', text)
    return {name: int(count) for name, count in found}


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_every_submission_is_in_its_part_and_counted(alice: User, rita: User, carl: User) -> None:
    mine, free, others, author, done = (titled(name, by=alice) for name in ("Min", "Ledig", "Hos Carl", "Venter", "Ferdig"))
    a_draft(by=alice)
    take(mine, by=rita, now=NOW, seen=mine.version)
    take(others, by=carl, now=NOW, seen=others.version)
    request_changes(author, by=rita, now=NOW, seen=author.version, note="Kort ned.")
    passed(done, by=rita)
    a_published(author=alice, approver=carl)
    client = logged_in(rita)
    assert counts(page(client)) == {"Mine": 1, "Ledige": 1, "Hos andre": 1, "Venter på forfatter": 1, "Ferdige": 1}
    expected = {"": "Ledig", "?del=mine": "Min", "?del=andre": "Hos Carl", "?del=forfatter": "Venter", "?del=ferdige": "Ferdig"}
    for address, title in expected.items():
        assert titles(page(client, address)) == [title]
    assert "Hos Carl" in words(page(client, "?del=andre"))
    assert counts(page(logged_in(carl)))["Ferdige"] == 2
    assert free.status == "in_review"


def test_the_oldest_comes_first_and_the_newest_decision(alice: User, rita: User) -> None:
    for number in (2, 5, 1):
        titled(f"Nummer {number}", by=alice, now=NOW - number * DAY)
        passed(titled(f"Ferdig {number}", by=alice, now=NOW - number * DAY), by=rita)
    client = logged_in(rita)
    assert titles(page(client)) == ["Nummer 5", "Nummer 2", "Nummer 1"]
    assert titles(page(client, "?del=ferdige")) == ["Ferdig 1", "Ferdig 2", "Ferdig 5"]


def test_a_row_says_what_it_is_how_old_and_when_it_was_first_answered(alice: User, rita: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    again = next_version(public, author=alice, now=NOW - 10 * DAY)
    request_changes(again, by=carl, now=NOW - 7 * DAY, seen=again.version, note="Kort ned.")
    late = titled("Sen", by=alice, now=NOW - 40 * DAY)
    take(late, by=rita, now=NOW - 39 * DAY, seen=late.version)
    titled("Ny", by=alice, now=NOW - timedelta(hours=3))
    client = logged_in(carl)
    with travel(NOW, tick=False):
        client.force_login(carl)
        fresh = words(page(client))
        assert "Aktivitet Valg og tilfeldigheter" in fresh
        assert "Alice · Bokmål, Nynorsk" in fresh
        assert "3 timer siden" in fresh
        assert "ikke ennå, etter 3 timer" in fresh
        waiting = words(page(client, "?del=forfatter"))
        assert "ny utgave" in waiting
        assert "etter 3 dager" in waiting
        held = words(page(client, "?del=andre"))
        assert "Hos Rita" in held
        assert "Frist 28. oktober 2026 over fristen" in held


def test_what_nobody_covers_is_marked(alice: User, carl: User) -> None:
    give_role(carl, role=RoleName.REVIEWER)
    titled("Andres", by=alice)
    titled("Mitt", by=carl)
    rows = page(logged_in(carl)).split('<li class="queue-row">')[1:]
    assert ["Ingen dekker dette" in row for row in rows] == [False, True]
    assert ["kan ikke vurdere den" in row for row in rows] == [False, True]
    assert ["Ta saken" in row for row in rows] == [True, False]


def test_who_has_a_part_in_it_is_not_asked_to_take_it(alice: User, rita: User) -> None:
    revision = titled("Oversatt", by=alice)
    Contribution.objects.create(revision=revision, user=rita, part="translator")
    assert "Ta saken" not in page(logged_in(rita))


def test_a_reviewer_of_a_part_sees_that_part(alice: User) -> None:
    lars = person("Lars")
    give_role(lars, role=RoleName.REVIEWER, scope="term:kind:activity")
    give_role(lars, role=RoleName.REVIEWER, scope="term:format:one-to-one")
    titled("I enerom", by=alice)
    group = [term for term in whole_content().terms if term.vocabulary != "format"]
    titled("I gruppe", by=alice, terms=(*group, type(group[0])(vocabulary="format", slug="group")))
    assert titles(page(logged_in(lars))) == ["I enerom"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?kind=film", ["Film"]),
        ("?pair=endring-og-stabilitet", ["Endring"]),
        ("?language=ar", ["Arabisk"]),
        ("?status=in_review&kind=activity", ["Arabisk", "Endring"]),
        ("?status=approved", []),
        ("?del=ferdige&status=approved", ["Godkjent"]),
        ("?del=ferdige&status=published", []),
        ("?kind=&pair=&language=&status=", ["Film", "Arabisk", "Endring"]),
    ],
)
def test_filters_narrow_the_queue(address: str, found: list[str], alice: User, carl: User) -> None:
    change = type(whole_content().terms[0])(
        vocabulary="word_pair", slug="endring-og-stabilitet/endring", role="main", reason={"nb": "Ja.", "nn": "Ja."}
    )
    film = whole_form("nb", title="Film", transcript="Ord."), whole_form("nn", transcript="Ord.")
    handed_in(by=alice, content=whole_content(kind="film", forms=film))
    handed_in(by=alice, content=whole_content(forms=(whole_form("nb", title="Arabisk"), whole_form("ar"))))
    titled("Endring", by=alice, terms=(change, *whole_content().terms[1:]))
    approved(titled("Godkjent", by=alice), by=carl)
    assert titles(page(logged_in(carl), address)) == found


@pytest.mark.parametrize("address", ["?kind=tull", "?status=draft", "?pair=%00", "?language=%3Cscript%3E", f"?kind={'x' * 3000}"])
def test_an_unknown_filter_is_said_and_the_queue_stands_there_all_the_same(address: str, alice: User, rita: User) -> None:
    titled("Ledig", by=alice)
    text = page(logged_in(rita), address, status=400)
    assert titles(text) == ["Ledig"]
    assert "finnes ikke i listen" in words(text)
    assert "<script>" not in text.replace('<script src="', "")


@pytest.mark.parametrize(
    "address", ["?del=tull", "?side=0", "?side=-1", "?side=tull", "?side=99999999999", "?side=%D9%A3", "?utm_source=x"]
)
def test_an_address_that_makes_no_sense_gives_what_is_nearest(address: str, alice: User, rita: User) -> None:
    titled("Ledig", by=alice)
    assert titles(page(logged_in(rita), address)) == ["Ledig"]


def test_twenty_stand_on_a_page(alice: User, rita: User) -> None:
    for number in range(23):
        titled(f"Nummer {number}", by=alice, now=NOW + number * timedelta(minutes=1))
    client = logged_in(rita)
    first, second = page(client), page(client, "?del=ledige&side=2")
    assert titles(first) == [f"Nummer {number}" for number in range(20)]
    assert titles(second) == ["Nummer 20", "Nummer 21", "Nummer 22"]
    assert "Side 1 av 2" in words(first)
    assert 'href="/nb/vurdering/?del=ledige&amp;side=2"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_six_statements_however_long_the_queue(count: int, alice: User, rita: User) -> None:
    for number in range(count):
        titled(f"Nummer {number}", by=alice)
    client = logged_in(rita)
    page(client)
    with CaptureQueriesContext(connection) as captured:
        page(client, "?kind=activity&pair=valg-og-tilfeldigheter&language=nb&status=in_review")
    assert len(captured) == 6, [each["sql"][:90] for each in captured]


def test_a_case_is_taken_from_the_queue(alice: User, rita: User) -> None:
    revision = titled("Ledig", by=alice, now=timezone.now())
    client = logged_in(rita)
    seen = re.search(r'name="seen" value="(\d+)"', page(client))
    assert seen
    answer = client.post(f"/nb/vurdering/{revision.pk}/", {"do": "take", "seen": seen[1]}, follow=True)
    assert "Du har tatt saken." in answer.content.decode()
    assert titles(page(client, "?del=mine")) == ["Ledig"]


def test_rejected_ones_are_done(alice: User, rita: User) -> None:
    revision = titled("Nei", by=alice)
    reject(revision, by=rita, now=NOW, seen=revision.version, reason="duplicate", note="Finnes.")
    text = page(logged_in(rita), "?del=ferdige")
    assert titles(text) == ["Nei"]
    assert "Avslått" in words(text)
