"""No text is decided twice, however close two people come; without the compare-and-set the same play finds doubles."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from django.db import connection
from pytest_django import Settings

from resourcebank.models import Revision, User
from resourcebank.services import step
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from resourcebank.workflow import RoleName
from tests.factories import person
from tests.soak.decisions import PAIRS, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_decisions_at_the_same_moment_one_counts(framework: None, alice: User, carl: User, rita: User) -> None:
    started = time.perf_counter()
    found = list(outcomes(PAIRS, author=alice, judges=(rita, carl)))
    seen = Counter((outcome.clean, outcome.double) for outcome in found)
    print(f"{PAIRS} pairs on {connection.vendor}: {seen[True, False]} clean, {sum(each.double for each in found)} double,", end=" ")
    print(f"{time.perf_counter() - started:.0f} s")
    assert seen == {(True, False): PAIRS}
    assert verify_audit().problems == ()
    assert verify_published() == verify_public_changes() == ()


def test_without_the_compare_and_set_the_same_play_finds_doubles(
    framework: None, alice: User, carl: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BANK_PUBLISH_ON_APPROVAL = False  # what is public is guarded by triggers besides
    monkeypatch.setattr(step, "_unchanged", lambda revision, seen: Revision.objects.filter(pk=revision.pk))
    found = list(outcomes(9, author=alice, judges=(person("Cora", RoleName.CURATOR), carl)))
    assert any(outcome.double for outcome in found)
