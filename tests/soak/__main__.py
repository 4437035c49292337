"""What takes too long for every run of the suite: `python -m tests.soak [NAME [SIZE]]`, all of it unless told.

DATABASE_URL chooses the database, as for every test.
"""

from __future__ import annotations

import os
import subprocess
import sys

WHOLE = {
    "decisions": ("SOAK_PAIRS", "1000"),
    "interleavings": ("SOAK_INTERLEAVINGS", "1000"),
    "kills": ("SOAK_HANDED_IN", "1000"),
    "crowd": ("SOAK_SECONDS", "60"),
    "queue": ("SOAK_SUBMISSIONS", "10000"),
    "nodes": ("SOAK_SEARCHING", "20"),
}
"""Each file of tests with the variable that says how much it plays, and how much is the whole of it."""

_FILES = {"nodes": "play_nodes"}


def main(arguments: list[str]) -> int:
    """Run the named ones, or all."""
    names = arguments[:1] or list(WHOLE)
    codes = []
    for name in names:
        variable, size = WHOLE[name]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-s",
            "-n",
            "0",
            "--timeout",
            "7200",
            f"tests/soak/{_FILES.get(name, f'test_{name}')}.py",
        ]
        codes.append(subprocess.run(command, env=os.environ | {variable: (arguments[1:] or [size])[0]}, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
