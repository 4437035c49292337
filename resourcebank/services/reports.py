"""What visitors tell of a resource without an account, and the curators' answers."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from resourcebank.content import tidy_text
from resourcebank.errors import AlreadyHandled, Invalid, NotPublished, Problem
from resourcebank.models import ProblemReport, Resource, Revision, Term, User, UseReport
from resourcebank.models.aftercare import PROBLEMS
from resourcebank.personal_data import Kind, personal_data
from resourcebank.policies import require_curator
from resourcebank.selectors.uses import current_steps_hash, tried_among
from resourcebank.services import audit
from resourcebank.services.changes import tell_public
from resourcebank.services.news import announce_report

LONGEST_REPORT = 1_000
LONGEST_TIP = 300
LONGEST_ANSWER = 2_000
LARGEST_GROUP = 1_000
MOST_MINUTES = 1_440


@transaction.atomic
def report_problem(resource: Resource, *, reason: str, text: str, now: datetime) -> ProblemReport:
    """Keep a visitor's report and tell those who look after the resource. Nothing of who sent it is known here.

    Raises Invalid, NotPublished.
    """
    kept = _plain(text)
    problems = []
    if reason not in PROBLEMS:
        problems.append(Problem("reason", "required", _("Velg hva det gjelder.")))
    if not kept:
        problems.append(Problem("text", "required", _("Skriv kort hva som er galt, så finner vi det.")))
    _refuse([*problems, *_too_long("text", kept, LONGEST_REPORT), *_personal("text", kept)])
    revision = _public_revision(resource)
    report = ProblemReport.objects.create(resource=resource, reason=reason, text=kept, created_at=now)
    announce_report(report, revision=revision)
    return report


@transaction.atomic
def report_use(resource: Resource, *, setting: str, group_size: str, minutes: str, tip: str, now: datetime) -> UseReport:
    """Keep that somebody used the resource as it stands. `setting` is a sector; `group_size` (persons) and `minutes` (really used) may be
    empty. What readers see changes with the report that makes the resource tried. Raises Invalid, NotPublished."""
    kept = _plain(tip)
    problems: list[Problem] = []
    sector = Term.objects.filter(vocabulary="sector", slug=setting, active=True).first()
    if sector is None:
        problems.append(Problem("setting", "required", _("Velg hvor du brukte den.")))
    people = _number("group_size", group_size, LARGEST_GROUP, problems)
    used = _number("minutes", minutes, MOST_MINUTES, problems)
    problems += [*_too_long("tip", kept, LONGEST_TIP), *_personal("tip", kept)]
    if sector is None or problems:
        raise Invalid(problems=tuple(problems))
    audit.hold(resource.pk)
    revision = _public_revision(resource)
    before = _is_tried(revision)
    report = UseReport.objects.create(
        resource=resource,
        revision=revision,
        setting=sector,
        group_size=people,
        minutes=used,
        tip=kept,
        steps_hash=current_steps_hash(revision.pk),
        created_at=now,
    )
    if _is_tried(revision) != before:
        tell_public(resource, kind="changed", now=now)
    return report


@transaction.atomic
def answer_report(report: ProblemReport, *, by: User, answer: str, now: datetime) -> ProblemReport:
    """Close a report with what was done about it. Raises LoginNeeded, NotAllowed, Invalid, AlreadyHandled."""
    require_curator(by)
    kept = tidy_text(answer)
    problems = [] if kept else [Problem("answer", "required", _("Skriv hva som ble gjort, eller hvorfor ingenting trengs."))]
    _refuse([*problems, *_too_long("answer", kept, LONGEST_ANSWER)])
    audit.hold(report.resource_id)
    if _open(report).update(handled_at=now, handled_by=by, answer=kept) != 1:
        raise AlreadyHandled
    written = Revision.objects.filter(resource=report.resource_id).order_by("-number")
    revision = written.filter(published_resource__isnull=False).first() or written[0]
    details = {"report": report.pk, "reason": report.reason}
    audit.record(revision, by=by, action="answer_report", now=now, from_status=revision.status, details=details)
    return ProblemReport.objects.select_related("resource").get(pk=report.pk)


def _open(report: ProblemReport) -> QuerySet[ProblemReport]:
    return ProblemReport.objects.filter(pk=report.pk, handled_at__isnull=True)


def _plain(text: str) -> str:
    """The text without what cannot be seen: marks that turn the text around would reach beyond it."""
    return "".join(char for char in tidy_text(text) if char in "\n\u200c\u200d" or unicodedata.category(char) not in ("Cf", "Co", "Cn"))


def _too_long(field: str, text: str, most: int) -> list[Problem]:
    message = _("Teksten er for lang: %(length)d tegn. Skriv høyst %(most)d.") % {"length": len(text), "most": most}
    return [Problem(field, "too-long", message)] if len(text) > most else []


def _number(field: str, text: str, most: int, problems: list[Problem]) -> int | None:
    kept = text.strip()
    if not kept:
        return None
    number = int(kept) if kept.isdecimal() and len(kept) <= 6 else 0
    if not 1 <= number <= most:
        problems.append(Problem(field, "invalid", _("Skriv et helt tall fra 1 til %(most)d, eller la feltet stå tomt.") % {"most": most}))
    return number


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems=tuple(problems))


def _personal(field: str, text: str) -> list[Problem]:
    """A stranger's text that may point to a person is not kept."""
    said: dict[Kind, str] = {
        "identity-number": _("Teksten ser ut til å ha et fødselsnummer. Ta det bort: vi lagrer ingenting om personer."),
        "mail-address": _("Teksten ser ut til å ha en e-postadresse. Ta den bort: vi lagrer ingenting om personer."),
        "telephone-number": _("Teksten ser ut til å ha et telefonnummer. Ta det bort: vi lagrer ingenting om personer."),
    }
    return [Problem(field, "personal-data", said[kind]) for kind in personal_data(text, doubtful=True)][:1]


def _public_revision(resource: Resource) -> Revision:
    revision = Revision.objects.filter(published_resource=resource.pk).first()
    if revision is None:
        raise NotPublished
    return revision


def _is_tried(revision: Revision) -> bool:
    return revision.pk in tried_among({revision.pk: (revision.resource_id, revision.assurance)})
