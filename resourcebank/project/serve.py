"""Run the site and its worker side by side: `python -m resourcebank.project.serve`, which is what `make run` does.

SIGINT and SIGTERM are passed on to both; after 10 s what still runs is killed.
A worker that dies is started again; when the site dies, both end and the exit code is 1.
"""

from __future__ import annotations

import argparse
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from resourcebank.project.settings import BASE_DIR, SITE_NAME

GRACE_SECONDS = 10.0
RESTART_SECONDS = 1.0
THREADS = 4
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Slow clients may hold a thread this long; a page takes milliseconds.
REQUEST_SECONDS = 30
MANAGE = (sys.executable, str(BASE_DIR / "manage.py"))


@dataclass(frozen=True)
class Signalled:
    """Somebody asked the supervisor to stop."""

    number: int


@dataclass(frozen=True)
class Ended:
    """A child process ended by itself."""

    child: subprocess.Popen[bytes]


def say(sentence: str) -> None:
    print(sentence, flush=True)


def start(command: Sequence[str], events: SimpleQueue[Signalled | Ended]) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own: Ctrl-C at the terminal reaches it through us, once."""
    child = subprocess.Popen(command, process_group=0, stdin=subprocess.DEVNULL, cwd=BASE_DIR)  # noqa: S603  the commands are ours

    def watch() -> None:
        child.wait()
        events.put(Ended(child))

    threading.Thread(target=watch, daemon=True).start()
    return child


def end(children: Sequence[subprocess.Popen[bytes]], *, number: int, grace: float) -> None:
    """Pass the signal on, wait `grace` seconds in all, then kill what is left, grandchildren included."""
    for child in children:
        child.send_signal(number)
    deadline = time.monotonic() + grace
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def supervise(*, site: Sequence[str], worker: Sequence[str], grace: float = GRACE_SECONDS, pause: float = RESTART_SECONDS) -> int:
    """Run both commands until somebody says stop (0) or the site dies (1)."""
    # SimpleQueue.put is safe inside a signal handler, unlike Queue.put.
    events: SimpleQueue[Signalled | Ended] = SimpleQueue()
    for stopper in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stopper, lambda received, _frame: events.put(Signalled(received)))
    running_site, running_worker = start(site, events), start(worker, events)
    while True:
        match next_event(events):
            case Signalled(number):
                say("Stopping …")
                end([running_site, running_worker], number=number, grace=grace)
                return 0
            case Ended(child) if child is running_site:
                say(f"The site ended by itself (code {child.returncode}); stopping the worker too.")
                end([running_worker], number=signal.SIGTERM, grace=grace)
                return 1
            case Ended(child):
                say(f"The worker ended by itself (code {child.returncode}); starting it again.")
                time.sleep(pause)
                running_worker = start(worker, events)


def next_event(events: SimpleQueue[Signalled | Ended]) -> Signalled | Ended:
    """Wait in steps: an endless wait for the queue would not let the signal handlers run on every system."""
    while True:
        try:
            return events.get(timeout=3600)
        except Empty:
            continue


def port_problem(host: str, port: int) -> str | None:
    """Why the site cannot listen there, as a sentence; None when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                return f"Port {port} is taken by another program: stop that one, or choose another port with `make run PORT={port + 1}`."
            return f"The site cannot listen on {host}:{port} ({refused.strerror}): choose another port with `make run PORT=8000`."
    return None


def announce(port: int) -> None:
    """Print the address when the site answers there, not before."""
    address = f"http://127.0.0.1:{port}/"
    while True:
        try:
            # Not urllib: it would ask a proxy named in the environment.
            site = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            site.request("GET", "/healthz")
            if site.getresponse().status == http.HTTPStatus.OK:
                break
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    say(f"{SITE_NAME} is ready: {address} (Ctrl-C stops it)")


def may_show_demo(host: str, site_url: str) -> bool:
    """Whether nobody but this machine can reach the site: the demo users are known to everybody."""
    return {host, urlsplit(site_url).hostname} <= LOOPBACK and urlsplit(site_url).scheme == "http"


def site_command(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "resourcebank.project.wsgi:application"),
        *("--bind", f"{host}:{port}", "--workers", "1", "--threads", str(THREADS)),
        *("--timeout", str(REQUEST_SECONDS), "--graceful-timeout", str(int(GRACE_SECONDS) - 2)),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Prepare what has changed, then run site and worker.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    if problem := port_problem(asked.host, asked.port):
        print(problem, file=sys.stderr)
        return 1
    # Addresses written into answers must carry the port, unless the person has said what the site is called outside.
    os.environ["SITE_URL"] = os.environ.get("SITE_URL") or f"http://127.0.0.1:{asked.port}"
    if may_show_demo(asked.host, os.environ["SITE_URL"]):
        os.environ.setdefault("DEMO", "1")
    try:
        prepared = subprocess.run([*MANAGE, "prepare"], cwd=BASE_DIR, check=False).returncode  # noqa: S603  the command is ours
    except KeyboardInterrupt:
        return 130
    if prepared:
        return prepared
    threading.Thread(target=announce, args=[asked.port], daemon=True).start()
    return supervise(site=site_command(asked.host, asked.port), worker=[*MANAGE, "work"])


if __name__ == "__main__":
    sys.exit(main())
