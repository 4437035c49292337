"""Mails on their way: written with what they tell of, sent afterwards, never lost.

A mail is a row written in the transaction that gives reason to it, with its Message-ID. The worker counts an attempt, sends, and marks
the mail as sent. A process that dies between sending and marking leaves a mail that is sent once more, under the same Message-ID.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from datetime import datetime, time, timedelta
from itertools import takewhile
from time import monotonic
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from resourcebank.errors import NotFound
from resourcebank.models import OutgoingMail, User
from resourcebank.policies import Actor, require_run_site
from resourcebank.selectors.mails import MAX_ATTEMPTS, failed_mails
from resourcebank.services.letters import Sheet, Write, daily_sheet, one_line, part_sheet, whole_sheet
from resourcebank.services.mail_choices import Choice, choice_of, is_wanted, stop_link

log = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=6)
"""The pause after a failed attempt is 2, 4, 8 … minutes, at most this: the last attempt is made about two days after the first."""
IN_FLIGHT = timedelta(minutes=10)
"""A mail whose attempt nobody ended (its process died) is tried again after this. Longer than a round and an attempt together."""
LONGEST_ROUND = 60.0
"""A round begins no attempt after so many seconds: `now` would no longer be the time."""
KEPT = timedelta(days=30)
"""How long a mail is kept after it was sent."""
DAILY_AT = time(7)
DAILY = str(Choice.ALL)


class MailServerDown(Exception):
    """No mail can leave at the moment."""


def write(to: User, *, kind: str, letter: Write, now: datetime, gather: bool = False, address: str = "") -> OutgoingMail | None:
    """Put a mail to a person in the outbox, as part of the caller's transaction; None when they cannot be reached or do not want it.

    `letter` is called with the person's language active. `gather` puts it in the daily mail also of a person who gets mails at once.
    `address` is where it goes when that is not the person's own address now.
    """
    if not is_wanted(kind, by=to):
        return None
    daily = choice_of(kind) is not None and (gather or to.mail_daily)
    with translation.override(language_of(to)):
        written = letter()
        sheet = part_sheet(written) if daily else whole_sheet(written, to=to, kind=kind)
    elsewhere = address if address.lower() != to.email.lower() else ""
    return _keep(sheet, to=to, kind=kind, now=now, due_at=next_daily(now) if daily else now, digest=daily, address=elsewhere)


def language_of(user: User) -> str:
    """The interface language a person has chosen."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _keep(sheet: Sheet, *, to: User, kind: str, now: datetime, due_at: datetime, digest: bool = False, address: str = "") -> OutgoingMail:
    return OutgoingMail.objects.create(
        to=to,
        address=address,
        kind=kind,
        subject=sheet.subject,
        text=sheet.text,
        html=sheet.html,
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>",
        digest=digest,
        created_at=now,
        due_at=due_at,
    )


def next_daily(now: datetime) -> datetime:
    """The next time daily mails leave: 07:00 in Oslo, also when the clocks change."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local = now.astimezone(zone)
    day = local.date() if local.time() < DAILY_AT else local.date() + timedelta(days=1)
    return datetime.combine(day, DAILY_AT, tzinfo=zone)


def send_due(now: datetime, *, most: int = 50) -> int:
    """Send what is due; gives how many mails left. Raises MailServerDown when the server does not answer: the rest waits."""
    gather_daily(now)
    due = waiting().filter(due_at__lte=now, digest=False, attempts__lt=MAX_ATTEMPTS).order_by("due_at", "id")
    ends = monotonic() + LONGEST_ROUND
    rows = takewhile(lambda row: monotonic() < ends, due.values_list("pk", "attempts")[:most])
    return sum(_send(pk, attempts=attempts, now=now) for pk, attempts in rows)


def waiting() -> QuerySet[OutgoingMail]:
    """Mails that have not left."""
    return OutgoingMail.objects.filter(sent_at=None)


def gather_daily(now: datetime) -> int:
    """Make one mail of everything that waits for a person's daily mail; gives how many were made."""
    parts = defaultdict[int, list[OutgoingMail]](list)
    for mail in waiting().filter(digest=True, due_at__lte=now).select_related("to").order_by("id"):
        parts[mail.to_id].append(mail)
    return sum(_gather(each, now=now) for each in parts.values())


@transaction.atomic
def _gather(parts: list[OutgoingMail], *, now: datetime) -> bool:
    """The parts count as sent from here on: their text lives on in the daily mail. Another worker may have been first."""
    to = parts[0].to
    if waiting().filter(pk__in=[part.pk for part in parts]).update(sent_at=now) != len(parts):
        transaction.set_rollback(True)
        return False
    wanted = [part for part in parts if is_wanted(part.kind, by=to)]
    if not wanted:
        return False
    with translation.override(language_of(to)):
        sheet = daily_sheet(wanted, to=to, kind=DAILY)
    _keep(sheet, to=to, kind=DAILY, now=now, due_at=now)
    return True


def _send(pk: int, *, attempts: int, now: datetime) -> bool:
    if not _claim(pk, attempts=attempts, now=now):
        return False
    mail = OutgoingMail.objects.select_related("to").get(pk=pk)
    if not is_wanted(mail.kind, by=mail.to):
        mail.delete()
        return False
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        _note_failure(mail, error, now=now)
        raise MailServerDown(str(error)) from error
    try:
        message = message_of(mail)
        message.connection = connection
        message.send()
    except (OSError, ValueError) as error:  # what smtplib raises are OSErrors; a header that cannot be is a ValueError
        _note_failure(mail, error, now=now)
        return False
    finally:
        connection.close()
    OutgoingMail.objects.filter(pk=pk).update(sent_at=now, error="")
    return True


def _claim(pk: int, *, attempts: int, now: datetime) -> bool:
    """Take the mail's turn by counting the attempt: of two workers one gets it."""
    claimed = waiting().filter(pk=pk, attempts=attempts, due_at__lte=now).update(attempts=F("attempts") + 1, due_at=now + IN_FLIGHT)
    return claimed == 1


def _note_failure(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    log.warning("mail %s could not be sent (attempt %s): %s", mail.message_id, mail.attempts, type(error).__name__)
    said = one_line(f"{type(error).__name__}: {error}")[:300]
    pause = min(timedelta(minutes=2**mail.attempts), LONGEST_WAIT)
    OutgoingMail.objects.filter(pk=mail.pk).update(error=said, due_at=now + pause)


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it leaves: text and HTML, the same Message-ID at every attempt, and a way to say no in one press."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if link := stop_link(mail.to, mail.kind):
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.reaches], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


@transaction.atomic
def try_again(mail_id: int, *, by: Actor, now: datetime) -> OutgoingMail:
    """Let a mail that failed leave at the next round, with all its attempts before it. Raises NotAllowed, NotFound."""
    require_run_site(by)
    if OutgoingMail.objects.filter(failed_mails(), pk=mail_id).update(attempts=0, due_at=now, error="") != 1:
        raise NotFound
    return OutgoingMail.objects.get(pk=mail_id)


def forget_sent(now: datetime) -> int:
    """Delete what was sent long ago: a mail holds what people wrote to each other. Gives how many."""
    gone, _each = OutgoingMail.objects.filter(sent_at__lt=now - KEPT).delete()
    return gone
