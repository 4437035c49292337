"""The words of reviewing: statuses, verdicts, reasons, who did what when, and how long somebody has waited."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.models import AuditEvent
from resourcebank.models.audit import STATUS_NAMES
from resourcebank.web import words
from resourcebank.workflow import Action, RejectReason, Status, Verdict


def status_name(status: str) -> str:
    """What a status is called."""
    return str(STATUS_NAMES[Status(status)])


def verdict_name(verdict: str) -> str:
    """What a decision is called."""
    return {
        Verdict.APPROVE: _("Godkjent"),
        Verdict.REQUEST_CHANGES: _("Endringer ønsket"),
        Verdict.REJECT: _("Avslått"),
    }[Verdict(verdict)]


def reason_name(reason: str) -> str:
    """Why something is rejected, as a person says it."""
    return {
        RejectReason.OUT_OF_SCOPE: _("Passer ikke i banken"),
        RejectReason.DUPLICATE: _("Finnes fra før"),
        RejectReason.RIGHTS: _("Rettighetene er ikke i orden"),
        RejectReason.HARMFUL: _("Kan skade eller såre noen"),
        RejectReason.QUALITY: _("Holder ikke faglig eller språklig"),
    }[RejectReason(reason)]


def moment(at: datetime) -> str:
    """`22. november 2026 kl. 13:00`."""
    local = timezone.localtime(at)
    return _("%(day)s kl. %(time)s") % {"day": words.day(local.date()), "time": time_format(local.time(), "H:i")}


def span(start: datetime, end: datetime) -> str:
    """How long it was, in its largest unit: `3 dager`, `5 timer`, `under en time`."""
    long = max(end - start, timedelta())
    hours = int(long.total_seconds() // 3600)
    if long.days:
        return ngettext("%(number)s dag", "%(number)s dager", long.days) % {"number": long.days}
    if hours:
        return ngettext("%(number)s time", "%(number)s timer", hours) % {"number": hours}
    return _("under en time")


def happened(event: AuditEvent) -> str:
    """Who did what when, as a sentence."""
    said = {
        Action.SAVE: _("%(name)s lagret teksten %(moment)s."),
        Action.SUBMIT: _("%(name)s sendte inn teksten %(moment)s."),
        Action.TAKE_BACK: _("%(name)s trakk innsendingen tilbake %(moment)s."),
        Action.TAKE: _("%(name)s tok saken %(moment)s."),
        Action.HAND_BACK: _("%(name)s leverte saken tilbake %(moment)s."),
        Action.SET_DUE: _("%(name)s endret fristen %(moment)s."),
        Action.REQUEST_CHANGES: _("%(name)s ba om endringer %(moment)s."),
        Action.REJECT: _("%(name)s avslo teksten %(moment)s."),
        Action.APPROVE: _("%(name)s godkjente teksten %(moment)s."),
        Action.WITHDRAW_APPROVAL: _("%(name)s trakk godkjenningen %(moment)s."),
        Action.PUBLISH: _("%(name)s publiserte teksten %(moment)s."),
        Action.SCHEDULE: _("%(name)s planla publiseringen %(moment)s."),
        Action.UNSCHEDULE: _("%(name)s tok bort planen for publisering %(moment)s."),
        Action.RETIRE: _("%(name)s trakk ressursen %(moment)s."),
        Action.RESTORE: _("%(name)s gjenopprettet ressursen %(moment)s."),
    }
    sentence = next((text for action, text in said.items() if action == event.action), _("%(name)s endret noe %(moment)s."))
    return sentence % {"name": event.actor, "moment": moment(event.at)}
