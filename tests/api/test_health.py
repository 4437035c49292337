"""What a watcher is told: the process lives, the database answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import sys, django
django.setup()
from django.test import Client
for path in sys.argv[1:]:
    response = Client(SERVER_NAME="localhost").get(path)
    print(response.status_code, response.headers.get("Retry-After"), response.content.decode())
"""


def without_database(data_dir: Path, *paths: str) -> list[str]:
    """What a site answers whose database cannot be opened."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": f"sqlite:///{data_dir}/nowhere/bank.sqlite3",
        "DJANGO_SETTINGS_MODULE": "resourcebank.project.settings",
        "PYTHONUTF8": "1",
    }
    asked = subprocess.run([sys.executable, "-c", ASK, *paths], env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return asked.stdout.splitlines()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_healthy_site_says_so(path: str, client: Client) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_living_touches_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_site_without_its_database_lives_is_not_ready_and_says_so_everywhere(data_dir: Path) -> None:
    lives, ready, search = without_database(data_dir, "/healthz", "/readyz", "/api/v1/resources?kind=activity")
    assert lives.startswith("200 None ")
    for answer in (ready, search):
        assert answer.startswith("503 30 {")
        assert '"code":"database-down"' in answer
