"""The tool that takes out rules: it finds them, names where they stand, and puts the changed function in place of the old one."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from tools.mutants import CALLED, mutants, watched
from tools.mutation_forks import put_in

PATH = "a_policy.py"
SOURCE = """
from functools import wraps
WIDE = frozenset({1}) | {2}
def plain(function):
    @wraps(function)
    def inner(*args):
        return function(*args)
    return inner
@plain
def may(user, author):
    if not user:
        return False
    return user == author or user == "curator"
class Role:
    @property
    def judges(self):
        return True and False
"""


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module with rules, imported."""
    module = ModuleType("a_policy")
    exec(SOURCE, vars(module))
    monkeypatch.setitem(sys.modules, "a_policy", module)
    return module


def test_every_rule_is_taken_out_once_and_named_by_its_function() -> None:
    found = [(mutant.function, mutant.what) for mutant in mutants(PATH, SOURCE)]
    assert sorted(found) == [
        ("", "without `frozenset({1})`"),
        ("", "without `{2}`"),
        ("Role.judges", "without `False`"),
        ("Role.judges", "without `True`"),
        ("may", "if not user is False"),
        ("may", "if not user is True"),
        ("may", "without `user == 'curator'`"),
        ("may", "without `user == author`"),
    ]


def test_whoever_has_imported_the_function_has_the_changed_one(policy: ModuleType) -> None:
    may, role = policy.may, policy.Role()
    changed = {(mutant.function, mutant.what): mutant for mutant in mutants(PATH, SOURCE)}
    assert (may("curator", "alice"), role.judges) == (True, False)
    put_in(changed["may", "without `user == 'curator'`"])
    put_in(changed["Role.judges", "without `False`"])
    assert (may("curator", "alice"), role.judges) == (False, True)


def test_a_watched_function_says_that_it_was_called_and_does_the_same(policy: ModuleType) -> None:
    setattr(policy, CALLED, set())
    for same in watched(PATH, SOURCE):
        put_in(same)
    assert policy.may("curator", "alice")
    assert getattr(policy, CALLED) == {"may"}
