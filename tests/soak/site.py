"""A real site on the test's own database: gunicorn and the worker under the supervisor, started again when they are killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

from tests.search.another_process import ROOT, address_of_database

SUPERVISOR = """
import sys
from resourcebank.project.serve import MANAGE, site_command, supervise
site = [part.replace("resourcebank.project.wsgi", "tests.soak.dying") for part in site_command("127.0.0.1", int(sys.argv[1]))]
sys.exit(supervise(site=site, worker=[*MANAGE, "work"]))
"""


class Site:
    """The running site. `folder` is its DATA_DIR."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        self._supervisor: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start the supervisor, and wait until the site answers."""
        environment = os.environ | {
            "DATABASE_URL": address_of_database(),
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "resourcebank.project.settings",
        }
        with (self.folder / "site.log").open("ab") as log:
            command = [sys.executable, "-c", SUPERVISOR, str(self.port)]
            self._supervisor = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while not self.answers():
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._supervisor.send_signal(signal.SIGTERM)
        self._supervisor.wait(60)

    def answers(self) -> bool:
        """Whether somebody is there."""
        site = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(site), contextlib.suppress(OSError, HTTPException):
            site.request("GET", "/readyz")
            return site.getresponse().status == 200
        return False

    def log(self) -> str:
        """What the processes have said."""
        return (self.folder / "site.log").read_text(encoding="utf-8")

    def kill_web(self) -> None:
        """`kill -9` of the process that answers; its master starts another."""
        for pid in children(self._master()):
            _kill(pid)

    def kill_master(self) -> None:
        """`kill -9` of gunicorn's master and all it has: the supervisor ends with 1, and is started again as a service manager would."""
        master = self._master()
        for pid in (master, *children(master)):
            _kill(pid)
        assert self._supervisor.wait(60) == 1
        self.start()

    def kill_worker(self) -> None:
        """`kill -9` of the process that does what waits; the supervisor starts another."""
        for pid in children(self._supervisor.pid):
            if pid != self._master():
                _kill(pid)

    def die_after(self, path: str) -> None:
        """Let the process die that receives the next form at a path that begins so, when it has done its work and not answered."""
        scratch = self.folder / "die-after.new"
        scratch.write_text(path, encoding="utf-8")
        scratch.replace(self.folder / "die-after")

    def _master(self) -> int:
        return next(pid for pid in children(self._supervisor.pid) if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """A site for as long as the block runs; `folder` becomes its DATA_DIR."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    site = Site(folder)
    try:
        site.start()
        yield site
    finally:
        site.stop()
