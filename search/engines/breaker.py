"""Not asking again at once whoever just failed to answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from search.errors import EngineUnavailable, IndexBroken

PAUSE = 3.0
"""Seconds without a question after a failure. One request then tries again, so an engine is used at most this long after it is back."""


class Breaker:
    """Lets requests through until one fails; then none for a while; then one at a time until one succeeds.

    An engine that says at once that it lacks the index is no failure here: it answers, and may have the index a moment later.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._shut_until = 0.0

    @contextmanager
    def passage(self) -> Iterator[None]:
        """Raises EngineUnavailable at once while shut; notes how the request inside ends."""
        with self._lock:
            now = time.monotonic()
            if now < self._shut_until:
                raise EngineUnavailable("the engine failed a moment ago")
            trying = self._shut_until > 0.0
            if trying:
                self._shut_until = now + PAUSE  # only this request tries
        try:
            yield
        except EngineUnavailable as error:
            with self._lock:
                self._shut_until = 0.0 if isinstance(error, IndexBroken) else time.monotonic() + PAUSE
            raise
        with self._lock:
            self._shut_until = 0.0
