#!/usr/bin/env python3
"""Run the whole suite on what this machine has: all of it on SQLite, then what touches the database on PostgreSQL.

What is missing is named in one line each and its tests are skipped, unless REQUIRE_OPENSEARCH, REQUIRE_POSTGRES,
REQUIRE_BROWSER, REQUIRE_HUNSPELL or REQUIRE_SAMPLES is 1. Arguments are passed on to pytest.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from tools.postgres import NoPostgres, temporary_postgres

PROCESSES = min(os.cpu_count() or 1, 4)
NO_TESTS = 5


def pytest(which: str, environment: dict[str, str], arguments: list[str]) -> int:
    # Each process begins with a part of its own and takes from another's when it is done: what a folder of tests shares is made once,
    # not once for each process.
    command = [sys.executable, "-m", "pytest", "-n", str(PROCESSES), "--dist", "worksteal", "-m", which, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The server that TEST_POSTGRES_URL or DATABASE_URL names, else a throw-away one of this machine."""
    for name in ("TEST_POSTGRES_URL", "DATABASE_URL"):
        if (named := os.environ.get(name, "")).startswith("postgres"):
            yield named
            return
    with temporary_postgres() as address:
        yield address


def on_postgres(environment: dict[str, str], arguments: list[str]) -> int:
    try:
        with postgres() as address:
            print("\nWhat touches the database, once more on PostgreSQL:", flush=True)
            return pytest("(database or postgres) and not sqlite", environment | {"DATABASE_URL": address}, arguments)
    except NoPostgres as missing:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            print(f"REQUIRE_POSTGRES is set, but: {missing}.", file=sys.stderr)
            return 1
        print(f"missing: {missing}, so nothing was run on it", flush=True)
        return 0


def main() -> int:
    arguments = sys.argv[1:]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    print("The whole suite, on SQLite:", flush=True)
    codes = [pytest("not postgres", environment, arguments), on_postgres(environment, arguments)]
    # With arguments that choose few tests there may be none for one of the databases; none at all is a mistake.
    if arguments and NO_TESTS in codes and 0 in codes:
        codes = [code for code in codes if code != NO_TESTS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
