"""`manage.py prepare`, played by real processes on folders of their own: what has changed is done, and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(360)  # the whole bank is loaded and indexed, by another process that gets one core of two
ROOT = Path(__file__).resolve().parents[2]
ALL_STEPS = ("Making the tables", "Loading the framework", "Collecting style sheets", "Building the search index (embedded)")


def manage(data_dir: Path, command: str, **environment: str) -> str:
    """What a command says on SQLite and the embedded index; it must succeed."""
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)} | environment
    words = [sys.executable, str(ROOT / "manage.py"), command]
    done = subprocess.run(words, env=bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def prepare(data_dir: Path) -> str:
    return manage(data_dir, "prepare")


def published(data_dir: Path) -> int:
    with sqlite3.connect(data_dir / "bank.sqlite3") as database:
        found = database.execute("SELECT count(*) FROM resourcebank_resource WHERE published_id IS NOT NULL").fetchone()
    database.close()
    return int(found[0])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder prepared from nothing, and what was said meanwhile."""
    data_dir = tmp_path_factory.mktemp("prepared") / "var"
    return data_dir, prepare(data_dir)


def test_from_nothing_it_makes_a_whole_bank(first: tuple[Path, str]) -> None:
    data_dir, said = first
    assert [step for step in ALL_STEPS if step not in said] == []
    assert published(data_dir) >= 10
    assert (data_dir / "static" / "staticfiles.json").exists()


def test_a_second_time_there_is_nothing_to_do(first: tuple[Path, str]) -> None:
    assert prepare(first[0]) == ""


def test_a_demo_site_introduces_the_same_four_users_each_time(first: tuple[Path, str]) -> None:
    said = manage(first[0], "prepare", DEMO="1")
    assert said.count("@demo.invalid") == 4
    assert "Password of all four: demo-" in said
    assert manage(first[0], "prepare", DEMO="1") == said


@pytest.mark.parametrize(
    ("lost", "steps"),
    [
        ("index", ["Building the search index (embedded)"]),
        ("static", ["Collecting style sheets"]),
        ("prepared.json", ["Loading the framework", "Collecting style sheets", "Building the search index (embedded)"]),
    ],
)
def test_what_is_lost_is_made_again_and_nothing_is_doubled(first: tuple[Path, str], lost: str, steps: list[str]) -> None:
    data_dir, _ = first
    before = published(data_dir)
    target = data_dir / lost
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    said = prepare(data_dir)
    assert [step for step in ALL_STEPS if step in said] == [step for step in ALL_STEPS if step in steps]
    assert published(data_dir) == before
    assert prepare(data_dir) == ""


def test_notes_that_cannot_be_read_only_mean_doing_it_again(first: tuple[Path, str]) -> None:
    data_dir, _ = first
    (data_dir / "prepared.json").write_bytes(b"\xff{")
    assert "Loading the framework" in prepare(data_dir)
    assert prepare(data_dir) == ""


def test_a_new_database_is_filled_whatever_the_notes_say(first: tuple[Path, str]) -> None:
    data_dir, _ = first
    for file in data_dir.glob("bank.sqlite3*"):
        file.unlink()
    said = prepare(data_dir)
    assert "Making the tables" in said
    assert "Loading the framework" in said
    assert "Building the search index (embedded): it has read further than the log goes" in said
    assert published(data_dir) >= 10
    manage(data_dir, "verify")
