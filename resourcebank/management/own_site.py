"""Commands run in a site of its own: a temporary folder with the starter bank, in fresh processes of this program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

Manage = Callable[[Sequence[str]], str]


@contextmanager
def own_site() -> Iterator[Manage]:
    """The starter bank on SQLite in a folder that is gone afterwards; what is given runs a command there and returns what it prints.

    Raises CommandError with the end of what a command complained of.
    """
    with tempfile.TemporaryDirectory(prefix="bank-") as folder:
        environment = os.environ | {"DATA_DIR": folder, "DATABASE_URL": ""}

        def manage(command: Sequence[str]) -> str:
            return _manage(command, environment)

        for command in (["migrate", "-v0"], ["load_framework"], ["load_bank"]):
            manage(command)
        yield manage


def _manage(command: Sequence[str], environment: dict[str, str]) -> str:
    program = str(Path(settings.BASE_DIR) / "manage.py")
    done = subprocess.run([sys.executable, program, *command], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  ours
    if done.returncode:
        raise CommandError(f"`manage.py {' '.join(command)}` failed:\n{done.stderr[-2000:]}")
    return done.stdout
