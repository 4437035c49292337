"""The habits that no other tool checks: kept everywhere, and each seen broken here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.house_rules import check

ROOT = Path(__file__).resolve().parents[2]
LONG = "def long() -> None:\n" + "    print()\n" * 60
BREACHES = [
    ("resourcebank/web/views.py", "def view(revision): revision.save()", ".save()"),
    ("resourcebank/api/views.py", "def view(Model): return Model.objects", ".objects"),
    ("resourcebank/web/views.py", "from django.shortcuts import get_object_or_404", "get_object_or_404"),
    ("resourcebank/apps.py", "from django.db.models.signals import post_save", "signals"),
    ("search/models.py", "from django import dispatch", "signals"),
    ("resourcebank/services/drafts.py", "import urllib.request", "opens an address"),
    ("importers/run.py", "from requests import get", "opens an address"),
    ("resourcebank/utils.py", "", "says nothing"),
    ("search/helpers.py", "", "says nothing"),
    ("tools/anything.py", LONG, "61 lines"),
    ("tests/test_long.py", "x = 1\n" * 401, "401 lines"),
    ("tests/test_a.py", "from unittest import mock", "a mock"),
    ("tests/test_a.py", "import pytest\npytest.skip()", "pytest.skip"),
    ("tests/test_a.py", "import pytest\n@pytest.mark.xfail\ndef test_a(): pass", "pytest.mark.xfail"),
]
KEPT = [
    ("resourcebank/services/drafts.py", "def save(revision): revision.save()"),
    ("resourcebank/foreign/fetch.py", "import requests"),
    ("resourcebank/web/views.py", "from urllib.parse import urlencode"),
    ("tools/exactly.py", "def long() -> None:\n" + "    print()\n" * 59),
]


def test_the_house_keeps_its_rules() -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize(("path", "text", "sentence"), BREACHES)
def test_a_breach_is_named(tmp_path: Path, path: str, text: str, sentence: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    found = check(tmp_path)
    assert found
    assert all(sentence in str(breach) and str(breach).startswith(path) for breach in found)


@pytest.mark.parametrize(("path", "text"), KEPT)
def test_what_is_allowed_is_left_alone(tmp_path: Path, path: str, text: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert check(tmp_path) == []
