"""Pairs of people who decide about the same text at the same moment; `make soak` plays 1,000 (SOAK_PAIRS)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice, product

from resourcebank.errors import BankError
from resourcebank.models import AuditEvent, Decision, PublicChange, Revision, User
from resourcebank.services.review import approve, reject, request_changes
from resourcebank.workflow import Action
from tests.factories import NOW, handed_in, yes_to_all
from tests.review.test_two_at_once import Act, at_once

PAIRS = int(os.environ.get("SOAK_PAIRS", "50"))
DECIDING = (Action.APPROVE, Action.REJECT, Action.REQUEST_CHANGES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair: who was refused, and how often the text was decided, by three ways of counting."""

    refusals: tuple[BankError | None, ...]
    decisions: int
    events: int
    published: int

    @property
    def double(self) -> bool:
        """The text was decided twice."""
        return self.decisions > 1 or self.events > 1 or self.published > 1

    @property
    def clean(self) -> bool:
        """Exactly one decided, and the other was told so."""
        refused = [refusal for refusal in self.refusals if refusal]
        return (self.decisions, self.events) == (1, 1) and len(refused) == 1 and refused[0].status == 409


def act(verdict: Action, revision: Revision, by: User) -> Act:
    """A decision somebody is about to make."""
    match verdict:
        case Action.APPROVE:
            return partial(approve, revision, by=by, now=NOW, seen=revision.version, checklist=yes_to_all(revision))
        case Action.REJECT:
            return partial(reject, revision, by=by, now=NOW, seen=revision.version, reason="quality", note="Nei.")
        case _:
            return partial(request_changes, revision, by=by, now=NOW, seen=revision.version, note="Rett dette.")


def outcomes(pairs: int, *, author: User, judges: tuple[User, User]) -> Iterator[Outcome]:
    """Play that many pairs, every two verdicts against each other in turn."""
    for turn in islice(cycle(product(DECIDING, DECIDING)), pairs):
        revision = handed_in(by=author)
        refusals = at_once(*(act(verdict, revision, by) for verdict, by in zip(turn, judges, strict=True)))
        yield Outcome(
            refusals=tuple(refusals),
            decisions=Decision.objects.filter(review__revision=revision).count(),
            events=AuditEvent.objects.filter(revision=revision, action__in=DECIDING).count(),
            published=PublicChange.objects.filter(resource=revision.resource_id).count(),
        )
