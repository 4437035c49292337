"""The settings, read by real processes from real environments."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from resourcebank.project.secret import kept_secret

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "resourcebank" / "project" / "settings.py"
SHOW = """
import json
from resourcebank.project import settings
names = ["SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SITE_NAME", "SITE_URL", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
         "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DATABASES", "SEARCH"]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def settings_with(data_dir: Path, **environment: str) -> dict[str, object]:
    """What the settings are for a process that has this environment and nothing else."""
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)} | environment
    shown = subprocess.run([sys.executable, "-c", SHOW], env=bare, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(shown.stdout))


def test_an_empty_environment_gives_a_safe_local_site(data_dir: Path) -> None:
    site = settings_with(data_dir)
    assert site["DEBUG"] is False
    assert set(site["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}  # type: ignore[call-overload]
    assert site["SITE_NAME"] == "Øvingsbanken"
    assert str(data_dir / "bank.sqlite3") in str(site["DATABASES"])
    assert site["SEARCH"] == {
        "INDEX_DIR": str(data_dir / "index"),
        "TABLES": str(SETTINGS.parents[1] / "catalogue" / "words"),
        "OPENSEARCH_URL": "",
        "OPENSEARCH_CA": "",
    }


def test_empty_values_count_as_unset(data_dir: Path) -> None:
    names = ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "OPENSEARCH_URL", "OPENSEARCH_CA", "SITE_URL", "SITE_NAME")
    assert settings_with(data_dir, **dict.fromkeys(names, "")) == settings_with(data_dir)


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(data_dir: Path) -> None:
    first, second = settings_with(data_dir), settings_with(data_dir)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(str(first["SECRET_KEY"])) >= 50
    assert stat.S_IMODE((data_dir / "secret-key").stat().st_mode) == 0o600
    assert settings_with(data_dir.parent / "another")["SECRET_KEY"] != first["SECRET_KEY"]


def test_all_who_start_at_once_share_one_secret_key(tmp_path: Path) -> None:
    starters = 8
    barrier = Barrier(starters)

    def start(folder: Path) -> str:
        barrier.wait()
        return kept_secret(folder)

    with ThreadPoolExecutor(starters) as pool:
        for attempt in range(20):
            folder = tmp_path / str(attempt)
            assert len(set(pool.map(start, [folder] * starters))) == 1
            assert [path.name for path in folder.iterdir()] == ["secret-key"]


def test_a_folder_with_odd_characters_is_only_a_folder(tmp_path: Path) -> None:
    odd = tmp_path / "øvings bank #1 100%?x=y"
    assert settings_with(odd)["DATABASES"]["default"]["NAME"] == str(odd / "bank.sqlite3")  # type: ignore[index]


def test_a_public_address_turns_encryption_on(data_dir: Path) -> None:
    public, local = settings_with(data_dir, SITE_URL="https://bank.example.no/"), settings_with(data_dir)
    guarded = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert all(public[name] for name in guarded)
    assert not any(local[name] for name in guarded)
    assert public["SITE_URL"] == "https://bank.example.no"
    assert "bank.example.no" in str(public["ALLOWED_HOSTS"])


def test_there_are_at_most_fifteen_settings() -> None:
    assert 0 < len(settings_read()) <= 15


def test_the_settings_file_stays_short() -> None:
    assert len(SETTINGS.read_text(encoding="utf-8").splitlines()) < 250


def settings_read() -> set[str]:
    """The names of all environment variables the settings read."""
    return set(re.findall(r'env(?:\.\w+)?\("([A-Z_]+)"', SETTINGS.read_text(encoding="utf-8")))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_keeps_what_it_acknowledged_and_lets_readers_read_while_somebody_writes() -> None:
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 20_000
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_ends_what_hangs_and_lets_the_next_go_on() -> None:
    def shown(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]

    assert (shown("statement_timeout"), shown("lock_timeout")) == ("1min", "20s")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
            cursor.execute("SELECT pg_sleep(30)")
        transaction.set_rollback(True)
    assert shown("statement_timeout") == "1min"


def test_whoever_writes_limits_into_the_address_of_postgresql_decides_alone(data_dir: Path) -> None:
    def options(address: str) -> object:
        return settings_with(data_dir, DATABASE_URL=address)["DATABASES"]["default"]["OPTIONS"]  # type: ignore[index]

    usual = {"options": "-c statement_timeout=60s -c lock_timeout=20s"}
    assert options("postgres://bank@db/bank") == usual
    assert options("postgres://bank@db/bank?sslmode=require") == usual | {"sslmode": "require"}
    assert options("postgres://bank@db/bank?options=-c%20statement_timeout%3D5min") == {"options": "-c statement_timeout=5min"}
