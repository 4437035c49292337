"""Many people at once: nobody meets an error, and nothing that was saved or decided is lost."""

from __future__ import annotations

import time
from pathlib import Path
from queue import SimpleQueue

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from resourcebank.catalogue import forget_labels
from resourcebank.models import Decision, Form, Resource, Revision, User
from resourcebank.services.verification import verify_audit, verify_published
from resourcebank.workflow import RoleName
from tests.factories import a_draft, a_published, handed_in, person, whole_content, whole_form
from tests.soak.crowd import CONTRIBUTORS, READERS, REVIEWERS, SECONDS, Crowd, meet
from tests.soak.site import running_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300 + SECONDS * 5)]
PUBLISHED = 12


def test_twenty_people_at_once_meet_no_error_and_lose_nothing(
    framework: None, alice: User, carl: User, tmp_path: Path, settings: Settings
) -> None:
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "index"}
    forget_labels()
    for _ in range(PUBLISHED):
        a_published(author=alice, approver=carl)
    call_command("reindex", verbosity=0)
    cases: SimpleQueue[Revision] = SimpleQueue()
    for _ in range(max(2, SECONDS)):
        cases.put(handed_in(by=alice))
    authors = [person(f"Forfatter{number}", RoleName.CONTRIBUTOR) for number in range(CONTRIBUTORS)]
    drafts = [a_draft(by=author, content=whole_content(forms=(whole_form("nb", transcript=""),))) for author in authors]
    judges = [person(f"Fagfelle{number}", RoleName.REVIEWER) for number in range(REVIEWERS)]
    slugs = list(Resource.objects.filter(published__isnull=False).values_list("slug", flat=True))
    with running_site(tmp_path) as site:
        crowd = Crowd(site.port, time.monotonic() + SECONDS)
        meet(crowd, slugs, drafts, judges, cases)
    print(f"{READERS + CONTRIBUTORS + REVIEWERS} people for {SECONDS} s on {connection.vendor}:\n{crowd.measured.table()}")
    assert crowd.measured.errors == []
    titles = dict(Form.objects.filter(revision__in=crowd.saved, language="nb").values_list("revision", "title"))
    assert titles == crowd.saved
    assert crowd.saved
    assert set(Decision.objects.filter(reviewer__in=judges).values_list("review__revision", flat=True)) == set(crowd.decided)
    assert verify_audit().problems == ()
    assert verify_published() == ()
