#!/usr/bin/env python3
"""Do what a newcomer does, in a fresh copy with nothing beside it: `make run`, look around, Ctrl-C, and once more.

Checks what is committed, not what lies in the work tree. Standard library only; exits 1 at the first thing that is not right.
"""

from __future__ import annotations

import contextlib
import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_SECONDS = 180
SECOND_SECONDS = 5
STOP_SECONDS = 15
# Nothing of this environment is carried over but what finds programs and packages.
NOT_CARRIED = (
    "ALLOWED_HOSTS", "BANK_SAMPLES", "DATABASE_URL", "DATA_DIR", "DEBUG", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL",
    "MFLAGS", "OPENSEARCH_CA", "OPENSEARCH_URL", "PYTHONPATH", "SECRET_KEY", "SITE_NAME", "SITE_URL", "VIRTUAL_ENV",
)  # fmt: skip
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NotRight(Exception):
    """What a newcomer would stumble over, as a sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[str, HTTPMessage]:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Language": "nb"})
    with DIRECT.open(asked, timeout=10) as answer:
        return answer.read().decode("utf-8"), answer.headers


def answers(port: int) -> bool:
    try:
        get(port, "/nb/")
    except OSError:
        return False
    return True


@contextlib.contextmanager
def running(copy: Path, port: int, *, within: float) -> Iterator[None]:
    """`make run` until Ctrl-C, as at a terminal; it must answer in time and leave nothing behind."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_CARRIED} | {"PORT": str(port)}
    log = copy.parent / "run.log"
    began = time.monotonic()
    with log.open("wb") as out:
        make = subprocess.Popen(["make", "run"], cwd=copy, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        while not answers(port):
            if make.poll() is not None or time.monotonic() - began > within + 60:
                raise NotRight(f"make run did not come up:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.05)
        took = time.monotonic() - began
        print(f"first answer after {took:.1f} s", flush=True)
        if took > within:
            raise NotRight(f"The first answer came after {took:.1f} s; at most {within} s is promised.\n{log.read_text(encoding='utf-8')}")
        yield
        stop(make, port, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGTERM)
        make.wait(timeout=30)


def stop(make: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ctrl-C reaches every process of the terminal's foreground group."""
    os.killpg(make.pid, signal.SIGINT)
    make.wait(timeout=STOP_SECONDS)
    said = log.read_text(encoding="utf-8")
    if "Traceback" in said or "ERROR" in said:
        raise NotRight(f"The start or the end was not clean:\n{said}")
    left = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    if found := [line for line in left.splitlines() if str(log.parent) in line]:
        raise NotRight("Ctrl-C left running: " + "; ".join(found))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def look_around(port: int) -> None:
    """The main job: the front page, a search with hits, the first hit, and the same over the API."""
    front, headers = get(port, "/")
    if "Set-Cookie" in headers or 'lang="nb"' not in front:
        raise NotRight("The front page sets a cookie or is not in bokmål.")
    found = json.loads(get(port, "/api/v1/resources?q=valg")[0])
    if not found["count"]:
        raise NotRight("Nothing is found for «valg».")
    first = found["results"][0]
    page, _ = get(port, "/nb/sok/?q=valg")
    # Found words are marked inside the title.
    if first["title"] not in html.unescape(re.sub(r"</?mark[^>]*>", "", page)):
        raise NotRight("The search page does not show the first hit of the API.")
    detail = json.loads(get(port, f"/api/v1/resources/{first['id']}")[0])
    if detail["id"] != first["id"]:
        raise NotRight("The API gives another resource than asked for.")
    for path in ("/healthz", "/readyz", "/api/v1/schema", "/api/v1/terms"):
        get(port, path)
    print(f"front page, search ({found['count']} hits for «valg»), API and health answer", flush=True)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bank-first-start-") as folder:
        copy, port = Path(folder) / "copy", free_port()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        try:
            with running(copy, port, within=FIRST_SECONDS):
                look_around(port)
            with running(copy, port, within=SECOND_SECONDS):
                look_around(port)
        except NotRight as problem:
            print(problem, file=sys.stderr)
            return 1
    print("both starts and both ends were clean")
    return 0


if __name__ == "__main__":
    sys.exit(main())
