"""Twenty people at a real site at once: readers, contributors whose pages save by themselves, reviewers who decide;
`make soak` lets them work for a minute (SOAK_SECONDS)."""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock

from resourcebank.models import Revision, User
from resourcebank.web.contributing_form import Page, fields_of
from tests.factories import CRITERIA, whole_content, whole_form
from tests.soak.browsing import Answer, Browser, Fields, Gone, browser_of
from tests.soak.queue import percentile

SECONDS = int(os.environ.get("SOAK_SECONDS", "5"))
READERS, CONTRIBUTORS, REVIEWERS = 12, 5, 3
PAUSES = {"reader": (0.5, 2.0), "contributor": (1.0, 3.0), "reviewer": (1.0, 3.0)}
"""Seconds a person looks at what they got before they go on, at least and at most."""
READ = (
    "/nb/", "/nb/sok/", "/nb/sok/?q=stoler", "/nb/sok/?q=velg&word_pair=valg-og-tilfeldigheter", "/nn/sok/?q=stolar&kind=activity",
    "/nb/dekning/", "/nb/ordpar/valg-og-tilfeldigheter/", "/api/v1/resources?q=stol&facets=1",
)  # fmt: skip


@dataclass
class Measured:
    """How long each kind of request took, in milliseconds, and which did not go well."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def ask(self, kind: str, browser: Browser, method: str, path: str, fields: Fields | None = None) -> Answer | None:
        """Ask once; None when there was no good answer."""
        began = time.perf_counter()
        try:
            answer = browser.once(method, path, fields)
        except Gone as gone:
            self.errors.append(f"{kind} {method} {path}: {gone}")
            return None
        with self.lock:
            self.took[kind].append((time.perf_counter() - began) * 1000)
        if answer.status >= 400:
            self.errors.append(f"{kind} {method} {path}: {answer.status}")
            return None
        return answer

    def table(self) -> str:
        """One line for each kind of request."""
        head = f"{'':24}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}"
        rows = (
            f"{kind:24}{len(took):>9}{percentile(took, 0.5):>9.0f}{percentile(took, 0.95):>9.0f}{max(took):>9.0f}"
            for kind, took in sorted((kind, sorted(took)) for kind, took in self.took.items())
        )
        return "\n".join((head, *rows, f"{len(self.errors)} errors"))


@dataclass
class Crowd:
    """Everybody, until the time is up. `saved` holds the title each contributor was last told is saved, by revision."""

    port: int
    until: float
    measured: Measured = field(default_factory=Measured)
    saved: dict[int, str] = field(default_factory=dict)
    decided: list[int] = field(default_factory=list)

    def read(self, seed: int, slugs: Sequence[str]) -> None:
        """Somebody looks around."""
        chance, browser = random.Random(seed), Browser(self.port)
        while self._pause("reader", chance):
            path = chance.choice((*READ, *(f"/nb/ressurs/{chance.choice(slugs)}/{part}" for part in ("", "deltaker/", "ark/"))))
            self.measured.ask(f"reader {path.split('/')[2] or 'front'}", browser, "GET", path)

    def write(self, seed: int, browser: Browser, draft: Revision) -> None:
        """Somebody writes, and the page saves by itself."""
        chance = random.Random(seed)
        address = f"/nb/bidra/{draft.pk}/?steg={Page.CONTENT}"
        page = self.measured.ask("contributor opens", browser, "GET", address)
        number = 0
        while page and (number == 0 or self._pause("contributor", chance)):
            number += 1
            title = f"Utgave {number} av {draft.pk}"
            fields = fields_of(whole_content(forms=(whole_form("nb", title=title, transcript=""),)), page=Page.CONTENT)
            hidden = {name: page.field(name) for name in ("csrfmiddlewaretoken", "seen")}
            if self.measured.ask("contributor saves", browser, "POST", address, {**fields, **hidden, "do": "save"}):
                self.saved[draft.pk] = title
            page = self.measured.ask("contributor opens", browser, "GET", address)

    def judge(self, seed: int, browser: Browser, cases: SimpleQueue[Revision]) -> None:
        """Somebody takes one case after the other, and reads the queue when there is none left."""
        chance = random.Random(seed)
        while not self.decided or self._pause("reviewer", chance):
            self.measured.ask("reviewer queue", browser, "GET", "/nb/vurdering/")
            try:
                case = cases.get_nowait()
            except Empty:
                continue
            address = f"/nb/vurdering/{case.pk}/"
            page = self.measured.ask("reviewer case", browser, "GET", address)
            if page and self.measured.ask("reviewer decides", browser, "POST", address, _verdict(page, chance)):
                self.decided.append(case.pk)

    def _pause(self, who: str, chance: random.Random) -> bool:
        time.sleep(chance.uniform(*PAUSES[who]))
        return time.monotonic() < self.until


def _verdict(page: Answer, chance: random.Random) -> Fields:
    fields = {name: page.field(name) for name in ("csrfmiddlewaretoken", "seen", "seen_token")}
    if chance.random() < 0.3:
        return fields | {"do": "request_changes", "note": "Kort ned steg to."}
    answers = {f"answer.{code}": "ok" for code in CRITERIA}
    return {**fields, **answers, "confirm": ["word_pair:valg-og-tilfeldigheter"], "do": "approve"}


def meet(crowd: Crowd, slugs: Sequence[str], drafts: Sequence[Revision], judges: Sequence[User], cases: SimpleQueue[Revision]) -> None:
    """Let everybody come at once, and wait until the last has gone. They have logged in before: a thread that does leaves a connection."""
    people: list[Callable[[], None]] = [
        *(partial(crowd.read, seed, slugs) for seed in range(READERS)),
        *(partial(crowd.write, 100 + seed, browser_of(draft.author, crowd.port), draft) for seed, draft in enumerate(drafts)),
        *(partial(crowd.judge, 200 + seed, browser_of(user, crowd.port), cases) for seed, user in enumerate(judges)),
    ]
    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(person) for person in people]:
            done.result()
