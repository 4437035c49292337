#!/usr/bin/env python3
"""Take out each rule of who may do and see what, one at a time, and see that a test turns red.

The tests are read and the database is made once, in memory; each mutant is played in a fork of that, with the changed function put in
the place of the old one, and only by the tests that call it, the quickest first, until one is red. A rule that is read while a module is
imported is played in a copy of the project, from the start. Prints a table and ends with 1 when a mutant lives.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import pytest

from tools.mutants import Mutant, mutants
from tools.mutation_forks import Forks

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "resourcebank/policies.py", "resourcebank/workflow.py", "resourcebank/selectors/revisions.py", "resourcebank/selectors/resources.py",
    "resourcebank/selectors/pictures.py", "resourcebank/selectors/searchable.py",
)  # fmt: skip
TESTS = (
    "tests/permissions", "tests/review", "tests/accounts", "tests/aftercare", "tests/contributing",
    "tests/web/pages/test_resource_page.py", "tests/search/test_visible.py", "tests/api/test_whole.py",
)  # fmt: skip
"""The permissions come first: they look at everything."""
AT_IMPORT = ("tests/review/test_workflow.py", "tests/permissions/test_second_factor.py", "tests/permissions", "tests/review")
"""What plays a rule that is read at import, in this order."""
NOT_HERE = "not browser and not opensearch"
PROCESSES = 2
COPIED = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache")


OUT = os.fdopen(os.dup(1), "w", buffering=1)
"""What the person reads: pytest keeps what is written to the other one to itself."""


def say(sentence: str) -> None:
    OUT.write(f"{sentence}\n")


def tell(mutant: Mutant, killer: str, seconds: float) -> None:
    say(f"{'killed' if killer else 'LIVES '} {seconds:5.1f} s  {mutant}{f'  <- {killer}' if killer else ''}")


def in_forks(found: list[Mutant]) -> list[Mutant]:
    """Play mutants in forks of this process, which reads the tests; those that live."""
    forks = Forks(found, processes=PROCESSES, tell=tell, say=say)
    code = pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "-m", NOT_HERE, *TESTS], plugins=[forks])
    if code != pytest.ExitCode.OK:
        sys.exit(int(code))
    return forks.alive


def in_copies(found: list[Mutant]) -> list[Mutant]:
    """Play mutants in copies of the project, each from the start; those that live."""
    with tempfile.TemporaryDirectory() as folder:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(PROCESSES):
            shutil.copytree(ROOT, Path(folder) / str(number), ignore=COPIED)
            free.put(Path(folder) / str(number))
        with ThreadPoolExecutor(PROCESSES) as pool:
            alive = list(pool.map(partial(_lives_in_a_copy, free=free), found))
    return [mutant for mutant, lives in zip(found, alive, strict=True) if lives]


def _lives_in_a_copy(mutant: Mutant, *, free: SimpleQueue[Path]) -> bool:
    project, began = free.get(), time.monotonic()
    file = project / mutant.path
    original = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-m", NOT_HERE, *AT_IMPORT]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(project)}
    try:
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    finally:
        file.write_text(original, encoding="utf-8")
        free.put(project)
    red = next((line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))), "the import")
    tell(mutant, red if done.returncode else "", time.monotonic() - began)
    return done.returncode == 0


def chosen(asked: argparse.Namespace) -> Iterator[Mutant]:
    found = [mutant for path in asked.file or FILES for mutant in mutants(path, (ROOT / path).read_text(encoding="utf-8"))]
    done = asked.resume.read_text(encoding="utf-8") if asked.resume else ""
    return (mutant for mutant in found[:: asked.every] if asked.only in str(mutant) and f" {mutant}  <- " not in done)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--file", action="append", help="only this file (from the root); may be repeated")
    parser.add_argument("--only", default="", help="only mutants whose line in the table holds this")
    parser.add_argument("--every", type=int, default=1, help="every n-th mutant only, for a look that is quick")
    parser.add_argument("--resume", type=Path, help="what an earlier run has printed: what was killed there is not played again")
    parser.add_argument("--list", action="store_true", help="name the mutants and run nothing")
    asked = parser.parse_args()
    found = list(chosen(asked))
    if asked.list:
        say("\n".join(map(str, found)))
        return 0
    began = time.monotonic()
    called, at_import = [each for each in found if each.function], [each for each in found if not each.function]
    alive = [*(in_forks(called) if called else ()), *(in_copies(at_import) if at_import else ())]
    say(f"{len(found)} mutants, {len(found) - len(alive)} killed, {len(alive)} alive, {time.monotonic() - began:.0f} s.")
    say("\n".join(f"LIVES {mutant}" for mutant in alive))
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
