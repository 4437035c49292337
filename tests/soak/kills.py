"""People hand in texts at a real site whose processes are killed all the while; `make soak` plays 1,000 (SOAK_HANDED_IN)
with 20 kills (SOAK_KILLS)."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from uuid import uuid4

from resourcebank.content import Content, content_hash, content_of, tidy
from resourcebank.models import AuditEvent, Review, Revision, User
from resourcebank.web.contributing_form import Page, fields_of
from resourcebank.workflow import Status
from tests.factories import whole_content, whole_form
from tests.soak.browsing import Answer, Fields, browser_of
from tests.soak.site import Site

SUBMISSIONS = int(os.environ.get("SOAK_HANDED_IN", "20"))
KILLS = int(os.environ.get("SOAK_KILLS", "0")) or max(1, SUBMISSIONS // 50)
CLIENTS = 6
HISTORY = ["start", "save", "save", "submit"]
"""What the log holds of a text that was begun once, saved once on each of two pages and handed in once."""


def text_of(name: str, author: User) -> Content:
    """What somebody writes."""
    return whole_content(attribution=str(author), forms=(whole_form("nb", title=name, transcript=""),))


class Person:
    """Somebody who hands in one text after the other. `new_key` forgets, at a second press, that there was a first: what must not be."""

    def __init__(self, user: User, port: int, *, new_key: bool = False) -> None:
        self.user, self.browser = user, browser_of(user, port)
        self.new_key = new_key

    def hand_in(self, name: str) -> int:
        """Begin, write, hand in; the number of the revision once the site has said that it has it."""
        draft = self._begin()
        revision = int(draft.rstrip("/").split("/")[-1])
        content = text_of(name, self.user)
        self._save(draft, Page.CONTENT, content)
        self._save(draft, Page.PLACE, content)
        address = f"{draft}?steg={Page.SEND}"
        sent = self._press(address, self.browser.get(address), {"do": "send"})
        assert sent.location == f"/nb/mine/{revision}/", (sent.status, sent.location, sent.text[:2000])
        return revision

    def _begin(self) -> str:
        start = self.browser.get("/nb/bidra/")
        fields = {"csrfmiddlewaretoken": start.field("csrfmiddlewaretoken"), "key": start.field("key"), "way": "own", "language": "nb"}
        before = self.browser.again
        answer = self.browser.post("/nb/bidra/", fields)
        if self.new_key and self.browser.again > before:
            answer = self.browser.post("/nb/bidra/", fields | {"key": str(uuid4())})
        assert answer.status == 302, answer.text[:2000]
        return answer.location.partition("?")[0]

    def _save(self, draft: str, page: Page, content: Content) -> None:
        address = f"{draft}?steg={page}"
        answer = self._press(address, self.browser.get(address), fields_of(content, page=page) | {"do": "next"})
        assert answer.status == 302, answer.text[:2000]

    def _press(self, address: str, page: Answer, fields: Fields) -> Answer:
        return self.browser.post(address, {**fields, **{name: page.field(name) for name in ("csrfmiddlewaretoken", "seen")}})


@dataclass(frozen=True, slots=True)
class Played:
    """What was handed in: the revisions the site said it had, by the name of the text, and how often something was sent again."""

    acknowledged: dict[str, tuple[int, User]]
    again: int


def play(site: Site, authors: Sequence[User], *, submissions: int, kills: int, seed: int = 1) -> Played:
    """Hand texts in from several browsers at once, and kill something each time a share of them has been handed in."""
    names = iter([f"Innsending {number}" for number in range(submissions)])
    turn, done = Lock(), dict[str, tuple[int, User]]()
    due = [(number + 1) * submissions // (kills + 1) for number in range(kills)]
    deaths = violence(site, random.Random(seed))

    def work(person: Person) -> int:
        while True:
            with turn:
                name = next(names, "")
                if due and len(done) >= due[0]:
                    due.pop(0)
                    next(deaths)()
            if not name:
                return person.browser.again
            done[name] = person.hand_in(name), person.user

    people = [Person(author, site.port) for author in authors]  # here, since a thread that logs in leaves a connection behind
    with ThreadPoolExecutor(len(people)) as pool:
        again = sum(pool.map(work, people))
    return Played(done, again)


def violence(site: Site, chance: random.Random) -> Iterator[Callable[[], None]]:
    """One way of dying after the other: in the middle of anything, or with everything done and nothing said."""
    while True:
        yield partial(site.die_after, "/nb/bidra/")
        yield chance.choice((site.kill_web, site.kill_worker))
        yield partial(site.die_after, "/nb/bidra/")
        yield chance.choice((site.kill_web, site.kill_master))


@dataclass(frozen=True, slots=True)
class Losses:
    """The names of texts that were acknowledged and are not there, that are there twice, and that are not whole."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    half: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.half)


def losses(played: Played) -> Losses:
    """Compare what people were told with what is there."""
    kept = Counter(Revision.objects.filter(forms__language="nb").values_list("forms__title", flat=True))
    return Losses(
        lost=tuple(name for name in played.acknowledged if not kept[name]),
        doubled=tuple(name for name, times in kept.items() if times > 1 or not name),
        half=tuple(name for name, (number, author) in played.acknowledged.items() if kept[name] and not _is_whole(number, name, author)),
    )


def _is_whole(number: int, name: str, author: User) -> bool:
    """One text, one round of review, one line in the log for each thing that was done."""
    revision = Revision.objects.select_related("kind", "licence").get(pk=number)
    done = list(AuditEvent.objects.filter(revision=revision).order_by("number").values_list("action", flat=True))
    return (
        revision.status == Status.IN_REVIEW
        and content_hash(content_of(revision)) == content_hash(tidy(text_of(name, author)))
        and Review.objects.filter(revision=revision, closed_at=None).count() == 1
        and done == HISTORY
    )
