"""Who must prove twice who they are."""

from __future__ import annotations

import pytest

from resourcebank.policies import needs_second_factor
from tests.permissions.world import SCOPE, World, limited


@pytest.mark.parametrize(
    ("actor", "asked"),
    [
        ("no-role", False), ("author", False), ("reviewer", True), ("scoped-reviewer", True), ("curator", True), ("admin", True),
    ],
)  # fmt: skip
def test_whoever_decides_about_others_proves_twice_who_they_are(world: World, actor: str, asked: bool) -> None:
    assert needs_second_factor(world.actors[actor]) is asked  # type: ignore[arg-type]


def test_only_the_users_of_a_demo_are_spared_and_only_there(world: World, settings: object) -> None:
    user = limited("Demo", SCOPE)
    user.is_demo = True
    settings.DEMO = False  # type: ignore[attr-defined]
    assert needs_second_factor(user)
    settings.DEMO = True  # type: ignore[attr-defined]
    assert not needs_second_factor(user)
    user.is_demo = False
    assert needs_second_factor(user)
