"""Every actor tries every operation on a text in every status, through the services and through the addresses."""

from __future__ import annotations

import pytest

from resourcebank.content import content_hash, content_of
from resourcebank.errors import BankError
from resourcebank.workflow import TRANSITIONS, Status
from tests.permissions.world import ACTORS, DEEDS, PAGES, World, expected, outcome

TABLE = expected()
WITH_THEIR_OWN_TESTS = {"unschedule"}
"""Actions that need more than a status: what was planned first."""


@pytest.mark.parametrize("operation", DEEDS)
def test_every_operation_is_open_to_whom_the_table_says(world: World, operation: str) -> None:
    wrong = []
    for status in Status:
        for actor in ACTORS:
            got = outcome(DEEDS[operation], world.text_for(actor, status), world.actors[actor])
            if got != TABLE.get((operation, status, actor)):
                wrong.append(f"{actor} on {status}: {got}, the table says {TABLE.get((operation, status, actor))}")
    assert wrong == []


@pytest.mark.parametrize("operation", PAGES)
def test_every_address_answers_as_the_table_says(world: World, operation: str) -> None:
    wrong = []
    for actor in ACTORS:
        client = world.client(actor)
        for status in Status:
            got = str(client.get(PAGES[operation](world.text_for(actor, status))).status_code)
            if got != TABLE.get((operation, status, actor)):
                wrong.append(f"{actor} on {status}: {got}, the table says {TABLE.get((operation, status, actor))}")
    assert wrong == []


def test_the_table_holds_exactly_what_there_is() -> None:
    assert set(TABLE) == {(operation, status, actor) for operation in (*DEEDS, *PAGES) for status in Status for actor in ACTORS}
    assert set(TRANSITIONS) - set(DEEDS) == WITH_THEIR_OWN_TESTS


def test_a_refusal_changes_nothing(world: World) -> None:
    for status in Status:
        before = world.text_for("author", status)
        for actor in ("anonymous", "no-role", "inactive", "erased", "admin", "other-scoped-reviewer"):
            for operation, deed in DEEDS.items():
                if operation != "read":
                    with pytest.raises(BankError):
                        deed(world.text_for(actor, status), world.actors[actor])
        after = world.text_for("author", status)
        assert (after.status, after.version, after.resource.slug) == (before.status, before.version, before.resource.slug)
        assert content_hash(content_of(after)) == content_hash(content_of(before))
