#!/usr/bin/env python3
"""Start and stop one real OpenSearch node for development and CI: `node.py start`, `node.py stop`, `node.py find-jdk`.

The node listens on the loopback address only and has no users and no encryption: never put it on a network.
It needs a JDK 21 or newer and Maven, and nothing else; standard library only, so that it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POM = Path(__file__).with_name("pom.xml")
OLDEST_JDK = 21
COMPACT_HEADERS_SINCE = 25
START_SECONDS = 120
STOP_SECONDS = 20
# Loopback is never asked for through a proxy that the environment names.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
# A write to a missing alias must fail instead of creating an index with the alias's name;
# a nearly full development disk must not turn the indexes read-only.
NODE_SETTINGS = """\
network.host: 127.0.0.1
transport.port: 9300-9399
action.auto_create_index: false
action.destructive_requires_name: true
cluster.routing.allocation.disk.threshold_enabled: false
"""


class NodeError(Exception):
    """The node cannot be started or stopped; the message is a sentence for the person at the prompt."""


def jdk_version(home: Path) -> int:
    """The main version of the JDK in `home`, 0 when there is none."""
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return int(found[1]) if found else 0


def jdk_homes() -> Iterator[Path]:
    """Where a JDK usually lies, the person's own choice first."""
    if chosen := os.environ.get("JAVA_HOME"):
        yield Path(chosen)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    for pattern in (
        "/usr/lib/jvm/*",
        "/opt/java/*",
        "/opt/jdk*",
        str(Path.home() / ".sdkman/candidates/java/*"),
        "/Library/Java/JavaVirtualMachines/*/Contents/Home",
        "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    ):
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def find_jdk() -> Path:
    for home in jdk_homes():
        if jdk_version(home) >= OLDEST_JDK:
            return home
    raise NodeError(f"No JDK {OLDEST_JDK} or newer was found: install one, or set JAVA_HOME to the folder of one.")


def classpath(folder: Path, jdk: Path) -> str:
    """All jars of the node, downloaded by Maven the first time (about 100 MB)."""
    kept = folder / "classpath.txt"
    if not kept.exists() or kept.stat().st_mtime < POM.stat().st_mtime or not all(map(os.path.exists, kept.read_text().split(":"))):
        maven = shutil.which("mvn")
        if maven is None:
            raise NodeError("Maven (mvn) was not found: install it, or start OpenSearch with `docker compose up opensearch`.")
        print("Fetching OpenSearch with Maven (about 100 MB the first time) …", flush=True)
        command = [maven, "-B", "-q", "-Dstyle.color=never", "-f", str(POM), "dependency:build-classpath"]
        goal = [f"-Dmdep.outputFile={kept}", "-Dmdep.pathSeparator=:"]
        if subprocess.run(command + goal, env=os.environ | {"JAVA_HOME": str(jdk)}, check=False).returncode:
            raise NodeError("Maven could not fetch OpenSearch; its own message stands above.")
    return kept.read_text()


def answering_version(port: int) -> str | None:
    """The version of the OpenSearch that answers on `port` and can take work, None when none does."""
    try:
        with DIRECT.open(f"http://127.0.0.1:{port}/", timeout=3) as answer:
            version = str(json.load(answer)["version"]["number"])
        with DIRECT.open(f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=2s", timeout=5):
            return version
    except (OSError, ValueError, KeyError, TypeError):
        return None


def port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def launch(folder: Path, *, port: int, heap: str) -> subprocess.Popen[bytes]:
    jdk = find_jdk()
    jars = classpath(folder, jdk)
    conf, scratch = folder / "conf", folder / "tmp"
    for each in (conf, scratch):
        each.mkdir(exist_ok=True)
    (conf / "opensearch.yml").write_text(NODE_SETTINGS, encoding="utf-8")
    newer = ["-XX:+UseCompactObjectHeaders"] if jdk_version(jdk) >= COMPACT_HEADERS_SINCE else []
    command = [
        str(jdk / "bin" / "java"),
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *newer,
        "--enable-native-access=ALL-UNNAMED",
        f"-Djava.io.tmpdir={scratch}",
        *("-cp", jars, "org.codelibs.opensearch.runner.OpenSearchRunner"),
        *("-basePath", str(folder / "data"), "-confPath", str(conf), "-clusterName", "ovingsbanken", "-numOfNode", "1"),
        *("-baseHttpPort", str(port - 1)),  # the runner adds the node's number, 1
    ]
    with (folder / "node.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)


def why_it_died(folder: Path) -> str:
    """The last lines the node wrote; the runner itself ends without a word when something is wrong."""
    logs = [folder / "node.log", *(folder / "data" / "node_1" / "logs").glob("*.log")]
    written = [path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:] for path in logs if path.exists()]
    return "\n".join(line for lines in written for line in lines)


def start(folder: Path, *, port: int, heap: str) -> None:
    if version := answering_version(port):
        print(f"OpenSearch {version} already answers on http://127.0.0.1:{port}.")
        return
    if port_taken(port):
        raise NodeError(f"Port {port} is taken by something that is not OpenSearch: stop that, or choose another with --port.")
    folder.mkdir(parents=True, exist_ok=True)
    node = launch(folder, port=port, heap=heap)
    (folder / "node.pid").write_text(str(node.pid))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if version := answering_version(port):
            print(f"OpenSearch {version} answers on http://127.0.0.1:{port}; `make opensearch-stop` stops it.")
            return
        if node.poll() is not None:
            raise NodeError(f"OpenSearch ended at once. Its last words:\n{why_it_died(folder)}")
        time.sleep(0.5)
    stop(folder)
    raise NodeError(f"OpenSearch did not answer within {START_SECONDS} s. Its last words:\n{why_it_died(folder)}")


def is_our_node(pid: int) -> bool:
    """Whether `pid` still is the node: a number from an old file may belong to another program by now."""
    listed = subprocess.run(["ps", "-o", "stat=,args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return "OpenSearchRunner" in listed and not listed.startswith("Z")


def stop(folder: Path) -> None:
    kept = folder / "node.pid"
    pid = int(kept.read_text()) if kept.exists() else 0
    if not pid or not is_our_node(pid):
        kept.unlink(missing_ok=True)
        print("No OpenSearch node of this folder is running.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_our_node(pid) and time.monotonic() < deadline:
        time.sleep(0.2)
    if is_our_node(pid):
        os.kill(pid, signal.SIGKILL)
    kept.unlink(missing_ok=True)
    print("OpenSearch is stopped.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("start", "stop", "find-jdk"))
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--heap", default="1g", help="memory of the node (default 1g)")
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("DATA_DIR") or ROOT / "var") / "opensearch")
    asked = parser.parse_args()
    try:
        if asked.action == "start":
            start(asked.folder.resolve(), port=asked.port, heap=asked.heap)
        elif asked.action == "stop":
            stop(asked.folder.resolve())
        else:
            print(find_jdk())
    except NodeError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
