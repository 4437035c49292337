"""Every actor tries every operation on a text in every status: through the services, by address, and by pressing the buttons of pages."""

from __future__ import annotations

import pytest
from django.db import transaction

from resourcebank.content import content_hash, content_of
from resourcebank.errors import BankError
from resourcebank.workflow import TRANSITIONS, Status
from tests.permissions.addresses import PAGES, answer
from tests.permissions.buttons import BUTTONS, did
from tests.permissions.world import ACTORS, DEEDS, World, expected, outcome

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
            got = answer(client, "GET", world.address(PAGES[operation], actor, status))
            if got != TABLE.get((operation, status, actor)):
                wrong.append(f"{actor} on {status}: {got}, the table says {TABLE.get((operation, status, actor))}")
    assert wrong == []


@pytest.mark.parametrize("operation", BUTTONS)
def test_a_button_does_what_the_table_allows_and_nothing_else(world: World, operation: str) -> None:
    """Every actor where somebody may do it; elsewhere one who may do it at all, since the others are refused twice over."""
    may = {(status, actor) for (deed, status, actor), said in TABLE.items() if deed == operation and said == "yes"}
    somewhere, one = {status for status, _actor in may}, max(actor for _status, actor in may)
    wrong = []
    for actor in ACTORS:
        client = world.client(actor)
        for status in Status if actor == one else somewhere:
            with transaction.atomic():
                done = did(client, BUTTONS[operation](world.text_for(actor, Status(status))))
                transaction.set_rollback(True)
            if done != ((status, actor) in may):
                wrong.append(f"{actor} on {status}: {'done' if done else 'not done'}")
    assert wrong == []


def test_the_table_holds_exactly_what_there_is() -> None:
    assert set(TABLE) == {(operation, status, actor) for operation in (*DEEDS, *PAGES) for status in Status for actor in ACTORS}
    assert set(TRANSITIONS) - set(DEEDS) == WITH_THEIR_OWN_TESTS
    assert set(DEEDS) - set(BUTTONS) == {"read", "rename", "set_due"}, (
        "a deed without a button of its own (a due date needs the case taken first) is named here"
    )


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
