"""Nothing the site has said yes to is lost, doubled or half written, whatever is killed when."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.db import connection

from resourcebank.models import OutgoingMail, Resource, User
from resourcebank.services.verification import verify_audit
from resourcebank.workflow import RoleName
from tests.factories import person
from tests.soak.kills import CLIENTS, KILLS, SUBMISSIONS, Person, losses, play
from tests.soak.site import running_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300 + KILLS * 120)]


@pytest.fixture
def authors(framework: None) -> list[User]:
    """People who write, each in a browser of their own."""
    return [person(f"Forfatter{number}", RoleName.CONTRIBUTOR) for number in range(CLIENTS)]


def test_whatever_is_killed_nothing_acknowledged_is_lost_doubled_or_half_written(authors: list[User], tmp_path: Path) -> None:
    started = time.perf_counter()
    with running_site(tmp_path) as site:
        played = play(site, authors, submissions=SUBMISSIONS, kills=KILLS)
    found = losses(played)
    print(f"{SUBMISSIONS} submissions on {connection.vendor}, {KILLS} kills, {played.again} forms and pages sent again:", end=" ")
    print(f"{len(found.lost)} lost, {len(found.doubled)} doubled, {len(found.half)} half written, {time.perf_counter() - started:.0f} s")
    assert not found, found
    assert len(played.acknowledged) == Resource.objects.count() == SUBMISSIONS
    assert OutgoingMail.objects.filter(kind="own.submit").count() == SUBMISSIONS
    assert played.again >= KILLS, "a kill that nobody noticed proves nothing"
    assert verify_audit().problems == ()


def test_without_the_key_of_the_form_the_same_kill_doubles(authors: list[User], tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        site.die_after("/nb/bidra/")
        Person(authors[0], site.port, new_key=True).hand_in("Innsending")
    assert Resource.objects.count() == 2
