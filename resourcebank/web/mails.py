"""What people see of mails: saying no to them, the outbox of a site that sends none, and those that failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.models import OutgoingMail
from resourcebank.selectors.mails import FailedMail
from resourcebank.services.letters import quoted_title
from resourcebank.services.mail_choices import Choice, Goodbye
from resourcebank.services.outbox import language_of
from resourcebank.web import words

LOOPBACK = ("127.0.0.1", "::1")


def shows_outbox(request: HttpRequest) -> bool:
    """Whether the whole outbox may be read: on a trial site that sends no mail, by somebody who sits at the same machine."""
    here = urlsplit(settings.SITE_URL).hostname in (*LOOPBACK, "localhost")
    forwarded = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"))
    trial = (settings.DEMO or settings.DEBUG) and not settings.EMAIL_URL
    return trial and here and not forwarded and request.META.get("REMOTE_ADDR") in LOOPBACK


@dataclass(frozen=True, slots=True)
class GoodbyeView:
    """The page that asks before a choice is turned off, and the one that says that it is."""

    heading: str
    sentence: str
    done: bool


def goodbye_view(found: Goodbye, *, done: bool) -> GoodbyeView:
    """The words for a choice, before and after."""
    match found.choice:
        case Choice.OWN:
            what = _("e-post om tekstene dine og ressursene du har ansvar for")
        case Choice.QUEUE:
            what = _("e-post om tekster som skal vurderes")
        case Choice.SAVED:
            what = _("e-post om nye treff i søket %(name)s") % {"name": quoted_title(found.saved.name if found.saved else "")}
        case Choice.ALL:
            what = _("all e-post om tekster, både egne og de som skal vurderes, og om lagrede søk")
    if done:
        sentence = _("Du får ikke lenger %(what)s. Du kan slå det på igjen når du er logget inn.") % {"what": what}
        return GoodbyeView(_("Det er slått av"), sentence, done)
    return GoodbyeView(_("Vil du slutte å få e-post?"), _("Dette slår av %(what)s.") % {"what": what}, done)


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail of the local outbox. `language` is its reader's."""

    url: str
    html_url: str
    subject: str
    to: str
    at: str
    state: str
    language: str
    text: str
    message_id: str


@dataclass(frozen=True, slots=True)
class OutboxView:
    """The local outbox, newest first."""

    mails: tuple[MailView, ...]


def outbox_view(mails: Sequence[OutgoingMail]) -> OutboxView:
    """The newest mails."""
    return OutboxView(tuple(mail_view(mail) for mail in mails))


def mail_view(mail: OutgoingMail) -> MailView:
    """One mail."""
    return MailView(
        url=reverse("web:outbox_mail", args=[mail.pk]),
        html_url=reverse("web:outbox_html", args=[mail.pk]) if mail.html else "",
        subject=mail.subject,
        to=mail.reaches,
        at=_moment(mail.created_at),
        state=_state(mail),
        language=language_of(mail.to),
        text=mail.text,
        message_id=mail.message_id,
    )


def _state(mail: OutgoingMail) -> str:
    if mail.digest:
        return (
            _("samlet i dagens e-post") if mail.sent_at else _("venter på neste samlede e-post (%(time)s)") % {"time": _moment(mail.due_at)}
        )
    return _("ville vært sendt") if mail.sent_at else _("sendes straks")


@dataclass(frozen=True, slots=True)
class FailedView:
    """A mail that failed, without its words."""

    pk: int
    address: str
    about: str
    at: str
    error: str
    state: str


@dataclass(frozen=True, slots=True)
class FailuresView:
    """Mails that failed. `hidden` says how many more there are, or nothing."""

    mails: tuple[FailedView, ...]
    hidden: str
    again: bool


def failures_view(shown: Sequence[FailedMail], total: int, *, again: bool) -> FailuresView:
    """The mails that failed; `again`: one of them has just been given another try."""
    more = total - len(shown)
    hidden = ngettext("Og %(number)d til.", "Og %(number)d til.", more) % {"number": more} if more else ""
    return FailuresView(tuple(_failed(mail) for mail in shown), hidden, again)


def _failed(mail: FailedMail) -> FailedView:
    attempts = ngettext("%(number)d forsøk", "%(number)d forsøk", mail.attempts) % {"number": mail.attempts}
    then = _("neste %(time)s") % {"time": _moment(mail.next_at)} if mail.next_at else _("gitt opp")
    error = mail.error or _("Arbeideren stoppet før e-posten var sendt.")
    return FailedView(mail.pk, mail.address, _about(mail.kind), _moment(mail.created_at), error, f"{attempts}, {then}")


def _about(kind: str) -> str:
    match kind.partition(".")[0]:
        case "own":
            return _("om en egen tekst eller ressurs")
        case "queue":
            return _("om en tekst til vurdering")
        case "saved":
            return _("om et lagret søk")
        case "daily":
            return _("dagens samlede e-post")
        case _:
            return _("om kontoen")


def _moment(value: datetime) -> str:
    local = localtime(value)
    return f"{words.day(local.date())} {date_format(local, 'H:i')}"
