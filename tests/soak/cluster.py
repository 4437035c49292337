"""A cluster of three OpenSearch nodes, each a process of its own that can be killed."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.machine import DIRECT
from tools.opensearch import node

FIRST_HTTP, FIRST_TRANSPORT = 9271, 9371
NODES = 3
LAUNCHER = Path(node.__file__).with_name("ClusterNode.java")


@dataclass(slots=True)
class Cluster:
    """The nodes' processes by number, 1 first."""

    folder: Path
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def addresses(self) -> Sequence[str]:
        return [f"http://127.0.0.1:{FIRST_HTTP + number - 1}" for number in range(1, NODES + 1)]

    def start(self, number: int) -> None:
        jdk = node.find_jdk()
        data = self.folder / f"node-{number}"
        data.mkdir(parents=True, exist_ok=True)
        jars = node.classpath(self.folder, jdk)
        where = [str(number), str(NODES), str(FIRST_HTTP), str(FIRST_TRANSPORT), str(data)]
        command = [str(jdk / "bin" / "java"), "-Xms384m", "-Xmx384m", "-cp", jars, str(LAUNCHER), *where]
        with (self.folder / f"node-{number}.log").open("ab") as log:
            self.processes[number] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def kill(self, number: int) -> None:
        """As a machine dies: without a word."""
        process = self.processes.pop(number)
        process.kill()
        process.wait()

    def wait(self, nodes: int, status: str, *, seconds: float, ask: int = 1) -> None:
        """Until the node `ask` sees so many nodes and a health of at least `status`."""
        end = time.monotonic() + seconds
        address = f"{self.addresses[ask - 1]}/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=2s"
        while time.monotonic() < end:
            try:
                with DIRECT.open(address, timeout=5) as answer:
                    if not json.load(answer)["timed_out"]:
                        return
            except OSError:
                time.sleep(0.5)
        raise TimeoutError(f"no cluster of {nodes} nodes with status {status} within {seconds} s")


@contextmanager
def three_nodes(folder: Path) -> Iterator[Cluster]:
    """Three nodes that found each other; whatever runs at the end is killed."""
    made = Cluster(folder)
    try:
        for number in range(1, NODES + 1):
            made.start(number)
        made.wait(NODES, "green", seconds=400)
        yield made
    finally:
        for number in list(made.processes):
            made.kill(number)
