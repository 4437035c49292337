#!/usr/bin/env python3
"""Take out each rule of who may do and see what, one at a time, and see that a test turns red. `make soak` runs it.

A rule is, in the functions of `policies.py` and in the table of `workflow.py` and in what the selectors filter by:
- an `if` that refuses: it never does; and one that lets through: it always does
- each part of an `and`, an `or`, of `|` and `&`: it is left out
- each condition of a `.filter(...)`: it is left out
- each `author=True`, `never_author=True` of a transition: it is turned, and each set of roles is widened to everybody
Every mutant runs in a copy of the project. Prints a table and ends with 1 when one lives.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "resourcebank/policies.py", "resourcebank/workflow.py", "resourcebank/selectors/revisions.py", "resourcebank/selectors/resources.py",
    "resourcebank/selectors/pictures.py", "resourcebank/selectors/searchable.py",
)  # fmt: skip
TESTS = (
    "tests/permissions/test_second_factor.py", "tests/permissions/test_matrix.py", "tests/review/test_workflow.py",
    "tests/review/test_selectors.py", "tests/review/test_services.py",
)  # fmt: skip
REST = (
    "tests/permissions", "tests/review", "tests/web/pages/test_resource_page.py", "tests/search/test_visible.py", "tests/api/test_whole.py",
)  # fmt: skip
ALL_ROLES = "frozenset(RoleName)"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one rule taken out."""

    path: str
    line: int
    what: str
    source: str


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a file."""
    whole = ast.parse(source)
    for place, node in enumerate(ast.walk(whole)):
        for what, change in _changes(node):
            tree = copy.deepcopy(whole)
            _put(tree, list(ast.walk(tree))[place], change)
            yield Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree)))


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            changed = copy.deepcopy(node)
            changed.test = ast.Constant(value)
            if isinstance(node, ast.IfExp) or not _binds(node.test):
                yield f"if {ast.unparse(node.test)[:60]} is {value}", changed
    elif isinstance(node, ast.BoolOp):
        for place, part in enumerate(node.values):
            rest = [copy.deepcopy(value) for other, value in enumerate(node.values) if other != place]
            yield f"without `{ast.unparse(part)[:60]}`", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd) and not _is_type(node):
        yield f"without `{ast.unparse(node.right)[:60]}`", copy.deepcopy(node.left)
        yield f"without `{ast.unparse(node.left)[:60]}`", copy.deepcopy(node.right)
    elif isinstance(node, ast.Call):
        yield from _call_changes(node)


def _call_changes(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    for place, keyword in enumerate(node.keywords):
        changed = copy.deepcopy(node)
        if name in ("filter", "Q", "exclude") and len(node.keywords) + len(node.args) > (1 if name == "Q" else 0):
            del changed.keywords[place]
            yield f"{name} without `{keyword.arg}`", changed
        elif name == "Transition" and keyword.arg in ("author", "never_author"):
            changed.keywords[place].value = ast.Constant(value=False)
            yield f"{_action(node)} without {keyword.arg}", changed
        elif name == "Transition" and keyword.arg == "roles":
            changed.keywords[place].value = ast.parse(ALL_ROLES, mode="eval").body
            yield f"{_action(node)} for every role", changed


def _action(node: ast.Call) -> str:
    return next((ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "action"), "?")


def _binds(test: ast.AST) -> bool:
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(test))


def _is_type(node: ast.BinOp) -> bool:
    """`User | None`, `LoginNeeded | NotAllowed`: names of classes."""
    parts = [node.left, node.right]
    return all((isinstance(part, ast.Constant) and part.value is None) or (isinstance(part, ast.Name) and part.id[:1].isupper()
               and not part.id.isupper()) or (isinstance(part, ast.BinOp) and _is_type(part)) for part in parts)  # fmt: skip


def _put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(each is old for each in value):
                setattr(parent, name, [new if each is old else each for each in value])
                return


def survives(mutant: Mutant, project: Path) -> bool:
    """Whether every test is green although the rule is gone."""
    file = project / mutant.path
    original = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        return _green(project, TESTS) and _green(project, REST)
    finally:
        file.write_text(original, encoding="utf-8")


def _green(project: Path, tests: tuple[str, ...]) -> bool:
    there = [test for test in tests if (project / test).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *there]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False).returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--file", action="append", help="only this file (from the root); may be repeated")
    parser.add_argument("--every", type=int, default=1, help="every n-th mutant only, for a look that is quick")
    parser.add_argument("--list", action="store_true", help="name the mutants and run nothing")
    asked = parser.parse_args()
    found = [mutant for path in asked.file or FILES for mutant in mutants(path, (ROOT / path).read_text(encoding="utf-8"))][:: asked.every]
    if asked.list:
        print("\n".join(f"{mutant.path}:{mutant.line}: {mutant.what}" for mutant in found))
        return 0
    lived = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".hypothesis", ".mypy_cache"))
        if not (_green(project, TESTS) and _green(project, REST)):  # a test that is red anyway would kill every mutant
            print("The tests are red as it is: nothing can be learnt.")
            return 1
        for mutant in found:
            began = time.monotonic()
            alive = survives(mutant, project)
            lived += alive
            told = "LIVES " if alive else "killed"
            print(f"{told} {time.monotonic() - began:5.0f} s  {mutant.path}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{len(found)} mutants, {len(found) - lived} killed, {lived} alive.")
    return 1 if lived else 0


if __name__ == "__main__":
    sys.exit(main())
