"""A worker that is killed with a mail in its hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from resourcebank.models import OutgoingMail, User
from resourcebank.services.letters import Letter
from resourcebank.services.outbox import IN_FLIGHT, send_due, write
from tests.factories import NOW
from tests.mail.post_office import PostOffice
from tests.search.another_process import KILLED, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_kill_between_sending_and_marking_gives_one_repeat_and_no_loss(
    alice: User, office: PostOffice, settings: Settings, tmp_path: Path
) -> None:
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "index"}
    first, second = (write(alice, kind="own.take", letter=lambda: Letter("Én", ("To.",)), now=NOW) for _ in range(2))
    assert first
    assert second
    assert run("send_and_die", str(office.port), NOW.isoformat(), area="mail") == KILLED
    assert run("send_and_die", str(office.port), NOW.isoformat(), area="mail") == KILLED, "the first is in flight, so this is the second"
    assert OutgoingMail.objects.filter(sent_at=None).count() == 2
    assert send_due(NOW + IN_FLIGHT) == 2
    assert send_due(NOW + timedelta(days=7)) == 0
    assert sorted(mail["Message-ID"] for mail in office.mails) == sorted([first.message_id, second.message_id] * 2)
