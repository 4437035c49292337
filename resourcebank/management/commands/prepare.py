"""Bring the data of the site up to the code."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from resourcebank.catalogue import CATALOGUE
from resourcebank.services.demo_users import demo_password, demo_users
from search.engines import configured
from search.engines.base import Engine
from search.errors import EngineUnavailable
from search.indexing import rebuild_reason

STATIC = Path(__file__).resolve().parents[2] / "static"


def fingerprint(folder: Path) -> str:
    """A hash over names and contents of all files in `folder`."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def database() -> str:
    """Which database this site uses; only to be compared with another run's."""
    used = connection.settings_dict
    return f"{used['ENGINE']} {used['HOST']}:{used['PORT']}/{used['NAME']}"


class Prepared:
    """What earlier runs have done, kept beside the data; a file that cannot be read only means doing it again."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept

    def _read(self) -> dict[str, str]:
        try:
            return {str(name): str(value) for name, value in json.loads(self.kept.read_text(encoding="utf-8")).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def has(self, name: str, value: str) -> bool:
        return self._read().get(name) == value

    def note(self, name: str, value: str) -> None:
        scratch = self.kept.with_suffix(".new")
        scratch.write_text(json.dumps(self._read() | {name: value}), encoding="utf-8")
        scratch.replace(self.kept)


class Command(BaseCommand):
    """Tables, framework and starter bank, collected static files, search index; each only when it has changed."""

    help = "Bring tables, framework, starter bank, static files and search index up to the code, doing only what has changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepared = Prepared(settings.DATA_DIR / "prepared.json")
        # A database that is new here has met neither the fixtures nor the index, whatever was noted of an earlier one.
        new = self.migrate() or not prepared.has("database", database())
        built = self.build_indexes(all_anew=new)
        if self.load_content(prepared, anew=new) and built:
            # Built a moment ago, before there were words to learn from.
            self.rebuild(built)
        prepared.note("database", database())
        self.collect_static(prepared)
        if settings.DEMO:
            self.introduce_demo_users()

    def introduce_demo_users(self) -> None:
        password = demo_password()
        for user in demo_users(password=password, now=timezone.now()):
            self.say(f"Demo user: {user.email}")
        self.say(f"Password of all four: {password}")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def migrate(self) -> bool:
        """Bring the tables up to date; True when there were none."""
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        self.say("Making the tables of the database …")
        call_command("migrate", interactive=False, verbosity=0)
        return not executor.loader.applied_migrations

    def load_content(self, prepared: Prepared, *, anew: bool) -> bool:
        """True when anything was loaded."""
        state = fingerprint(settings.BASE_DIR / "fixtures")
        if prepared.has("fixtures", state) and not anew:
            return False
        self.say("Loading the framework and the starter bank …")
        call_command("load_framework", verbosity=0)
        call_command("load_bank", verbosity=0)
        prepared.note("fixtures", state)
        return True

    def collect_static(self, prepared: Prepared) -> None:
        state = fingerprint(STATIC)
        if prepared.has("static", state) and settings.STATIC_ROOT.exists():
            return
        self.say("Collecting style sheets and scripts …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        prepared.note("static", state)

    def build_indexes(self, *, all_anew: bool) -> list[str]:
        """Build the index of each engine that cannot use what it has, and name them; one that is silent is left to the worker."""
        reasons = {each.name: reason for each in configured.engines(CATALOGUE.name) if (reason := self.why_rebuild(each, anew=all_anew))}
        for name, reason in reasons.items():
            self.say(f"Building the search index ({name}): {reason} …")
        self.rebuild(list(reasons))
        return list(reasons)

    def rebuild(self, names: list[str]) -> None:
        """All at once learn the words anew, together; one alone takes the words the other uses, or their answers would differ."""
        if len(names) == len(configured.engines(CATALOGUE.name)):
            call_command("reindex")
        else:
            for name in names:
                call_command("reindex", engine=name)

    def why_rebuild(self, engine: Engine, *, anew: bool) -> str | None:
        try:
            return rebuild_reason(CATALOGUE, engine) or ("it belongs to another database" if anew else None)
        except EngineUnavailable as silent:
            self.say(f"The search engine {engine.name} does not answer ({silent}); the other one is used until it does.")
            return None
