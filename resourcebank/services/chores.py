"""What the worker does besides the indexes: each job on its own, now and then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from resourcebank.services.forgetting import forget_expired
from resourcebank.services.links import check_due_links
from resourcebank.services.needs import forget_needs
from resourcebank.services.outbox import forget_sent, send_due
from resourcebank.services.publication import publish_due
from resourcebank.services.published_links import keep_all_links
from resourcebank.services.reminders import remind
from resourcebank.services.saved_searches import tell_of_new_hits

log = logging.getLogger(__name__)
PAUSE_AFTER_FAILURE = 60.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done every so many seconds. `do` gets the time and gives how much it did; done twice it does nothing twice."""

    name: str
    every: float
    do: Callable[[datetime], int]


def check_links(now: datetime) -> int:
    """Look at the addresses that are due, a few at a time: an answer may take seconds."""
    return check_due_links(now, limit=5)


def publish_planned(now: datetime) -> int:
    """Publish what was planned for now; gives how many were looked at."""
    return len(publish_due(now))


def forget(now: datetime) -> int:
    """Forget what was kept for a while and is over."""
    return forget_expired(now=now)


def mend_links(now: datetime) -> int:
    """See that the rows of what published texts lead to are right; the first round fills them on a site that had none."""
    return keep_all_links()


JOBS = (
    Job("what was kept for a while", 60, forget),
    Job("planned publications", 20, publish_planned),
    Job("mails", 1, send_due),
    Job("reminders", 3600, remind),
    Job("kept searches", 300, tell_of_new_hits),
    Job("what people miss", 24 * 3600, forget_needs),
    Job("sent mails", 24 * 3600, forget_sent),
    Job("links of published texts", 24 * 3600, mend_links),
    Job("links", 60, check_links),
)


@dataclass(slots=True)
class Chores:
    """Calls every job when its time has come. A job that fails is logged, waits at least a minute, and stops no other."""

    jobs: Sequence[Job] = JOBS
    _next: dict[str, float] = field(default_factory=dict)

    def tend(self, now: datetime) -> dict[str, int]:
        """One round; gives what the jobs that were called have done."""
        done = {}
        for job in self.jobs:
            if time.monotonic() < self._next.get(job.name, 0.0):
                continue
            pause = job.every
            try:
                done[job.name] = job.do(now)
            except Exception:
                log.exception("the job «%s» failed and is tried again", job.name)
                pause = max(pause, PAUSE_AFTER_FAILURE)
            self._next[job.name] = time.monotonic() + pause
        return done
