"""Play mutants of functions in forks of one process that has read the tests and made the database.

The database is in memory, so a fork has a copy of its own of everything: tests, rows, and the fixtures that a folder of tests shares.
First the tests run as they are, in forks too, and it is noted which functions each calls; a test that is red there judges nothing.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import IO, Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tools.mutants import CALLED, Mutant, watched

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 600
"""Seconds of processor time a fork may take: one that never ends has been stopped by its mutant, which is noticed too."""
AT_FIRST = 4.0
"""Seconds of processor time that a folder of tests gets for a mutant before the quick tests of the other folders have had their turn."""
Function = tuple[str, str]
"""A file and the name of a function in it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one test did as things are: red or green, in how many seconds of processor time, and which functions it called."""

    green: bool
    seconds: float
    called: frozenset[Function]


@dataclass
class Fork:
    """A process that is at work, and where it writes what it found."""

    found: IO[bytes]
    began: float = field(default_factory=time.monotonic)


class Forks:
    """The plugin that runs mutants instead of tests. `alive` holds those no test noticed. `tell` is called with each, the test that noticed
    it ("" when none did) and the seconds it took; `say` with what is to be known of a folder of tests."""

    def __init__(
        self, mutants: Sequence[Mutant], *, processes: int, tell: Callable[[Mutant, str, float], None], say: Callable[[str], None]
    ) -> None:
        self.alive = list(mutants)
        self._processes = processes
        self._tell = tell
        self._say = say
        self._seconds = dict.fromkeys(mutants, 0.0)
        self._known: dict[Path, list[Seen]] = {}
        self._paths = sorted({mutant.path for mutant in mutants})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Folder by folder of tests; the first test of each makes what they share."""
        if session.testsfailed:
            raise pytest.UsageError("The tests cannot be read.")
        connections["default"].settings_dict["TEST"]["NAME"] = None
        folders = [list(items) for _folder, items in groupby(session.items, key=lambda item: item.path.parent)]
        for thorough in (False, True):
            for items in folders:
                if self.alive:
                    is_green(items[0], None)
                    self._play(items, thorough=thorough)
                    session._setupstate.teardown_exact(SimpleNamespace(listchain=lambda: [session]))  # type: ignore[arg-type]
        session._setupstate.teardown_exact(None)
        for mutant in self.alive:
            self._tell(mutant, "", self._seconds[mutant])
        return True

    def _play(self, items: list[pytest.Item], *, thorough: bool) -> None:
        seen = self._known.get(items[0].path.parent) or self._look(items)
        ready = sorted((each.seconds, place) for place, each in enumerate(seen) if each.green)
        tries: dict[Any, Callable[[], Any]] = {}
        for mutant in self.alive:
            spent, callers = 0.0, []
            for seconds, place in ready:
                if (mutant.path, mutant.function) in seen[place].called:
                    spent += seconds
                    if (spent > AT_FIRST) == thorough:
                        callers.append(items[place])
            if callers:
                tries[mutant] = partial(first_red, mutant, callers)
        for mutant, killer, seconds in self._in_forks(tries):
            self._seconds[mutant] += seconds
            if killer != "":
                self.alive.remove(mutant)
                self._tell(mutant, killer or "it came to no end", self._seconds[mutant])

    def _look(self, items: list[pytest.Item]) -> list[Seen]:
        """What the tests of a folder do as things are."""
        seen: list[Seen] | None
        ((_key, seen, _seconds),) = self._in_forks({None: lambda: self._as_things_are(items)})
        if seen is None:
            raise pytest.UsageError("The tests do not come to an end as it is: nothing can be learnt.")
        folder = items[0].path.parent
        red = [item.nodeid for item, each in zip(items, seen, strict=True) if not each.green]
        self._say(f"{folder.relative_to(ROOT)}: {len(items)} tests, of which these are red as things are: {red}")
        self._known[folder] = seen
        return seen

    def _as_things_are(self, items: list[pytest.Item]) -> list[Seen]:
        calls: dict[str, set[str]] = {path: set() for path in self._paths}
        for path in self._paths:
            setattr(module_of(path), CALLED, calls[path])
            for same in watched(path, (ROOT / path).read_text(encoding="utf-8")):
                put_in(same)
        found = []
        for item, after in zip(items, [*items[1:], None], strict=True):
            for names in calls.values():
                names.clear()
            began = time.process_time()
            green = is_green(item, after)
            found.append(Seen(green, time.process_time() - began, frozenset((path, name) for path in calls for name in calls[path])))
        return found

    def _in_forks(self, works: dict[Any, Callable[[], Any]]) -> Iterator[tuple[Any, Any, float]]:
        """The key of each work, what it gave (None when it came to no end) and how long it took, as they come to an end."""
        waiting, running = list(works.items()), dict[int, tuple[Any, Fork]]()
        while waiting or running:
            while waiting and len(running) < self._processes:
                key, work = waiting.pop(0)
                pid, fork = start(work)
                running[pid] = key, fork
            pid, _status = os.wait()
            key, fork = running.pop(pid)
            with fork.found:
                told = fork.found.read()
            yield key, pickle.loads(told) if told else None, time.monotonic() - fork.began  # noqa: S301 - written by our own fork


def first_red(mutant: Mutant, tests: Sequence[pytest.Item]) -> str:
    """The first test that notices a mutant; "" when none does."""
    put_in(mutant)
    return next((item.nodeid for item, after in zip(tests, [*tests[1:], None], strict=True) if not is_green(item, after)), "")


def is_green(item: pytest.Item, after: pytest.Item | None) -> bool:
    """Run a test. What it shares with the next one stays; after the last one what the tests of its folder share."""
    folder = [node for node in item.listchain() if isinstance(node, pytest.Session | pytest.Directory)]
    neighbour: Any = after or SimpleNamespace(listchain=lambda: folder)
    return not any(report.failed for report in runtestprotocol(item, nextitem=neighbour, log=False))


def start(work: Callable[[], Any]) -> tuple[int, Fork]:
    """Do it in a fork, which writes what it gives to a file without a name."""
    reading = os.memfd_create("found")
    pid = os.fork()
    if pid:
        return pid, Fork(os.fdopen(reading, "rb"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    signal.alarm(10 * LONGEST)
    os.pwrite(reading, pickle.dumps(work()), 0)
    os._exit(0)


def put_in(mutant: Mutant) -> None:
    """Give the function of the mutant the code it has there, for everybody who has imported it."""
    function: Any = module_of(mutant.path)
    code = compile(mutant.source, str(ROOT / mutant.path), "exec")
    for name in mutant.function.split("."):
        function = getattr(function, name)
        code = next(const for const in code.co_consts if isinstance(const, CodeType) and const.co_name == name)
    function = getattr(function, "fget", function)  # of a property
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    function = getattr(function, "__func__", function)  # of a method reached through its class
    function.__code__ = code


def module_of(path: str) -> ModuleType:
    """The module of a file, which the tests have imported."""
    return sys.modules[path.removesuffix(".py").replace("/", ".")]
