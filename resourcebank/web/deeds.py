"""What a reviewer typed and pressed, and doing it: one service for each button of the review page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from resourcebank import selectors
from resourcebank.content import tidy_text
from resourcebank.errors import Invalid, NotFound, Problem, SuccessorInvalid
from resourcebank.models import Resource, Revision, User
from resourcebank.selectors import PublishedResource
from resourcebank.services import publication, review, talk
from resourcebank.services.checklist import Checklist
from resourcebank.services.structure import MAX_TEXT, too_long
from resourcebank.workflow import Action

SETTLE = "settle."
COMMENT = "comment"
ASIDE = frozenset({COMMENT, Action.TAKE, Action.HAND_BACK, Action.SET_DUE})
"""Buttons that decide nothing: what is typed for the decision is kept when they are pressed."""
LARGEST_SEEN = 300_000
_SALT = "review-seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Everything the review page sent. `seen` is the version that was shown, `seen_token` the text that was."""

    do: str = ""
    seen: int = 0
    seen_token: str = ""
    answers: Mapping[str, str]
    remarks: Mapping[str, str]
    confirmed: frozenset[str] = frozenset()
    note: str = ""
    internal_note: str = ""
    reason: str = ""
    hold: bool = False
    comment: str = ""
    comment_field: str = ""
    comment_internal: bool = False
    due_on: str = ""
    publish_at: str = ""
    why: str = ""
    successor: str = ""

    @property
    def aside(self) -> bool:
        """The button decides nothing."""
        return self.do in ASIDE or self.do.startswith(SETTLE)

    @property
    def waits(self) -> bool:
        """Something is typed that nothing was done with yet."""
        said = (*self.remarks.values(), self.note, self.internal_note, self.reason, self.comment, self.publish_at, self.why, self.successor)
        return bool(self.answers or self.confirmed or self.hold or any(said))

    def still_waiting(self) -> Typed:
        """What still waits once a comment was added or a date changed."""
        rest = replace(self, due_on="")
        return replace(rest, comment="", comment_field="", comment_internal=False) if self.do == COMMENT else rest


def typed_in(data: QueryDict) -> Typed:
    """What was sent, tidied; anything may be missing."""

    def said(name: str) -> str:
        return tidy_text(data.get(name, ""))

    seen = said("seen")
    return Typed(
        do=said("do"),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0,
        seen_token=data.get("seen_token", ""),
        answers={code: said(f"answer.{code}") for code in _named(data, "answer.")},
        remarks={code: said(f"remark.{code}") for code in _named(data, "remark.")},
        confirmed=frozenset(tidy_text(key) for key in data.getlist("confirm")),
        note=said("note"),
        internal_note=said("internal_note"),
        reason=said("reason"),
        hold=bool(said("hold")),
        comment=said("comment"),
        comment_field=said("comment_field"),
        comment_internal=bool(said("comment_internal")),
        due_on=said("due_on"),
        publish_at=said("publish_at"),
        why=said("why"),
        successor=said("successor"),
    )


def _named(data: QueryDict, start: str) -> Iterator[str]:
    return (name.removeprefix(start) for name in data if name.startswith(start))


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed on a revision."""

    revision: Revision
    typed: Typed
    by: User
    now: datetime
    remarks: str

    @property
    def checklist(self) -> Checklist:
        """What is answered so far."""
        confirmed = frozenset((key.partition(":")[0], key.partition(":")[2]) for key in self.typed.confirmed)
        return Checklist(answers=self.typed.answers, confirmed=confirmed)

    @property
    def note(self) -> str:
        """What the author is told: the note, and the remarks on the points of the checklist."""
        return "\n\n".join(part for part in (self.typed.note, self.remarks) if part)


def press(pressed: Pressed) -> None:
    """Do what the button says. Raises every refusal of the services, and Invalid for a button that does not exist."""
    _require_short(pressed.typed)
    deed = _settle if pressed.typed.do.startswith(SETTLE) else _DEEDS.get(pressed.typed.do)
    if deed is None:
        raise Invalid
    if pressed.typed.comment and not pressed.typed.aside:
        message = _("Du har skrevet en kommentar som ikke er lagt til. Legg den til først, eller fjern den.")
        raise Invalid(problems=(Problem("comment", "unsent", message),))
    deed(pressed)


def _require_short(typed: Typed) -> None:
    texts = {"note": typed.note, "internal_note": typed.internal_note, "why": typed.why}
    texts |= {f"remark.{code}": text for code, text in typed.remarks.items()}
    problems = tuple(problem for name, text in texts.items() for problem in too_long(name, text, MAX_TEXT))
    if problems:
        raise Invalid(problems=problems)


def _comment(it: Pressed) -> None:
    typed = it.typed
    talk.add_comment(it.revision, by=it.by, now=it.now, text=typed.comment, field=typed.comment_field, internal=typed.comment_internal)


def _settle(it: Pressed) -> None:
    number = it.typed.do.removeprefix(SETTLE)
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound
    talk.settle_comment(selectors.comment_for(it.by, it.revision, int(number)), by=it.by, now=it.now)


def _take(it: Pressed) -> None:
    review.take(it.revision, by=it.by, now=it.now, seen=it.typed.seen)


def _hand_back(it: Pressed) -> None:
    review.hand_back(it.revision, by=it.by, now=it.now, seen=it.typed.seen)


def _set_due(it: Pressed) -> None:
    review.set_due(it.revision, by=it.by, now=it.now, seen=it.typed.seen, due_on=_day(it.typed.due_on))


def _approve(it: Pressed) -> None:
    review.approve(
        it.revision,
        by=it.by,
        now=it.now,
        seen=it.typed.seen,
        checklist=it.checklist,
        note=it.note,
        internal_note=it.typed.internal_note,
        hold=it.typed.hold,
    )


def _request_changes(it: Pressed) -> None:
    typed = it.typed
    review.request_changes(
        it.revision, by=it.by, now=it.now, seen=typed.seen, note=it.note, internal_note=typed.internal_note, checklist=it.checklist
    )


def _reject(it: Pressed) -> None:
    typed = it.typed
    review.reject(
        it.revision,
        by=it.by,
        now=it.now,
        seen=typed.seen,
        reason=typed.reason,
        note=it.note,
        internal_note=typed.internal_note,
        checklist=it.checklist,
    )


def _publish(it: Pressed) -> None:
    publication.publish(it.revision, by=it.by, now=it.now, seen=it.typed.seen)


def _schedule(it: Pressed) -> None:
    publication.schedule(it.revision, by=it.by, now=it.now, seen=it.typed.seen, at=_moment(it.typed.publish_at))


def _unschedule(it: Pressed) -> None:
    publication.unschedule(it.revision, by=it.by, now=it.now, seen=it.typed.seen)


def _withdraw_approval(it: Pressed) -> None:
    review.withdraw_approval(it.revision, by=it.by, now=it.now, seen=it.typed.seen, reason=it.typed.why)


def _retire(it: Pressed) -> None:
    successor = _resource_at(it.typed.successor) if it.typed.successor else None
    publication.retire(it.revision, by=it.by, now=it.now, seen=it.typed.seen, reason=it.typed.why, successor=successor)


def _restore(it: Pressed) -> None:
    publication.restore(it.revision, by=it.by, now=it.now, seen=it.typed.seen, reason=it.typed.why)


_DEEDS: Mapping[str, Callable[[Pressed], None]] = {
    COMMENT: _comment,
    Action.TAKE: _take,
    Action.HAND_BACK: _hand_back,
    Action.SET_DUE: _set_due,
    Action.APPROVE: _approve,
    Action.REQUEST_CHANGES: _request_changes,
    Action.REJECT: _reject,
    Action.PUBLISH: _publish,
    Action.SCHEDULE: _schedule,
    Action.UNSCHEDULE: _unschedule,
    Action.WITHDRAW_APPROVAL: _withdraw_approval,
    Action.RETIRE: _retire,
    Action.RESTORE: _restore,
}


def _moment(text: str) -> datetime:
    """A time as the browser sends it, in the time of the site."""
    try:
        found = parse_datetime(text)
        moment = timezone.make_aware(found) if found and timezone.is_naive(found) else found
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise Invalid(problems=(Problem("publish_at", "invalid", _("Skriv dag og klokkeslett, for eksempel 2026-12-01 09:00.")),))
    return moment


def _day(text: str) -> date:
    """A day as the browser sends it."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Invalid(problems=(Problem("due_on", "invalid", _("Skriv en dag, for eksempel 2026-12-01.")),))
    return found


def _resource_at(address: str) -> Resource:
    """The published resource at a whole address or its last part."""
    slug = next((part for part in reversed(address.partition("?")[0].split("/")) if part), "")
    try:
        found = selectors.published_resource(slug)
    except NotFound as missing:
        raise SuccessorInvalid from missing
    if not isinstance(found, PublishedResource):
        raise SuccessorInvalid
    return found.resource


def sealed(revision: Revision, text: Mapping[str, str], *, reader: User) -> str:
    """What was shown to a person, to be sent along with the page: should the text change meanwhile, both can be shown."""
    sealed_text = signing.dumps([revision.pk, reader.pk, dict(text)], salt=_SALT, compress=True)
    return sealed_text if len(sealed_text) <= LARGEST_SEEN else signing.dumps([revision.pk, reader.pk, {}], salt=_SALT)


def unsealed(token: str, revision_id: int, *, reader: User) -> dict[str, str] | None:
    """The text that was shown, {} when it was too long to send along, None when the page was not ours or was another's."""
    try:
        about, who, text = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return dict(text) if (about, who) == (revision_id, reader.pk) else None
