"""A process beside the test's own, on the same database and the same index folder. It may die on the way, as by a power cut."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from search.engines import configured
from search.engines.base import Engine
from search.engines.opensearch import OpenSearchEngine
from search.schema import Schema

ROOT = Path(__file__).resolve().parents[2]
KILLED = 9


def run(deed: str, *arguments: str, area: str = "search") -> int:
    """Run tests/<area>/deeds/<deed>.py in a process of its own; gives its exit code."""
    environment = os.environ | {
        "DATABASE_URL": address_of_database(),
        "DATA_DIR": str(Path(settings.SEARCH["INDEX_DIR"]).parent),
        "DJANGO_SETTINGS_MODULE": "resourcebank.project.settings",
    }
    command = [sys.executable, "-m", f"tests.{area}.deeds.{deed}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, timeout=110, check=False).returncode


def engine_of(schema: Schema, url: str = "", prefix: str = "") -> Engine:
    """The OpenSearch engine at an address, or the embedded one of an index."""
    return OpenSearchEngine(url, prefix=prefix, budget=20.0) if url else configured.embedded(schema.name)


def die() -> None:
    """End this process at once: nothing is finished, flushed or closed."""
    os._exit(KILLED)


def address_of_database() -> str:
    """DATABASE_URL of the database the test is on."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    address = urlsplit(os.environ["DATABASE_URL"])
    server = address.path.rsplit("/", 1)[0]  # the folder of the socket, or nothing
    return urlunsplit(address._replace(path=f"{server}/{name}"))
