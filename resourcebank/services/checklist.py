"""The checklist reviewers answer: loaded from a file, asked for in full before anything is approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from resourcebank.checklist import ChecklistEntry, CriterionEntry
from resourcebank.errors import ChecklistIncomplete, Invalid, Problem
from resourcebank.models import Answer, Criterion, Decision, TermLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What a reviewer answered: `ok` or `not_ok` per criterion, and the framework links, as (vocabulary, slug), that they confirm."""

    answers: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[tuple[str, str]] = frozenset()


def current_criteria() -> list[Criterion]:
    """The newest version of the checklist, in its order."""
    newest = Criterion.objects.aggregate(newest=Max("version"))["newest"]
    return list(Criterion.objects.filter(version=newest).order_by("position"))


def require_complete(checklist: Checklist, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> None:
    """Raise ChecklistIncomplete unless every criterion is answered `ok` and every framework link is confirmed."""
    problems = [
        Problem(f"checklist.{criterion.code}", "not-ok", _("Dette punktet på sjekklisten er ikke i orden."))
        for criterion in criteria
        if checklist.answers.get(criterion.code) != "ok"
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


def keep_answers(decision: Decision, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> None:
    """Write a complete checklist's answers to the decision."""
    Answer.objects.bulk_create(complete_answers(decision, criteria=criteria, links=links))


def complete_answers(decision: Decision, *, criteria: Sequence[Criterion], links: Sequence[TermLink]) -> list[Answer]:
    """A complete checklist's answers, not yet saved."""
    return [
        *(Answer(decision=decision, criterion=criterion, value="ok") for criterion in criteria),
        *(Answer(decision=decision, term=link.term, value="ok") for link in links),
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
    return {"position": position, "labels": dict(row.labels), "help": dict(row.help)}


def _differences(wanted: Mapping[str, dict[str, Any]], present: Mapping[str, Criterion]) -> Iterator[str]:
    yield from (f"- {code}" for code in present if code not in wanted)
    for code, values in wanted.items():
        row = present.get(code)
        if row is None:
            yield f"+ {code}"
        elif any(getattr(row, name) != value for name, value in values.items()):
            yield f"~ {code}"
