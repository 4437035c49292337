#!/usr/bin/env python3
"""Renew the front-end files that are committed under resourcebank/static/vendor/.

The site needs no Node to run or to be tested: only whoever upgrades a version here does. Change a version in `VERSIONS` or a colour in
`tools/theme.json`, run `python tools/vendor.py`, look at the pages, commit. `--check` builds again elsewhere and says what differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resourcebank" / "static" / "vendor"
THEME = ROOT / "tools" / "theme.json"

VERSIONS = {
    "@digdir/designsystemet": "1.15.0",
    "@digdir/designsystemet-css": "1.22.0",
    "@fontsource-variable/inter": "5.3.0",
    "htmx.org": "4.0.1",
}
LICENCES = {
    "@digdir/designsystemet": "MIT",
    "@digdir/designsystemet-css": "MIT",
    "@fontsource-variable/inter": "OFL-1.1",
    "htmx.org": "0BSD",
}
FILES = {
    "designsystemet/designsystemet.css": ("@digdir/designsystemet-css", "dist/src/index.css"),
    "htmx/htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "inter/inter-latin.woff2": ("@fontsource-variable/inter", "files/inter-latin-opsz-normal.woff2"),
    "inter/inter-latin-ext.woff2": ("@fontsource-variable/inter", "files/inter-latin-ext-opsz-normal.woff2"),
}
THEME_FILE = "designsystemet/theme.css"
THEME_MAKER = "@digdir/designsystemet"
# The site's storage refuses a reference to a source map that is not there.
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n*]*(?: ?\*/)?")


def install(folder: Path) -> Path:
    """Install exactly the pinned packages into `folder`, without running their scripts; the path of its node_modules."""
    (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": VERSIONS}), encoding="utf-8")
    command = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"


def theme(modules: Path, folder: Path) -> bytes:
    """The style sheet with every colour scale, made from the colours in `tools/theme.json`."""
    config = folder / "designsystemet.config.json"
    tokens = folder / "tokens"
    config.write_text(json.dumps({**json.loads(THEME.read_text(encoding="utf-8")), "outDir": str(tokens)}), encoding="utf-8")
    tool = str(modules / ".bin" / "designsystemet")
    for step in (
        ["tokens", "create", "--config", str(config)],
        ["tokens", "build", "--config", str(config), "-t", str(tokens), "-o", str(folder / "out")],
    ):
        subprocess.run([tool, *step], cwd=folder, check=True, capture_output=True)
    return (folder / "out" / "bank.css").read_bytes()


def write(out: Path, modules: Path, made: dict[str, tuple[str, bytes]]) -> None:
    """Write every file with its licence text and the manifest that a test holds them against."""
    manifest: dict[str, dict[str, str]] = {}
    for name, (package, data) in sorted(made.items()):
        if name.endswith((".css", ".js")):
            data = SOURCE_MAP.sub(b"", data).rstrip() + b"\n"
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
        manifest[name] = {
            "package": package,
            "version": VERSIONS[package],
            "licence": LICENCES[package],
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    (out / "licences").mkdir(exist_ok=True)
    for package in VERSIONS:
        text = (modules / package / "LICENSE").read_text(encoding="utf-8")
        (out / "licences" / f"{package.strip('@').replace('/', '-')}.txt").write_text(text.rstrip() + "\n", encoding="utf-8")
    (out / "VENDOR.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def build(out: Path) -> None:
    """Make the whole vendor folder at `out`, which must not exist or be empty."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        modules = install(folder)
        made = {target: (package, (modules / package / path).read_bytes()) for target, (package, path) in FILES.items()}
        made[THEME_FILE] = (THEME_MAKER, theme(modules, folder))
        write(out, modules, made)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences() -> list[str]:
    """The committed files that are not what a fresh build gives."""
    with tempfile.TemporaryDirectory() as name:
        build(Path(name))
        fresh, kept = contents(Path(name)), contents(TARGET)
    return sorted(path for path in fresh.keys() | kept.keys() if fresh.get(path) != kept.get(path))


def main() -> int:
    """Renew the folder, or with `--check` compare it; 1 when something differs."""
    parser = argparse.ArgumentParser(description="Renew the committed front-end files.")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what differs")
    if parser.parse_args().check:
        found = differences()
        if found:
            print("Not what the packages give: " + ", ".join(found), file=sys.stderr)
        return 1 if found else 0
    shutil.rmtree(TARGET, ignore_errors=True)
    build(TARGET)
    print(f"Renewed {len(contents(TARGET))} files in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
