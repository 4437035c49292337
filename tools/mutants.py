"""The rules of who may do and see what, each taken out once.

A rule is, in the functions of `policies.py` and in the table of `workflow.py` and in what the selectors filter by:
- an `if` that refuses: it never does; and one that lets through: it always does
- each part of an `and`, an `or`, of `|` and `&`: it is left out
- each condition of a `.filter(...)`: it is left out
- each `author=True`, `never_author=True` of a transition: it is turned, and each set of roles is widened to everybody
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

CALLED = "CALLED"
ALL_ROLES = "frozenset(RoleName)"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one rule taken out. `function` is the name of the function of the file, or `Class.method`, that the rule stands in;
    empty when it is read while the file is imported."""

    path: str
    line: int
    what: str
    function: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a file."""
    whole = ast.parse(source)
    functions = {inner: name for node, name in _named(whole) for statement in node.body for inner in ast.walk(statement)}
    for place, node in enumerate(ast.walk(whole)):
        for what, change in _changes(node):
            tree = copy.deepcopy(whole)
            _put(tree, list(ast.walk(tree))[place], change)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            yield Mutant(path, getattr(node, "lineno", 0), what, functions.get(node, ""), changed)


def _named(parent: ast.Module | ast.ClassDef, before: str = "") -> Iterator[tuple[ast.FunctionDef, str]]:
    """Each function of a file and each method of its classes, with its name."""
    for node in parent.body:
        if isinstance(node, ast.ClassDef):
            yield from _named(node, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield node, before + node.name


def watched(path: str, source: str) -> list[Mutant]:
    """For each function of a file a mutant that changes nothing, but adds the name of the function to `CALLED` of its module."""
    tree = ast.parse(source)
    names = []
    for function, name in _named(tree):
        function.body[:0] = ast.parse(f"{CALLED}.add({name!r})").body
        names.append(name)
    changed = ast.unparse(ast.fix_missing_locations(tree))
    return [Mutant(path, 0, "", name, changed) for name in names]


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
