"""What is installed is what is used, and it is locked by hash and by nothing else."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = importlib.metadata.packages_distributions()
OURS = ("importers", "media", "resourcebank", "search", "tests", "tools")
RUN = ("importers", "media", "resourcebank", "search")
# Used without being imported: by name in a setting, as a program, or as a plug-in of another.
NOT_IMPORTED = {
    "gunicorn", "psycopg", "djangorestframework-stubs", "django-stubs", "djlint", "mypy", "ruff", "uv", "import-linter",
    "pytest-xdist", "pytest-timeout",
}  # fmt: skip


def declared(group: str | None = None) -> set[str]:
    """The packages pyproject.toml names for running, or for one of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines: list[str] = project["dependencies"] if group is None else project["optional-dependencies"][group]
    return {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in lines}


def mentioned(folders: tuple[str, ...]) -> set[str]:
    """The roots of all modules that the code imports or that the settings name in a string."""
    found: set[str] = set()
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
            elif file.name == "settings.py" and isinstance(node, ast.Constant) and "." in str(node.value):
                found.add(str(node.value).partition(".")[0])
    return found - set(sys.stdlib_module_names) - set(OURS) - {"__future__"}


def owners(module: str) -> set[str]:
    """The packages that install this module; more than one may share a name."""
    return {owner.lower().replace("_", "-") for owner in INSTALLED.get(module, [])}


def undeclared(modules: set[str], allowed: set[str]) -> list[str]:
    return sorted(module for module in modules if owners(module) and not owners(module) & allowed)


def test_everything_the_site_imports_is_declared_for_running_it() -> None:
    assert undeclared(mentioned(RUN), declared() | declared("postgres")) == []


def test_everything_the_tests_import_is_declared() -> None:
    assert undeclared(mentioned(OURS), declared() | declared("postgres") | declared("dev")) == []


def test_everything_declared_is_used() -> None:
    used = {owner for module in mentioned(OURS) for owner in owners(module)}
    assert (declared() | declared("postgres") | declared("dev")) - used - NOT_IMPORTED == set()


def test_the_locked_sets_hold_hashes_and_no_address() -> None:
    for name in ("run", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^--?(?:extra-)?(?:index|find|trusted)", text, re.MULTILINE)
        pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+.*\\$", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 10


def test_the_development_set_holds_the_run_set_in_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;]+)", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.MULTILINE))

    assert pins("run") <= pins("dev")
    assert {pin.partition("==")[0] for pin in pins("dev")} >= declared() | declared("postgres") | declared("dev")
