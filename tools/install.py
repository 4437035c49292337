#!/usr/bin/env python3
"""Make .venv and install a locked set into it: `install.py run` or `install.py dev`.

Does nothing when the set is already there. Standard library only, and every line above `main` parses on old Pythons,
so that a Python that is too old is answered with a sentence and not with a stack trace.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-set"


class CannotInstall(Exception):
    """The message is a sentence for the person at the prompt."""


def use_new_enough_python() -> None:
    """Go on in a newer Python of this machine when the one that runs this is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)  # noqa: UP031  must parse and run on old Pythons
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])  # noqa: S606
    raise CannotInstall(
        "This needs Python 3.11 or newer, and python3 here is " + sys.version.split()[0] + ": install a newer one and try again."
    )


def locked(name: str) -> str:
    """What the stamp says when the set `name` of today is installed; the development set holds the run set."""
    whole = hashlib.sha256()
    for each in ("run", "dev")[: 1 if name == "run" else 2]:
        whole.update((ROOT / "requirements" / (each + ".txt")).read_bytes())
    return name + " " + whole.hexdigest()


def works(python: Path) -> bool:
    return python.exists() and subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_venv() -> None:
    if works(PYTHON):
        return
    if subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL):
        raise CannotInstall("Python's venv module is missing: install it (on Debian and Ubuntu `apt install python3-venv`) and try again.")
    print("Making .venv …", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise CannotInstall("Python could not make .venv; its own message stands above.")


def install(name: str) -> None:
    kept = STAMP.read_text(encoding="ascii") if STAMP.exists() else ""
    if works(PYTHON) and kept in {locked("dev"), locked(name)}:
        return
    make_venv()
    print("Installing the packages of requirements/" + name + ".txt (a minute or two the first time) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.call([*command, "-r", str(ROOT / "requirements" / (name + ".txt"))]):
        raise CannotInstall("pip could not install the packages; its own message stands above. Nothing else was changed: try again.")
    STAMP.write_text(locked(name), encoding="ascii")


def main() -> int:
    try:
        use_new_enough_python()
        install(sys.argv[1])
    except CannotInstall as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
