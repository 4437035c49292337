"""No text is public that nobody read and approved, however edits, decisions and publications meet."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from django.db import connection

from resourcebank.models import Revision, User
from resourcebank.services import step
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from tests.soak.interleavings import INTERLEAVINGS, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
MOST_UNGUARDED = 100


def test_only_what_somebody_read_and_approved_becomes_public(framework: None, alice: User, rita: User, carl: User) -> None:
    started = time.perf_counter()
    found = list(outcomes(INTERLEAVINGS, author=alice, reviewer=rita, curator=carl))
    published, refused = sum(each.published for each in found), Counter(code for each in found for code in each.refusals)
    print(f"{INTERLEAVINGS} interleavings on {connection.vendor}: {published} published,", end=" ")
    print(f"{sum(each.unapproved for each in found)} unapproved, {time.perf_counter() - started:.0f} s; refused: {dict(refused)}")
    assert [each.seed for each in found if each.unapproved] == []
    assert published > INTERLEAVINGS / 4, "where nothing becomes public, nothing is proved"
    assert refused["stale"], "in a play in which nobody meets anybody nothing can go wrong"
    assert not refused["database"]
    assert verify_audit().problems == ()
    assert verify_published() == verify_public_changes() == ()


def test_without_the_compare_and_set_the_same_play_publishes_what_nobody_read(
    framework: None, alice: User, rita: User, carl: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "_unchanged", lambda revision, seen: Revision.objects.filter(pk=revision.pk))
    assert any(each.unapproved for each in outcomes(MOST_UNGUARDED, author=alice, reviewer=rita, curator=carl))
