"""The embedded index on disk: generations in folders, the pointer to the live one, and proof that its files are whole.

<folder>/CURRENT            the name of the live generation
<folder>/g-…/               one generation: the engine's files and
    about.json              what it was built with
    position                how far in the change log it has come
    files.json              size and CRC-32 of every file, as written
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from search.engines.base import About
from search.errors import EngineBusy, IndexBroken

_OWN = frozenset({"about.json", "position", "files.json"})
_YOUNG = 30.0
"""Seconds in which meta.json may be newer than its figures: a writer seals when its merges are done."""
Stamp = tuple[int, int]


class IndexFolder:
    """Where one embedded index lives. Safe for several processes; nothing is kept open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._proved: dict[Path, Stamp] = {}

    def current(self) -> Path:
        """The folder of the live generation; IndexBroken when there is none."""
        name = self._named()
        while not (name.startswith("g-") and (self.path / name).is_dir()):
            # A rebuild may have put another in its place, and taken it away, since the name was read.
            before, name = name, self._named()
            if name == before:
                raise IndexBroken("CURRENT points nowhere")
        return self.path / name

    def _named(self) -> str:
        try:
            return (self.path / "CURRENT").read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexBroken("no index has been built yet") from error

    def new(self, *, fingerprint: str, lexicon: str) -> Path:
        """An empty folder for a new generation, with what it is built with."""
        folder = self.path / f"g-{uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        about = About(generation=folder.name, fingerprint=fingerprint, lexicon=lexicon)
        _write_whole(folder / "about.json", json.dumps(asdict(about)).encode())
        return folder

    def about(self, folder: Path) -> About:
        """What a generation was built with; IndexBroken when that cannot be read."""
        try:
            about = About(**json.loads((folder / "about.json").read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise IndexBroken(f"{folder.name} does not say what it is") from error
        if about.generation != folder.name:
            raise IndexBroken(f"{folder.name} says it is another")
        return about

    def position(self, folder: Path) -> int:
        """How far a generation has come in the log; 0 when unknown, so that everything is read again."""
        try:
            return int((folder / "position").read_text())
        except (OSError, ValueError):
            return 0

    def keep_position(self, folder: Path, position: int) -> None:
        """Remember how far a generation has come; called after its commit."""
        _write_whole(folder / "position", str(position).encode())

    def point_to(self, folder: Path) -> None:
        """Make a generation the live one at one stroke."""
        _write_whole(self.path / "CURRENT", folder.name.encode())

    def remove_others(self, keep: Path) -> None:
        """Remove every generation but one. Readers that still have files of an old one open keep them."""
        for folder in self.path.glob("g-*"):
            if folder != keep:
                shutil.rmtree(folder, ignore_errors=True)

    def remove(self, folder: Path) -> None:
        """Remove a generation that was never finished."""
        shutil.rmtree(folder, ignore_errors=True)

    def remove_all(self) -> None:
        """Remove the index."""
        shutil.rmtree(self.path, ignore_errors=True)

    def seal(self, folder: Path) -> None:
        """Write down size and CRC-32 of every file of a generation. All but meta.json are written once, so they keep their figures."""
        before = _sealed(folder)
        figures = {}
        for file in _engine_files(folder):
            if file.name != "meta.json" and not _is_live(folder, file.name):
                continue  # a merge is still writing it: half of it is not what it will be
            known = before.get(file.name) if file.name != "meta.json" else None
            try:
                figures[file.name] = known or [file.stat().st_size, _crc(file)]
            except FileNotFoundError:
                continue  # merged away meanwhile
        _write_whole(folder / "files.json", json.dumps(figures).encode())

    def prove(self, folder: Path) -> None:
        """Compare the files with what was written down, each once until it changes. Raises IndexBroken."""
        figures = _sealed(folder)
        if not figures:
            raise IndexBroken("files.json cannot be read")
        for file in _engine_files(folder):
            with suppress(FileNotFoundError):  # merged away meanwhile
                self._prove_file(file, figures.get(file.name))
        missing = [name for name in figures if not (folder / name).exists() and _is_live(folder, name)]
        if missing:
            raise IndexBroken(f"{missing[0]} is missing")

    def _prove_file(self, file: Path, figures: list[int] | None) -> None:
        stat = file.stat()
        stamp = (stat.st_size, stat.st_mtime_ns)
        if figures is None or self._proved.get(file) == stamp:
            return
        if figures == [stat.st_size, _crc(file)]:
            self._proved[file] = stamp
        elif file.name != "meta.json" or time.time() - stat.st_mtime > _YOUNG:
            raise IndexBroken(f"{file.name} is not what was written")

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Only one rebuild at a time on this host; EngineBusy while another runs."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "REBUILDING").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusy("the index is being rebuilt by another process") from error
            yield


def _engine_files(folder: Path) -> list[Path]:
    try:
        files = list(folder.iterdir())
    except OSError as error:
        raise IndexBroken(f"{folder.name} cannot be read") from error
    return [file for file in files if file.name not in _OWN and not file.name.startswith(".") and file.suffix != ".tmp"]


def _sealed(folder: Path) -> dict[str, list[int]]:
    try:
        figures = json.loads((folder / "files.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return figures if isinstance(figures, dict) else {}


def _is_live(folder: Path, name: str) -> bool:
    """Does the engine still need a file? A merge removes files before the figures are written anew."""
    if name == "meta.json":
        return True
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        deletes = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in segments}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexBroken("meta.json cannot be read") from error
    segment, *stamp, kind = name.split(".")
    if kind == "del":
        return bool(deletes.get(segment)) and [str(deletes[segment]["opstamp"])] == stamp
    return segment in deletes


def _crc(file: Path) -> int:
    value = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            value = zlib.crc32(block, value)
    return value


def _write_whole(file: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, whatever dies when."""
    draft = file.with_name(f".{file.name}.{uuid4().hex[:8]}")
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
