"""The import rules hold, and each of them notices when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("importers", "media", "resourcebank", "search")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
# For each contract the file that breaks it and the import it gets.
BREACHES = {
    "packages": ("search/request.py", "import resourcebank.errors"),
    "bank": ("resourcebank/workflow.py", "import resourcebank.services"),
    "search": ("search/schema.py", "import search.plan"),
    "doors": ("resourcebank/web/__init__.py", "import resourcebank.api"),
    "engines": ("search/engines/tantivy.py", "import search.engines.opensearch"),
    "domain-without-http": ("resourcebank/policies.py", "import rest_framework"),
    "plain-search": ("search/errors.py", "import django.db"),
    "tantivy": ("resourcebank/quality.py", "import tantivy"),
    "opensearchpy": ("search/engines/base.py", "import opensearchpy"),
}


def lint_imports(root: Path, *arguments: str) -> str:
    """What import-linter says of the packages in `root`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(root / "pyproject.toml"), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("static", "locale", "templates", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_has_a_breach_to_show() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(BREACHES)


def test_all_contracts_are_kept() -> None:
    assert f"{len(CONTRACTS)} kept, 0 broken" in lint_imports(ROOT)


def test_each_contract_notices_its_breach(copy: Path) -> None:
    for name, statement in BREACHES.values():
        file = copy / name
        assert file.exists()
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{statement}  # noqa\n", encoding="utf-8")
    assert f"0 kept, {len(CONTRACTS)} broken" in lint_imports(copy)
