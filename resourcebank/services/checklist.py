"""The checklist reviewers answer: loaded from a file, asked for in full before anything is approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from resourcebank.checklist import ChecklistEntry, CriterionEntry
from resourcebank.errors import ChecklistIncomplete, Invalid, Problem
from resourcebank.models import Answer, Criterion, Decision, TermLink
from resourcebank.models.review import FINE, OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What a reviewer answered: `ok`, `not_ok` or `not_relevant` per criterion, and the framework links, as (vocabulary, slug), that they
    confirm. What is not answered is not there."""

    answers: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[tuple[str, str]] = frozenset()


def current_criteria() -> list[Criterion]:
    """The newest version of the checklist, in its order."""
    newest = Criterion.objects.aggregate(newest=Max("version"))["newest"]
    return list(Criterion.objects.filter(version=newest).order_by("position"))


def require_complete(checklist: Checklist, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> None:
    """Raise ChecklistIncomplete unless every criterion is in order (or, where it allows that, not relevant) and every link confirmed."""
    problems = [
        Problem(f"checklist.{criterion.code}", "not-ok", _("Dette punktet på sjekklisten er ikke i orden."))
        for criterion in criteria
        if checklist.answers.get(criterion.code) not in FINE
    ]
    problems += [
        Problem(f"terms.{link.term}", "not-confirmed", _("Denne koblingen til rammeverket er ikke bekreftet."))
        for link in links
        if (link.term.vocabulary_id, link.term.slug) not in checklist.confirmed
    ]
    if not criteria:
        problems.append(
            Problem("checklist", "missing", _("Sjekklisten er ikke lastet inn ennå. Be en administrator om å laste rammeverket."))
        )
    if problems:
        raise ChecklistIncomplete(problems=tuple(problems))


def require_known(checklist: Checklist, *, criteria: Iterable[Criterion]) -> None:
    """Raise Invalid for an answer that its criterion does not allow. Answers to what is no criterion are left alone."""
    problems = [
        Problem(f"checklist.{criterion.code}", "unknown-answer", _("Dette punktet kan ikke ha det svaret."))
        for criterion in criteria
        if checklist.answers.get(criterion.code, OK) not in criterion.choices
    ]
    if problems:
        raise Invalid(problems=tuple(problems))


def keep_answers(decision: Decision, checklist: Checklist, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> None:
    """Write what was answered to the decision, whatever its verdict."""
    given = [(criterion, checklist.answers[criterion.code]) for criterion in criteria if criterion.code in checklist.answers]
    confirmed = [link.term for link in links if (link.term.vocabulary_id, link.term.slug) in checklist.confirmed]
    Answer.objects.bulk_create(
        [
            *(Answer(decision=decision, criterion=criterion, value=value) for criterion, value in given),
            *(Answer(decision=decision, term=term, value=OK) for term in confirmed),
        ]
    )


def complete_answers(decision: Decision, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> list[Answer]:
    """A checklist with everything in order, as answers not yet saved."""
    return [
        *(Answer(decision=decision, criterion=criterion, value=OK) for criterion in criteria),
        *(Answer(decision=decision, term=link.term, value=OK) for link in links),
    ]


@transaction.atomic
def load_checklist(entry: ChecklistEntry) -> tuple[str, ...]:
    """Load one version of the checklist and give a line for every criterion that is new (+), changed (~) or gone (-).

    A version that somebody has answered stays as it was: raises Invalid when the file words it differently.
    """
    wanted = {row.key: _values(row, position) for position, row in enumerate(entry.criteria, start=1)}
    present = {row.code: row for row in Criterion.objects.filter(version=entry.version)}
    lines = tuple(_differences(wanted, present))
    if not lines:
        return ()
    if Answer.objects.filter(criterion__version=entry.version).exists():
        message = _("Versjon %(version)d av sjekklisten er i bruk. Gi den nye ordlyden et nytt versjonsnummer.")
        raise Invalid(message % {"version": entry.version})
    Criterion.objects.filter(version=entry.version).delete()
    Criterion.objects.bulk_create(Criterion(version=entry.version, code=code, **values) for code, values in wanted.items())
    return lines


def _values(row: CriterionEntry, position: int) -> dict[str, Any]:
    return {"position": position, "labels": dict(row.labels), "help": dict(row.help), "optional": row.optional}


def _differences(wanted: Mapping[str, dict[str, Any]], present: Mapping[str, Criterion]) -> Iterator[str]:
    yield from (f"- {code}" for code in present if code not in wanted)
    for code, values in wanted.items():
        row = present.get(code)
        if row is None:
            yield f"+ {code}"
        elif any(getattr(row, name) != value for name, value in values.items()):
            yield f"~ {code}"
