"""The front-end files we carry are the ones the manifest names, whole and with their licences."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from tools.vendor import LICENCES, TARGET, VERSIONS, contents

MANIFEST: dict[str, dict[str, str]] = json.loads((TARGET / "VENDOR.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MANIFEST)
def test_a_carried_file_is_the_one_in_the_manifest(name: str) -> None:
    entry = MANIFEST[name]
    assert hashlib.sha256((TARGET / name).read_bytes()).hexdigest() == entry["sha256"]
    assert entry["version"] == VERSIONS[entry["package"]]
    assert entry["licence"] == LICENCES[entry["package"]]


def test_every_carried_file_is_in_the_manifest_or_a_licence() -> None:
    licences = {f"licences/{package.strip('@').replace('/', '-')}.txt" for package in VERSIONS}
    assert set(contents(TARGET)) == set(MANIFEST) | licences | {"VENDOR.json"}


@pytest.mark.parametrize("name", [name for name in MANIFEST if name.endswith((".css", ".js"))])
def test_a_carried_file_points_nowhere_else(name: str) -> None:
    text = (TARGET / name).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert set(re.findall(r"https?://[\w.-]+", text)) <= {"http://www.w3.org"}
    assert "@import" not in text
