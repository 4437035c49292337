"""The site's own synonyms, as the search takes them."""

from __future__ import annotations

import time
from threading import Lock

from resourcebank.selectors import synonym_version, synonyms
from search.index import SynonymRow

_ASKED_EVERY = 2.0


class _Shelf:
    """The rows, read again when their version has changed; the version is asked for every two seconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[float, int, tuple[SynonymRow, ...]] | None = None

    def get(self) -> tuple[SynonymRow, ...]:
        held = self._held
        if held and time.monotonic() < held[0]:
            return held[2]
        version = synonym_version()
        rows = held[2] if held and held[1] == version else rows_now() if version else ()
        with self._lock:
            self._held = (time.monotonic() + _ASKED_EVERY, version, rows)
        return rows

    def forget(self) -> None:
        with self._lock:
            self._held = None


_shelf = _Shelf()


def synonym_rows() -> tuple[SynonymRow, ...]:
    """The site's rows: at most one statement every two seconds, one more after a change."""
    return _shelf.get()


def forget_synonyms() -> None:
    """Read the rows anew at the next search of this process; called where they are changed."""
    _shelf.forget()


def rows_now() -> tuple[SynonymRow, ...]:
    """The rows as they are in the database; one statement."""
    return tuple(SynonymRow(row.word, row.other, row.both_ways, row.off) for row in synonyms())
