"""The worker's jobs: each in its time, none in the way of another."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.core.management import call_command
from django.test import override_settings

from resourcebank.models import OutgoingMail, User
from resourcebank.services.chores import JOBS, Chores, Job
from resourcebank.services.letters import Letter
from resourcebank.services.outbox import write
from tests.factories import NOW


def broken(now: datetime) -> int:
    raise RuntimeError("no")


def test_a_job_that_fails_is_logged_and_waits_and_the_others_are_done(caplog: pytest.LogCaptureFixture) -> None:
    counter = count(1)
    chores = Chores((Job("broken", 0, broken), Job("fine", 0, lambda now: next(counter))))
    with caplog.at_level(logging.ERROR):
        assert [chores.tend(NOW), chores.tend(NOW)] == [{"fine": 1}, {"fine": 2}]
    assert [record.getMessage() for record in caplog.records] == ["the job «broken» failed and is tried again"]


def test_a_job_is_done_when_its_time_has_come_and_not_before() -> None:
    chores = Chores((Job("often", 0, lambda now: 1), Job("seldom", 3600, lambda now: 1)))
    assert [chores.tend(NOW), chores.tend(NOW)] == [{"often": 1, "seldom": 1}, {"often": 1}]


def test_jobs_have_names_of_their_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_one_round_of_the_worker_sends_the_mails_that_are_due(alice: User, tmp_path: Path) -> None:
    write(alice, kind="own.take", letter=lambda: Letter("Én", ("To.",)), now=NOW - timedelta(days=400))
    out = StringIO()
    with override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": tmp_path}):
        call_command("work", "--once", stdout=out)
    assert "mails: 1" in out.getvalue()
    assert [message.subject for message in django_mail.outbox] == ["Én"]
    assert OutgoingMail.objects.exclude(sent_at=None).count() == 1
