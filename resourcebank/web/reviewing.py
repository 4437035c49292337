"""One revision as it is reviewed: the text as people read it, what changed, the checklist, the talk, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resourcebank.errors import BankError, Invalid, OwnWork, Problem
from resourcebank.models import AuditEvent, User
from resourcebank.selectors import Case, WholeText
from resourcebank.web import words
from resourcebank.web.cards import Fact, Pair
from resourcebank.web.changes import Change, ReadField, changes, whole_text
from resourcebank.web.checklist_form import (
    CriterionView,
    EarlierView,
    FoundView,
    LinkView,
    about_none,
    criteria_views,
    earlier_view,
    found_views,
    link_views,
)
from resourcebank.web.deeds import Typed, sealed
from resourcebank.web.fields import field_name, fields_in, flat, form_name
from resourcebank.web.files import DocumentView, FilmView, document_views, film_view
from resourcebank.web.pictures import PictureView, picture_views
from resourcebank.web.reading import FormView, facts_of, form_view, more_facts_of, pair_of_links
from resourcebank.web.review_words import happened, moment, reason_name, status_name
from resourcebank.web.talking import Thread, VerdictView, threads, verdicts
from resourcebank.web.words import Labels
from resourcebank.workflow import OPEN, Action, RejectReason, Status


@dataclass(frozen=True, slots=True)
class ReadForm:
    """One language form as it is read, with its name; no address leads to a text that is not public."""

    name: str
    form: FormView
    pictures: tuple[PictureView, ...]
    film: FilmView | None
    documents: tuple[DocumentView, ...]
    facts: tuple[Fact, ...]
    participant_url: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and where it is on the page ("" when it has no place)."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was quicker. `changes` lead from the text that was shown to the one that stands now; None when that text is not known."""

    sentence: str
    happened: str
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """In whose hands it is and until when: `due` in words, `day` as a browser's field has it. `moves`: the reader may change the day."""

    by: str
    mine: bool
    due: str
    day: str
    late: bool
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """Everything `web/review.html` shows."""

    url: str
    queue_url: str
    public_url: str
    title: str
    language: str
    dir: str
    status: str
    kind: str
    pair: Pair | None
    author: str
    submitted_on: str
    number: int
    forms: tuple[ReadForm, ...]
    more_facts: tuple[Fact, ...]
    attribution: str
    licence: str
    source_url: str
    change_note: str
    has_before: bool
    compared: tuple[ReadField, ...]
    changed: int
    stale: bool
    findings: tuple[FoundView, ...]
    all_findings: tuple[FoundView, ...]
    earlier: EarlierView | None
    criteria: tuple[CriterionView, ...]
    links: tuple[LinkView, ...]
    threads: tuple[Thread, ...]
    fields: tuple[tuple[str, str], ...]
    verdicts: tuple[VerdictView, ...]
    reasons: tuple[tuple[str, str], ...]
    hold: HoldView
    curator: bool
    needed: int
    given: int
    publishes: bool
    publish_at: str
    can: Mapping[str, bool]
    talks: bool
    internal: bool
    own: str
    typed: Typed
    problems: Mapping[str, str]
    faults: tuple[Fault, ...]
    conflict: Conflict | None
    done: str
    version: int
    seen_token: str


def review_view(case: Case, *, reader: User, needed: int, labels: Labels, typed: Typed, now: datetime, done: str = "") -> ReviewView:
    """The page for one reader. `typed` is what they have written so far, `done` the button that was just pressed."""
    revision, language = case.revision, words.interface_language()
    text, fields = flat(case.content, labels), fields_in(case.content)
    first = case.text.form_for(language) if case.text.forms else None
    compared = whole_text(flat(case.before, labels), text, labels) if case.before else ()
    return ReviewView(
        url=reverse("web:review", args=[revision.pk]),
        queue_url=reverse("web:queue"),
        public_url=reverse("web:resource", args=[case.text.resource.slug]) if revision.status == Status.PUBLISHED else "",
        title=first.title if first and first.title else _("Uten tittel"),
        language=first.language if first else language,
        dir=first.dir if first else "ltr",
        status=status_name(revision.status),
        kind=revision.kind.label(language) if revision.kind else "",
        pair=pair_of_links(case.text.links, language),
        author=str(revision.author),
        submitted_on=moment(revision.submitted_at) if revision.submitted_at else "",
        number=revision.number,
        forms=tuple(_read(case.text, labels)),
        more_facts=more_facts_of(case.text),
        attribution=revision.attribution,
        licence=revision.licence.label(language) if revision.licence else "",
        source_url=revision.source_url,
        change_note=revision.change_note,
        has_before=case.before is not None,
        compared=compared,
        changed=sum(bool(each.number) for each in compared),
        stale=case.stale and case.before is not None,
        findings=found_views(about_none(case.findings, case.criteria), labels),
        all_findings=found_views(case.findings, labels),
        earlier=earlier_view(case.earlier),
        criteria=criteria_views(case.criteria, case.findings, typed, labels, case.earlier),
        links=link_views(case.text.links, typed, case.earlier),
        threads=threads(case.comments, fields, labels),
        fields=tuple((each, field_name(each, labels)) for each in fields),
        verdicts=verdicts(case.decisions),
        reasons=tuple((reason.value, reason_name(reason)) for reason in RejectReason),
        hold=_hold(case, reader, typed, today=timezone.localdate(now)),
        curator=case.curator,
        needed=needed,
        given=case.approvals,
        publishes=settings.BANK_PUBLISH_ON_APPROVAL,
        publish_at=moment(revision.publish_at) if revision.publish_at and revision.status == Status.APPROVED else "",
        can={action.value: action in case.actions for action in Action},
        talks=case.talks,
        internal=case.internal,
        own=_own(case, reader),
        typed=typed,
        problems={},
        faults=(),
        conflict=None,
        done=done_words(done),
        version=revision.version,
        seen_token=sealed(revision, text, reader=reader),
    )


def _hold(case: Case, reader: User, typed: Typed, *, today: date) -> HoldView:
    holder = case.round.taken_by if case.round else None
    due_on = case.round.due_on if case.round else None
    return HoldView(
        by=str(holder) if holder else "",
        mine=holder == reader,
        due=words.day(due_on) if due_on else "",
        day=typed.due_on or (due_on.isoformat() if due_on else ""),
        late=bool(due_on and due_on < today),
        moves=Action.SET_DUE in case.actions and holder is not None and (holder == reader or case.curator),
    )


def refused_view(
    view: ReviewView,
    refusal: BankError,
    *,
    event: AuditEvent | None,
    shown: Mapping[str, str] | None,
    stands: Mapping[str, str],
    labels: Labels,
) -> ReviewView:
    """The same page with what was wrong, everything typed kept. `shown` is the text the person had before them, `stands` the present."""
    if refusal.status == HTTPStatus.CONFLICT:
        since = changes(shown, stands, labels) if shown else None
        return replace(view, conflict=Conflict(refusal.message, happened(event) if event else "", since))
    problems = refusal.problems if isinstance(refusal, Invalid) and refusal.problems else (Problem("", refusal.code, refusal.message),)
    return replace(
        view,
        faults=tuple(Fault(_place(each, view), _message(each, view)) for each in problems),
        problems={_place(each, view): _message(each, view) for each in problems},
        criteria=tuple(replace(one, problem=_said(problems, f"checklist.{one.code}", view)) for one in view.criteria),
        links=tuple(replace(one, problem=_said(problems, f"terms.{one.key}", view)) for one in view.links),
    )


def _said(problems: Iterable[Problem], field: str, view: ReviewView) -> str:
    return next((_message(each, view) for each in problems if each.field == field), "")


def _message(problem: Problem, view: ReviewView) -> str:
    """A fault in words that tell it from its neighbours in the summary."""
    first, _dot, rest = problem.field.partition(".")
    for one in view.criteria if first == "checklist" else ():
        if one.code == rest:
            return (_("«%(point)s» er ikke i orden.") if one.answer else _("Du har ikke svart på «%(point)s».")) % {"point": one.label}
    for link in view.links if first == "terms" else ():
        if link.key == rest:
            return _("Koblingen til «%(term)s» er ikke bekreftet.") % {"term": link.label}
    return problem.message


def _place(problem: Problem, view: ReviewView) -> str:
    first, _dot, rest = problem.field.partition(".")
    if first == "checklist":
        return f"answer-{rest}-ok" if rest else "sjekkliste"
    if first == "terms":
        return next((link.id for link in view.links if link.key == rest), "koblinger")
    if first == "remark":
        return f"remark-{rest}"
    if problem.field == "reason" and not view.can[Action.REJECT]:
        return "why"
    return problem.field


def _read(text: WholeText, labels: Labels) -> Iterable[ReadForm]:
    chosen = text.form_for(words.interface_language()) if text.forms else None
    languages = {slug: label for (vocabulary, slug), label in labels.items() if vocabulary == "language"}
    for form in sorted(text.forms, key=lambda form: form is not chosen):
        yield ReadForm(
            form_name(form.code, labels),
            form_view(form, text.forms, text.steps),
            tuple(picture_views(text.pictures, form.language)),
            film_view(text.files, form.language, languages),
            tuple(document_views(text.files, form.language, languages)),
            facts_of(text, form),
        )


def _own(case: Case, reader: User) -> str:
    """Why the reader may not judge it, while it can be judged."""
    if case.hindrance is None or case.revision.status not in OPEN:
        return ""
    if not isinstance(case.hindrance, OwnWork):
        return case.hindrance.message
    wrote = case.revision.author_id == reader.pk
    return _("Du har skrevet denne og kan ikke vurdere den.") if wrote else _("Du har bidratt til denne og kan ikke vurdere den.")


def done_words(done: str) -> str:
    """What was done by a button, said after it; nothing for what is no button."""
    said = {
        "comment": _("Kommentaren er lagt til."),
        "settle": _("Kommentaren er merket som ferdig."),
        Action.TAKE: _("Du har tatt saken."),
        Action.HAND_BACK: _("Saken er levert tilbake."),
        Action.SET_DUE: _("Fristen er endret."),
        Action.APPROVE: _("Godkjenningen din er lagret."),
        Action.REQUEST_CHANGES: _("Forfatteren er bedt om endringer."),
        Action.REJECT: _("Teksten er avslått."),
        Action.PUBLISH: _("Teksten er publisert."),
        Action.SCHEDULE: _("Publiseringen er planlagt."),
        Action.UNSCHEDULE: _("Planen for publisering er tatt bort."),
        Action.WITHDRAW_APPROVAL: _("Godkjenningen er trukket, og teksten er til vurdering igjen."),
        Action.RETIRE: _("Ressursen er trukket."),
        Action.RESTORE: _("Ressursen er gjenopprettet."),
    }
    return next((words_ for name, words_ in said.items() if name == done), "")
