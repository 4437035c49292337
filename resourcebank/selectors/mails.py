"""The outbox as it is shown: whole mails where nothing leaves the machine, and for an administrator only that something failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from resourcebank.errors import NotFound
from resourcebank.models import OutgoingMail
from resourcebank.policies import Actor, require_run_site

MAX_ATTEMPTS = 16
SHOWN = 200


def failed_mails() -> Q:
    """Mails that could not be sent so far, those that were given up among them."""
    return Q(sent_at=None) & (Q(attempts__gte=MAX_ATTEMPTS) | ~Q(error=""))


def latest_mails() -> Sequence[OutgoingMail]:
    """The newest mails, whole. Only for a site whose mails never leave it."""
    return list(OutgoingMail.objects.select_related("to").order_by("-pk")[:SHOWN])


def one_mail(mail_id: int) -> OutgoingMail:
    """A mail, whole. Only for a site whose mails never leave it. Raises NotFound."""
    mail = OutgoingMail.objects.select_related("to").filter(pk=mail_id).first()
    if mail is None:
        raise NotFound
    return mail


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail that did not leave, without what it says: an administrator reads nobody's texts. `next_at` is None when it was given up."""

    pk: int
    address: str
    kind: str
    created_at: datetime
    attempts: int
    error: str
    next_at: datetime | None


def failures_for(user: Actor) -> tuple[Sequence[FailedMail], int]:
    """The oldest mails that failed, and how many there are. Raises LoginNeeded, NotAllowed."""
    require_run_site(user)
    found = OutgoingMail.objects.filter(failed_mails())
    shown = [
        FailedMail(
            pk=mail.pk,
            address=mail.reaches,
            kind=mail.kind,
            created_at=mail.created_at,
            attempts=mail.attempts,
            error=mail.error,
            next_at=mail.due_at if mail.attempts < MAX_ATTEMPTS else None,
        )
        for mail in found.select_related("to").defer("subject", "text", "html").order_by("pk")[:SHOWN]
    ]
    return shown, found.count()
