"""An author who writes on, a reviewer who decides and a curator who publishes, all at once and from pages that may be old;
`make soak` plays 1,000 (SOAK_INTERLEAVINGS), each from a seed of its own."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db import DatabaseError
from django.test import override_settings

from resourcebank.content import content_hash, content_of
from resourcebank.errors import BankError
from resourcebank.models import Decision, Revision, User
from resourcebank.services.checklist import Checklist
from resourcebank.services.drafts import save
from resourcebank.services.publication import publish
from resourcebank.services.review import approve, request_changes, submit, take_back, withdraw_approval
from resourcebank.workflow import FIXED, Status, Verdict
from tests.factories import NOW, handed_in, whole_content, whole_form, yes_to_all
from tests.review.test_two_at_once import at_once

INTERLEAVINGS = int(os.environ.get("SOAK_INTERLEAVINGS", "12"))
ROUNDS = 4
"""In each round everybody who is there presses one button, all at the same moment."""


class DatabaseRefused(BankError):
    """What stands behind the services had to refuse."""

    code = "database"
    status = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page somebody has before them: the version and the text they see, and the checklist they fill in for it."""

    version: int
    text: str
    checklist: Checklist


@dataclass(slots=True)
class Play:
    """One text and who is at it. `read` holds the hash of each text that somebody approved, as it was when they read it."""

    revision_id: int
    author: User
    reviewer: User
    curator: User
    chance: random.Random
    sheets: dict[int, Sheet] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def now(self) -> Revision:
        """The text as it stands."""
        return Revision.objects.select_related("resource", "kind", "licence").get(pk=self.revision_id)

    def sheet_of(self, user: User) -> Sheet:
        """The page the person acts on: a new one, or now and then the one they had."""
        if user.pk not in self.sheets or self.chance.random() < 0.7:
            revision = self.now()
            self.sheets[user.pk] = Sheet(revision.version, content_hash(content_of(revision)), yes_to_all(revision))
        return self.sheets[user.pk]

    def rewrite(self, sheet: Sheet, title: str) -> None:
        """The author takes it back if it waits, writes another text, and hands it in again."""
        revision, seen = self.now(), sheet.version
        if revision.status == Status.IN_REVIEW:
            revision = take_back(revision, by=self.author, now=NOW, seen=seen)
            seen = revision.version
        content = whole_content(forms=(whole_form("nb", title=title), whole_form("nn", title=title)))
        saved = save(revision, by=self.author, content=content, seen=seen, now=NOW)
        submit(saved, by=self.author, now=NOW, seen=saved.version)

    def approve(self, sheet: Sheet, by: User) -> None:
        """Somebody approves what they have read."""
        approve(self.now(), by=by, now=NOW, seen=sheet.version, checklist=sheet.checklist)
        self.read.append(sheet.text)

    def request_changes(self, sheet: Sheet, by: User) -> None:
        """Somebody sends it back."""
        request_changes(self.now(), by=by, now=NOW, seen=sheet.version, note="Rett dette.")

    def publish(self, sheet: Sheet) -> None:
        """The curator makes it public."""
        publish(self.now(), by=self.curator, now=NOW, seen=sheet.version)

    def withdraw_approval(self, sheet: Sheet) -> None:
        """The curator has second thoughts."""
        withdraw_approval(self.now(), by=self.curator, now=NOW, seen=sheet.version, reason="Les den en gang til.")

    def moves(self, number: int) -> Iterator[Callable[[], None]]:
        """What the two or three who are there in this round press."""
        there = self.chance.sample([self.author, self.reviewer, self.curator], self.chance.choice((2, 3)))
        for user in there:
            sheet = self.sheet_of(user)
            if user == self.author:
                yield partial(self.rewrite, sheet, f"Utgave {number} av {self.revision_id}")
            elif user == self.reviewer:
                yield partial(self.chance.choice((self.approve, self.approve, self.request_changes)), sheet, user)
            else:
                yield partial(self.chance.choice((self.publish, self.publish, self.withdraw_approval)), sheet)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text: whether it is public, whether that text is one nobody had read and approved, and who was refused why."""

    seed: int
    published: bool
    unapproved: bool
    refusals: tuple[str, ...]


def outcomes(count: int, *, author: User, reviewer: User, curator: User, first: int = 1) -> Iterator[Outcome]:
    """Play that many texts, from the seeds `first` and on. In every other one the last approval publishes."""
    for seed in range(first, first + count):
        with override_settings(BANK_PUBLISH_ON_APPROVAL=seed % 2 == 0):
            play = Play(handed_in(by=author).pk, author, reviewer, curator, random.Random(seed))
            refusals = [code for number in range(ROUNDS) for code in _round(play, number)]
        yield Outcome(seed, play.now().status in FIXED, _is_unapproved(play), tuple(refusals))


def _round(play: Play, number: int) -> list[str]:
    found = at_once(*(partial(_unless_the_database_refuses, move) for move in play.moves(number)))
    return [refusal.code for refusal in found if refusal]


def _unless_the_database_refuses(move: Callable[[], None]) -> None:
    """What stands behind the services refuses too; it never has to while they hold."""
    try:
        move()
    except DatabaseError as error:
        raise DatabaseRefused(str(error)) from error


def _is_unapproved(play: Play) -> bool:
    revision = play.now()
    if revision.status not in FIXED:
        return False
    text = content_hash(content_of(revision))
    decisions = Decision.objects.filter(review__revision=revision, verdict=Verdict.APPROVE).exclude(reviewer=revision.author)
    decided = set(decisions.values_list("content_hash", flat=True))
    return not (text == revision.content_hash and text in decided and text in play.read)
