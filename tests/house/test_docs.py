"""README lists everything a person can set or run, so that it cannot lag behind the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.test_settings import settings_read

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def readme() -> str:
    return README.read_text(encoding="utf-8")


def make_targets() -> list[str]:
    """The targets `make help` lists."""
    return re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def commands() -> list[str]:
    """The management commands of our own packages."""
    return sorted(file.stem for file in ROOT.glob("*/management/commands/*.py") if file.stem != "__init__")


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_readme_lists_every_setting(name: str) -> None:
    assert re.search(rf"`{name}`", readme()), f"README.md does not mention the setting {name}"


@pytest.mark.parametrize("target", make_targets())
def test_readme_lists_every_make_target(target: str) -> None:
    assert re.search(rf"\bmake {target}(?![\w-])", readme()), f"README.md does not mention `make {target}`"


@pytest.mark.parametrize("command", commands())
def test_readme_lists_every_management_command(command: str) -> None:
    assert re.search(rf"`(manage\.py )?{command}\b", readme()), f"README.md does not mention the command {command}"


def test_readme_names_no_setting_that_does_not_exist() -> None:
    listed = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", readme(), re.MULTILINE))
    assert listed
    assert listed <= settings_read() | {"PORT"}


def test_every_page_that_readme_links_to_exists() -> None:
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", readme())
    assert linked
    assert [page for page in linked if not (ROOT / page).exists()] == []
