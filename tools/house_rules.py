#!/usr/bin/env python3
"""The habits of the house that no other tool checks; `make lint` runs it. Prints each breach with its reason.

- The API and the pages never write to a model and never query one: a view makes one call to a service, the catalogue or a selector.
- No Django signals: who changes something says so in the same function.
- Only the places below open an address: everything else would get past the guard of `resourcebank/foreign/`.
- No function over 60 lines, no file over 400, no file named after nothing (`utils.py`, `helpers.py`, …).
- No test is switched off, and nothing of ours is replaced by a mock.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("importers", "media", "resourcebank", "search")
ALL = (*CODE, "tests", "tools")
DOORS = (("resourcebank", "api"), ("resourcebank", "web"))
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERIES = {"objects", "_default_manager", "_base_manager"}
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.db.backends.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
OPENERS = ("urllib.request", "http.client", "requests", "httpx", "aiohttp", "socket", "ftplib", "smtplib")
MAY_OPEN = ("resourcebank/foreign/", "resourcebank/project/serve.py", "search/engines/punctual.py")  # the last only reads what is open
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers", "misc", "common"}
SWITCHED_OFF = {"skip", "skipif", "xfail"}
LONGEST_FUNCTION = 60
LONGEST_FILE = 400


@dataclass(frozen=True)
class Breach:
    """One broken rule: the file (from the root), the line and the sentence."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


def imported(node: ast.AST) -> Iterator[str]:
    """The full names an import statement may bring in: `from a.b import c` gives a.b and a.b.c."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names(module: str, roots: Iterable[str]) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def in_doors(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
        yield f".{node.func.attr}() in a view: writing is one call to a service (a plain dict is joined with |)."
    if isinstance(node, ast.Attribute) and node.attr in QUERIES:
        yield f".{node.attr} in a view: reading is one call to a selector or the catalogue, which decide what is visible."
    if any(name.endswith(("get_object_or_404", "get_list_or_404")) for name in imported(node)):
        yield "get_object_or_404 in a view: a revision comes through the selectors, which decide what is visible."


def in_code(node: ast.AST, path: str) -> Iterator[str]:
    modules = list(imported(node))
    if any(names(module, SIGNALS) for module in modules):
        yield "Django signals: call what must happen in the function that makes it happen."
    if not path.startswith(MAY_OPEN) and any(names(module, OPENERS) for module in modules):
        yield "only resourcebank/foreign/ opens an address: it holds the guard."


def in_tests(node: ast.AST, path: str) -> Iterator[str]:
    if any(names(module, ["unittest.mock"]) for module in imported(node)):
        yield "a mock: use the real thing; what is ours is cheap to run."
    if isinstance(node, ast.Attribute) and node.attr in SWITCHED_OFF and path != "tests/machine.py":
        owner = ast.unparse(node.value)
        if owner in {"pytest", "pytest.mark", "unittest"}:
            yield f"{owner}.{node.attr}: mark what the test needs (tests/machine.py), or mend or delete it."


def long_function(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
        lines = node.end_lineno - node.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield f"{node.name} has {lines} lines; the longest a function may be is {LONGEST_FUNCTION}."


def node_breaches(node: ast.AST, parts: tuple[str, ...], path: str) -> Iterator[str]:
    if parts[0] in CODE:
        yield from in_code(node, path)
    if parts[:2] in DOORS:
        yield from in_doors(node)
    if parts[0] == "tests":
        yield from in_tests(node, path)
    yield from long_function(node)


def breaches(root: Path, file: Path) -> Iterator[Breach]:
    """Every rule that `file` breaks."""
    relative = file.relative_to(root)
    path, text = relative.as_posix(), file.read_text(encoding="utf-8")
    if file.stem in NAMELESS:
        yield Breach(path, 1, f"{file.name} says nothing about what is in it: name it after its subject.")
    if (lines := text.count("\n")) > LONGEST_FILE:
        yield Breach(path, lines, f"{lines} lines; a file has one subject and at most {LONGEST_FILE}.")
    for node in ast.walk(ast.parse(text, filename=path)):
        for sentence in node_breaches(node, relative.parts, path):
            yield Breach(path, getattr(node, "lineno", 1), sentence)


def check(root: Path) -> list[Breach]:
    files = [file for folder in ALL for file in sorted((root / folder).rglob("*.py")) if "migrations" not in file.parts]
    return [breach for file in files for breach in breaches(root, file)]


def main() -> int:
    found = check(ROOT)
    for breach in found:
        print(breach)
    print("House rules: " + (f"{len(found)} broken." if found else "all kept."))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
