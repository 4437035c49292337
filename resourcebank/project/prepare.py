"""Bring the data of the site up to the code, doing only what has changed: `python -m resourcebank.project.prepare`.

Tables, collected static files, framework and starter bank, search index. A second call with nothing changed takes about a second.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STATIC = Path(__file__).resolve().parents[1] / "static"


def say(sentence: str) -> None:
    print(sentence, flush=True)


def fingerprint(folder: Path) -> str:
    """A hash over names and contents of all files in `folder`."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def read_state(kept: Path) -> dict[str, str]:
    """What earlier runs prepared; a file that cannot be read only means that it is prepared again."""
    try:
        return {str(name): str(value) for name, value in json.loads(kept.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def write_state(kept: Path, state: dict[str, str]) -> None:
    scratch = kept.with_suffix(".new")
    scratch.write_text(json.dumps(state), encoding="utf-8")
    scratch.replace(kept)


def migrate() -> bool:
    """Bring the tables up to date; True when anything was done."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Making the tables of the database …")
    call_command("migrate", interactive=False, verbosity=0)
    return True


def load_content() -> None:
    say("Loading the framework and the starter bank …")
    call_command("load_framework", verbosity=0)
    call_command("load_bank", verbosity=0)


def collect_static() -> None:
    say("Collecting style sheets and scripts …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def prepare() -> None:
    kept = settings.DATA_DIR / "prepared.json"
    state = read_state(kept)
    # A database made or changed just now has not met the fixtures, whatever the file says.
    database = f"{connection.settings_dict['HOST']}/{connection.settings_dict['NAME']}"
    fixtures = f"{database} {fingerprint(settings.BASE_DIR / 'fixtures')}"
    if migrate() or state.get("fixtures") != fixtures:
        load_content()
        write_state(kept, state := state | {"fixtures": fixtures})
    static = fingerprint(STATIC)
    if state.get("static") != static or not settings.STATIC_ROOT.exists():
        collect_static()
        write_state(kept, state | {"static": static})


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resourcebank.project.settings")
    django.setup()
    try:
        prepare()
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
