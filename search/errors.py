"""What can go wrong in a search, told apart by whose fault it is."""

from __future__ import annotations


class SearchError(Exception):
    """Base of every error the search package raises on purpose."""


class BadQuery(SearchError):
    """The request cannot be answered as asked; the fault is in the address or the form.

    `code` is one of `unknown-parameter`, `unknown-value`, `too-long`, `out-of-window`.
    `field` is the parameter, `value` what stood there, `nearest` the closest known name or value (or None).
    The sentence a person reads is made where the language is known.
    """

    def __init__(self, *, code: str, field: str, value: str = "", nearest: str | None = None, limit: int | None = None) -> None:
        super().__init__(f"{code}: {field}={value!r}")
        self.code = code
        self.field = field
        self.value = value
        self.nearest = nearest
        self.limit = limit


class EngineUnavailable(SearchError):
    """The engine refused, timed out or answered with something that is not an answer."""


class IndexOutdated(EngineUnavailable):
    """The index was built with another schema, analysis or engine version than this process has."""


class IndexBroken(EngineUnavailable):
    """The index is missing or damaged; a rebuild mends it."""


class SearchDown(SearchError):
    """No engine can answer now."""


class EngineBusy(SearchError):
    """Another writer has the index; the change stays in the log and is taken up later."""
