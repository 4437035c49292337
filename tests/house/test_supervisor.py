"""Site and worker under one supervisor, played with real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A child that writes down its process id, then what it is told; `stubborn` ones do not listen.
CHILD = """
import os, signal, sys, time
name, manner = sys.argv[1:]
def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # in one piece: both children write to one file
def told(number, frame):
    say(name, "got", signal.Signals(number).name)
    if manner != "stubborn":
        sys.exit(0)
signal.signal(signal.SIGINT, told)
signal.signal(signal.SIGTERM, told)
say(name, "runs as", os.getpid())
while True:
    time.sleep(0.05)
"""
SUPERVISOR = """
import sys
from resourcebank.project.serve import supervise
child, manner = sys.argv[1:]
site, worker = ([sys.executable, child, name, manner] for name in ("site", "worker"))
sys.exit(supervise(site=site, worker=worker, grace=0.5 if manner == "stubborn" else 10, pause=0.05))
"""


class Supervised:
    """A supervisor with its two children, and what they have said."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, true: Callable[[str], bool], seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while not true(self.said()):
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.02)
        return self.said()

    def pids(self, name: str) -> list[int]:
        return [int(line.split()[-1]) for line in self.said().splitlines() if line.startswith(f"{name} runs as")]

    def end(self) -> int:
        return self.process.wait(timeout=60)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def supervised(folder: Path, manner: str = "polite") -> Iterator[Supervised]:
    child, log = folder / "child.py", folder / "log"
    child.write_text(CHILD, encoding="utf-8")
    with log.open("wb") as out:
        command = [sys.executable, "-c", SUPERVISOR, str(child), manner]
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    both = Supervised(process, log)
    try:
        both.wait_for(lambda said: "site runs as" in said and "worker runs as" in said)
        yield both
    finally:
        if process.poll() is None:
            process.kill()
        for pid in filter(alive, both.pids("site") + both.pids("worker")):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_passed_on_to_both_and_the_end_is_clean(tmp_path: Path, number: signal.Signals) -> None:
    with supervised(tmp_path) as both:
        both.process.send_signal(number)
        assert both.end() == 0
        assert f"site got {number.name}" in both.said()
        assert f"worker got {number.name}" in both.said()
        assert not any(map(alive, both.pids("site") + both.pids("worker")))


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    with supervised(tmp_path, "stubborn") as both:
        both.process.send_signal(signal.SIGTERM)
        assert both.end() == 0
        assert not any(map(alive, both.pids("site") + both.pids("worker")))


def test_a_dead_worker_is_started_again_while_the_site_goes_on(tmp_path: Path) -> None:
    with supervised(tmp_path) as both:
        for times in (2, 3):
            os.kill(both.pids("worker")[-1], signal.SIGKILL)
            both.wait_for(lambda _, times=times: len(both.pids("worker")) == times)  # type: ignore[misc]
        assert "The worker ended by itself (code -9); starting it again." in both.said()
        assert len(both.pids("site")) == 1
        assert alive(both.pids("site")[0])
        both.process.send_signal(signal.SIGINT)
        assert both.end() == 0
        assert not alive(both.pids("worker")[-1])


def test_a_dead_site_ends_both(tmp_path: Path) -> None:
    with supervised(tmp_path) as both:
        os.kill(both.pids("site")[0], signal.SIGKILL)
        assert both.end() == 1
        assert "The site ended by itself (code -9)" in both.said()
        assert "worker got SIGTERM" in both.said()
        assert not alive(both.pids("worker")[0])


def test_a_taken_port_is_said_in_one_sentence_before_anything_is_done(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "resourcebank.project.serve", "--port", str(port)]
        answer = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"DATA_DIR": str(data_dir)}, capture_output=True, text=True, check=False
        )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == (
        f"Port {port} is taken by another program: stop that one, or choose another port with `make run PORT={port + 1}`.\n"
    )
    assert not (data_dir / "bank.sqlite3").exists()
