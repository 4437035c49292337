"""Every actor at every address that is about no text in particular: one's own things, the queue, the curator's lists, the admin."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from resourcebank.models import User
from tests.permissions.addresses import answer, site_addresses
from tests.permissions.test_routes import mapped
from tests.permissions.world import ACTORS, World, expected

TABLE = expected("site.csv")


@pytest.mark.parametrize("actor", ACTORS)
def test_every_address_answers_as_the_table_says(world: World, actor: str) -> None:
    client, wrong = world.client(actor), []
    for operation, (method, address) in site_addresses(world).items():
        with transaction.atomic():
            got = answer(client, method, address)
            transaction.set_rollback(True)
        if got != TABLE.get((operation, actor)):
            wrong.append(f"{operation}: {got}, the table says {TABLE.get((operation, actor))}")
    assert wrong == []


def test_the_table_holds_exactly_what_there_is(world: World) -> None:
    assert set(TABLE) == {(operation, actor) for operation in site_addresses(world) for actor in ACTORS}


@pytest.mark.parametrize("actor", ["reviewer", "scoped-reviewer", "curator", "admin"])
def test_without_a_second_factor_nothing_opens_but_the_own_account(world: World, actor: str) -> None:
    client = world.client(actor)
    Authenticator.objects.filter(user=world.actors[actor]).delete()
    assert isinstance(world.actors[actor], User)
    open_all_the_same = []
    for operation, (method, address) in site_addresses(world).items():
        guarded = mapped()[operation] in ("member", "role") and TABLE[operation, actor] == "200"
        if guarded and answer(client, method, address) not in ("2fa", "admin-login"):
            open_all_the_same.append(operation)
    assert open_all_the_same == []
