"""«Mine bidrag»: what a person has sent in, where it stands, and what they can do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from resourcebank.errors import Invalid, NotAllowed
from resourcebank.languages import direction
from resourcebank.models import AuditEvent, Decision, Revision, User
from resourcebank.selectors.submissions import Submission, history_of, own_revision, submissions_of
from resourcebank.services import drafts, review
from resourcebank.services.contributing import suggest
from resourcebank.services.talk import add_comment
from resourcebank.web import words
from resourcebank.web.answering import Answer, ThreadView, thread_views
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refusing
from resourcebank.web.review_words import status_name
from resourcebank.workflow import TRANSITIONS, Action, Status, Verdict

WEEKS = review.REVIEW_DAYS // 7
_COLOURS = {
    Status.IN_REVIEW: "info",
    Status.CHANGES_REQUESTED: "warning",
    Status.APPROVED: "info",
    Status.PUBLISHED: "success",
    Status.REJECTED: "danger",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the list. `colour` only repeats what `status` says."""

    title: str
    language: str
    dir: str
    number: int
    url: str
    status: str
    colour: str
    changed: str
    next: str
    new: bool


@dataclass(frozen=True, slots=True)
class MineView:
    """Everything `web/mine.html` shows."""

    rows: tuple[Row, ...]
    contribute_url: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened, in words."""

    day: str
    what: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a reviewer wrote with a decision."""

    verdict: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it does and what it says."""

    do: str
    label: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class MineOneView:
    """Everything `web/mine_one.html` shows. `receipt`: it was sent in and waits. `talks`: its author may answer what is said about it;
    `answered`: that was done just now."""

    row: Row
    seen: int
    receipt: bool
    weeks: int
    write_url: str
    public_url: str
    track: tuple[tuple[str, bool], ...]
    events: tuple[EventView, ...]
    threads: tuple[ThreadView, ...]
    talks: bool
    answered: bool
    notes: tuple[NoteView, ...]
    acts: tuple[Act, ...]
    mine_url: str


@require_safe
@members_only
@refusing
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the person has begun or sent in."""
    found = submissions_of(_person(request), language=words.interface_language())
    view = MineView(tuple(map(_row, found)), reverse("web:contribute"))
    return page(request, "web/mine.html", view)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@refusing
def mine_one(request: HttpRequest, revision_id: int) -> HttpResponse:
    """One submission: what has happened, what was said about it, and the buttons for what can be done."""
    user = _person(request)
    if request.method != "POST":
        return page(request, "web/mine_one.html", _one_view(user, revision_id, answered="svart" in request.GET))
    revision = own_revision(user, revision_id).revision
    if request.POST.get("do") == "answer":
        return _answered(request, user, revision)
    return HttpResponseRedirect(_done(request, user, revision))


def _person(request: HttpRequest) -> User:
    user = visitor(request)
    if not isinstance(user, User):
        raise NotAllowed
    return user


def _done(request: HttpRequest, user: User, revision: Revision) -> str:
    """Do what the button says, and where to go then. A second press of the same button changes nothing."""
    here = reverse("web:mine_one", args=[revision.pk])
    text, now = request.POST.get("seen", ""), timezone.now()
    seen = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    match request.POST.get("do", ""):
        case "take-back" if revision.status == Status.IN_REVIEW:
            review.take_back(revision, by=user, now=now, seen=seen)
            return _write_url(revision)
        case "take-back":
            return _write_url(revision)
        case "discard" if revision.status != Status.DISCARDED:
            drafts.discard(revision, by=user, now=now, seen=seen)
            return reverse("web:mine")
        case "discard":
            return reverse("web:mine")
        case "new-version":
            return _write_url(suggest(revision.resource, by=user, now=now))
        case _:
            return here


def _answered(request: HttpRequest, user: User, revision: Revision) -> HttpResponse:
    """Keep an answer to what was said, or show the page again with what is wrong with it."""
    field, text = request.POST.get("field", ""), request.POST.get("comment", "")
    try:
        add_comment(revision, by=user, now=timezone.now(), text=text, field=field)
    except Invalid as fault:
        message = fault.problems[0].message if fault.problems else fault.message
        view = _one_view(user, revision.pk, refused=Answer(field, text, message))
        return page(request, "web/mine_one.html", view, status=fault.status)
    return HttpResponseRedirect(f"{reverse('web:mine_one', args=[revision.pk])}?svart=1#samtale")


def _write_url(revision: Revision) -> str:
    return f"{reverse('web:contribution', args=[revision.pk])}?steg=1"


def _row(found: Submission) -> Row:
    revision = found.revision
    return Row(
        title=found.title or _("Uten tittel"),
        language=found.language if found.title else "",
        dir=direction(found.language),
        number=revision.pk,
        url=reverse("web:mine_one", args=[revision.pk]),
        status=status_name(revision.status),
        colour=_COLOURS.get(Status(revision.status), "neutral"),
        changed=_moment(found.changed_at),
        next=_next_step(found),
        new=found.new,
    )


def _next_step(found: Submission) -> str:
    match Status(found.revision.status):
        case Status.DRAFT:
            return _("Skriv ferdig og send inn")
        case Status.IN_REVIEW:
            return _("Vent på svar, vanligvis innen %(weeks)d uker") % {"weeks": WEEKS}
        case Status.CHANGES_REQUESTED if found.comments:
            return ngettext("Svar på %(number)d merknad", "Svar på %(number)d merknader", found.comments) % {"number": found.comments}
        case Status.CHANGES_REQUESTED:
            return _("Les meldingen, rett og send på nytt")
        case Status.APPROVED:
            return _("Vent: den blir snart publisert")
        case Status.PUBLISHED:
            return _("Se den, eller lag en ny utgave")
        case Status.SUPERSEDED:
            return _("En nyere utgave er publisert")
        case Status.REJECTED:
            return _("Les begrunnelsen")
        case _:
            return ""


def _moment(at: datetime) -> str:
    return words.day(timezone.localtime(at))


def _one_view(user: User, revision_id: int, *, answered: bool = False, refused: Answer | None = None) -> MineOneView:
    history = history_of(user, revision_id, language=words.interface_language())
    found = history.submission
    revision = found.revision
    status = Status(revision.status)
    writable = status in TRANSITIONS[Action.SAVE].sources
    return MineOneView(
        row=_row(found),
        seen=revision.version,
        receipt=status == Status.IN_REVIEW,
        weeks=WEEKS,
        write_url=_write_url(revision) if writable else "",
        public_url=reverse("web:resource", args=[revision.resource.slug]) if revision.resource.published_id else "",
        track=tuple(_track(status)),
        events=tuple(_event(event) for event in history.events if event.action != Action.SAVE),
        threads=tuple(thread_views(history, user, writable=writable, refused=refused)),
        talks=history.talks,
        answered=answered,
        notes=tuple(_notes(history.decisions)),
        acts=tuple(_acts(status, revision)),
        mine_url=reverse("web:mine"),
    )


def _track(status: Status) -> Iterator[tuple[str, bool]]:
    """The way a submission goes, and whether it has come that far."""
    way = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.PUBLISHED)
    if status == Status.CHANGES_REQUESTED:
        shown: Sequence[Status] = way
    elif status in way:
        shown = [one for one in way if one != Status.CHANGES_REQUESTED]
    else:
        shown = [Status.DRAFT, Status.IN_REVIEW, status]
    yield from ((status_name(one), shown.index(one) <= shown.index(status)) for one in shown)


def _event(event: AuditEvent) -> EventView:
    named = {
        "start": _("Du begynte på et utkast."),
        "revise": _("Du begynte på en ny utgave."),
        Action.SUBMIT: _("Du sendte inn."),
        Action.TAKE_BACK: _("Du trakk innsendingen tilbake."),
        Action.TAKE: _("En som vurderer, har tatt saken."),
        Action.HAND_BACK: _("Saken er ledig igjen."),
        Action.SET_DUE: _("Fristen for vurderingen ble endret."),
        Action.REQUEST_CHANGES: _("Det ble bedt om endringer."),
        Action.REJECT: _("Den ble avslått."),
        Action.APPROVE: _("Den ble godkjent."),
        Action.WITHDRAW_APPROVAL: _("Godkjenningen ble trukket tilbake."),
        Action.PUBLISH: _("Den ble publisert."),
        Action.DISCARD: _("Du forkastet utkastet."),
        Action.RETIRE: _("Den ble trukket fra banken."),
        Action.RESTORE: _("Den ble publisert igjen."),
    }
    return EventView(_moment(event.at), named.get(event.action, event.action))


def _notes(decisions: Sequence[Decision]) -> Iterator[NoteView]:
    named = {
        Verdict.APPROVE: _("Godkjent"),
        Verdict.REQUEST_CHANGES: _("Endringer ønsket"),
        Verdict.REJECT: _("Avslått"),
    }
    for decision in sorted(decisions, key=lambda each: each.decided_at, reverse=True):
        if decision.note_to_author:
            yield NoteView(named[Verdict(decision.verdict)], _moment(decision.decided_at), decision.note_to_author)


def _acts(status: Status, revision: Revision) -> Iterator[Act]:
    if status in TRANSITIONS[Action.TAKE_BACK].sources:
        yield Act("take-back", _("Trekk tilbake og skriv videre"))
    if revision.resource.published_id and status in (Status.PUBLISHED, Status.SUPERSEDED, Status.REJECTED, Status.DISCARDED):
        yield Act("new-version", _("Lag en ny utgave"))
    if status in TRANSITIONS[Action.DISCARD].sources:
        yield Act("discard", _("Forkast utkastet"), danger=True)
