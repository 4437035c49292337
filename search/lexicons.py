"""The lexicons kept on this host: one file per lexicon, named by its hash, and a list of the words that came later."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from uuid import uuid4

from search.analysis.lexicon import Lexicon, lexicon_name
from search.engines.configured import index_dir
from search.errors import IndexOutdated


class LexiconShelf:
    """Lexicons in one folder, each read once per process. Words learnt by another process are seen when its list grows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._held: tuple[str, Lexicon, int] | None = None

    def keep(self, lexicon: Lexicon) -> str:
        """Write a lexicon down and make it the newest; gives its name."""
        data = lexicon.to_bytes()
        name = lexicon_name(data)
        self._folder.mkdir(parents=True, exist_ok=True)
        _write_whole(self._file(name), data)
        _write_whole(self._folder / "LEXICON", name.encode())
        return name

    def newest(self) -> str | None:
        """The name of the lexicon made last, if its file is whole; what this process remembers does not count."""
        try:
            name = (self._folder / "LEXICON").read_text().strip()
            self.check(name)
        except (OSError, UnicodeDecodeError, IndexOutdated):
            return None
        return name

    def get(self, name: str) -> Lexicon:
        """The lexicon of that name with the words learnt since. Raises IndexOutdated when it is missing or damaged."""
        held, grown = self._held, self._size_of_list(name)
        if held and held[0] == name and held[2] == grown:
            return held[1]
        with self._lock:
            if held and held[0] == name and held[2] <= grown:
                lexicon, read = held[1], held[2]
            else:
                lexicon, read = self._read(name), 0
            lexicon.learn(self._learnt(name, read, grown))
            self._held = (name, lexicon, grown)
            return lexicon

    def learn(self, name: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Note (group, word) pairs that the lexicon does not know; before the documents that hold them can be found."""
        lexicon = self.get(name)
        new = [f"{group} {word}\n" for group, word in dict.fromkeys(pairs) if word not in lexicon.counts[group]]
        if new:
            with self._list(name).open("ab") as stream:
                stream.write("".join(new).encode())

    def remove_others(self, keep: set[str]) -> None:
        """Remove the lexicons that no generation uses."""
        for file in self._folder.glob("lexicon-*"):
            if file.name.removeprefix("lexicon-").split(".")[0] not in keep:
                file.unlink(missing_ok=True)

    def check(self, name: str) -> None:
        """Raises IndexOutdated when the file on disk is not the lexicon of that name."""
        try:
            whole = lexicon_name(self._file(name).read_bytes()) == name
        except OSError as error:
            raise IndexOutdated(f"lexicon {name} is missing") from error
        if not whole:
            raise IndexOutdated(f"lexicon {name} is damaged")

    def _read(self, name: str) -> Lexicon:
        self.check(name)
        try:
            return Lexicon.from_bytes(self._file(name).read_bytes())
        except (OSError, ValueError, KeyError) as error:
            raise IndexOutdated(f"lexicon {name} cannot be read") from error

    def _learnt(self, name: str, start: int, end: int) -> list[tuple[str, str]]:
        if end <= start:
            return []
        with self._list(name).open("rb") as stream:
            stream.seek(start)
            lines = stream.read(end - start).decode(errors="replace").splitlines()
        pairs = [line.partition(" ") for line in lines]
        return [(group, word) for group, _, word in pairs if group in ("no", "en", "other") and word]

    def _size_of_list(self, name: str) -> int:
        try:
            return self._list(name).stat().st_size
        except OSError:
            return 0

    def _file(self, name: str) -> Path:
        return self._folder / f"lexicon-{name}.json"

    def _list(self, name: str) -> Path:
        return self._folder / f"lexicon-{name}.learnt"


def shelf_of(index_name: str) -> LexiconShelf:
    """The lexicons of an index on this host."""
    return _shelf(index_dir(index_name))


@cache
def _shelf(folder: Path) -> LexiconShelf:
    return LexiconShelf(folder)


def _write_whole(file: Path, data: bytes) -> None:
    draft = file.with_name(f".{file.name}.{uuid4().hex[:8]}")
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
