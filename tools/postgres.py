#!/usr/bin/env python3
"""A throw-away PostgreSQL for tests, reached only through a socket in a folder of its own.

`with temporary_postgres() as address:` gives the DATABASE_URL; nothing is left behind.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

# It holds nothing worth keeping, so it never waits for the disk; and compiling a plan pays on large tables only.
DURABLE_OFF = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
FAST = f"{DURABLE_OFF} -c jit=off -c listen_addresses= -c max_connections=50"


class NoPostgres(Exception):
    """PostgreSQL is not installed, or would not start; the message is a sentence."""


def find_server() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, newest version first; Debian keeps it off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def owner() -> str | None:
    """The account that must own the server: root may not, so it borrows one; anybody else uses their own."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def run(*command: str | Path, user: str | None) -> None:
    try:
        subprocess.run(command, user=user, extra_groups=[] if user else None, cwd="/", check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as failed:
        raise NoPostgres(f"PostgreSQL would not start: {failed.stderr.strip() or failed.stdout.strip()}") from failed


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """The address of a fresh server with an empty database `bank`, for as long as the block runs."""
    server = find_server()
    if server is None:
        raise NoPostgres("PostgreSQL is not installed on this machine")
    user = owner()
    # Short and outside the project: a socket's path may have 107 characters, and the account must be able to get there.
    folder = Path(tempfile.mkdtemp(prefix="bank-pg-", dir="/tmp"))
    data = folder / "data"
    try:
        if user:
            shutil.chown(folder, user)
        run(server / "initdb", "-D", data, "-U", "bank", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", user=user)
        log = folder / "log"
        run(server / "pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", log, "-o", f"-k {folder} {FAST}", user=user)
        try:
            run(server / "createdb", "-h", folder, "-U", "bank", "bank", user=user)
            yield f"postgres://bank@/{folder}/bank"
        finally:
            run(server / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data, user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
