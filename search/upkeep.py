"""What a worker does for an index: catch up all the time, look now and then whether it is whole, build it anew when it is not."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

from search.engines import configured
from search.engines.base import Engine
from search.errors import EngineBusy, EngineUnavailable, IndexBroken, IndexOutdated
from search.index import Index
from search.indexing import catch_up, rebuild, rebuild_reason

log = logging.getLogger(__name__)
CHECK_EVERY = 10.0
_LEAST_SHARE = 0.9


@dataclass(slots=True)
class Upkeep:
    """Keeps every engine's index of one bank true; `tend` is called over and over."""

    index: Index
    _check_at: float = 0.0
    _down: set[str] = field(default_factory=set)

    def tend(self) -> int:
        """One round; gives the number of documents written. Never raises for an engine's sake."""
        checking = time.monotonic() >= self._check_at
        if checking:
            self._check_at = time.monotonic() + CHECK_EVERY
        return sum(self._tend(engine, checking=checking) for engine in configured.engines(self.index.name))

    def _tend(self, engine: Engine, *, checking: bool) -> int:
        try:
            if checking and (reason := rebuild_reason(self.index, engine)):
                return self._rebuild(engine, reason)
            written = catch_up(self.index, engine)
            if checking and (reason := self._lost_documents(engine)):
                return self._rebuild(engine, reason)
        except (IndexBroken, IndexOutdated) as error:
            return self._rebuild(engine, str(error))
        except EngineBusy as error:
            log.info("%s waits: %s", engine.name, error)
            return 0
        except EngineUnavailable as error:
            self._say_down(engine, error)
            return 0
        self._say_up(engine)
        return written

    def _rebuild(self, engine: Engine, reason: str) -> int:
        log.warning("%s is rebuilt: %s", engine.name, reason)
        try:
            return rebuild(self.index, (engine,), new_lexicon=False).get(engine.name, 0)
        except EngineBusy as error:
            log.info("%s waits: %s", engine.name, error)
        except EngineUnavailable as error:
            self._say_down(engine, error)
        return 0

    def _lost_documents(self, engine: Engine) -> str | None:
        _, held = engine.check(self.index.schema)
        wanted = sum(1 for _ in self.index.all_ids())
        return f"it holds {held} of {wanted} documents" if held < _LEAST_SHARE * wanted else None

    def _say_down(self, engine: Engine, error: EngineUnavailable) -> None:
        if engine.name not in self._down:
            self._down.add(engine.name)
            log.warning("%s cannot be kept up to date: %s", engine.name, error)

    def _say_up(self, engine: Engine) -> None:
        if engine.name in self._down:
            self._down.discard(engine.name)
            log.warning("%s is kept up to date again", engine.name)
