"""Who did what when, in one chain per resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from resourcebank.models.resource import Resource
from resourcebank.models.revision import Revision
from resourcebank.workflow import Action, Status

STATUS_NAMES = {
    Status.DRAFT: gettext_lazy("Utkast"),
    Status.IN_REVIEW: gettext_lazy("Til vurdering"),
    Status.CHANGES_REQUESTED: gettext_lazy("Endringer ønsket"),
    Status.APPROVED: gettext_lazy("Godkjent"),
    Status.PUBLISHED: gettext_lazy("Publisert"),
    Status.SUPERSEDED: gettext_lazy("Erstattet"),
    Status.RETIRED: gettext_lazy("Trukket"),
    Status.REJECTED: gettext_lazy("Avslått"),
    Status.DISCARDED: gettext_lazy("Forkastet"),
}
DEED_NAMES = {
    "start": gettext_lazy("begynte på en ressurs"),
    "revise": gettext_lazy("begynte på en ny utgave"),
    Action.SAVE: gettext_lazy("lagret teksten"),
    Action.SUBMIT: gettext_lazy("sendte inn teksten"),
    Action.TAKE_BACK: gettext_lazy("trakk innsendingen tilbake"),
    Action.TAKE: gettext_lazy("tok saken"),
    Action.HAND_BACK: gettext_lazy("leverte saken tilbake"),
    Action.REQUEST_CHANGES: gettext_lazy("ba om endringer"),
    Action.REJECT: gettext_lazy("avslo teksten"),
    Action.APPROVE: gettext_lazy("godkjente teksten"),
    Action.WITHDRAW_APPROVAL: gettext_lazy("trakk godkjenningen"),
    Action.PUBLISH: gettext_lazy("publiserte teksten"),
    Action.SCHEDULE: gettext_lazy("planla publiseringen"),
    Action.UNSCHEDULE: gettext_lazy("tok bort planen for publisering"),
    Action.DISCARD: gettext_lazy("forkastet utkastet"),
    Action.RETIRE: gettext_lazy("trakk ressursen"),
    Action.RESTORE: gettext_lazy("gjenopprettet ressursen"),
    Action.SET_DUE: gettext_lazy("flyttet fristen for vurderingen"),
    "search_words": gettext_lazy("skrev søkeord"),
    "rename": gettext_lazy("flyttet ressursen til en annen adresse"),
    "answer_report": gettext_lazy("svarte på en melding fra en bruker"),
    "check_form": gettext_lazy("kontrollerte språket"),
    "note_people": gettext_lazy("skrev inn hvem som har oversatt eller kontrollert"),
}
"""What somebody did, by the code the log keeps it under."""


def _choices(names: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(code), name) for code, name in names.items()]


class AuditHead(models.Model):
    """The end of a resource's chain. Updating the row is the first statement of every action on the resource, so actions on one
    resource wait for each other in one order and cannot deadlock; a chain cut short does not reach its head."""

    resource = models.OneToOneField(Resource, on_delete=models.PROTECT, primary_key=True, related_name="audit_head")
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.number}"


class AuditEvent(models.Model):
    """One thing somebody did. Never changed, never deleted (trigger). Holds no name, only who: a name can be erased."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="audit_events", verbose_name=gettext_lazy("ressurs"))
    number = models.PositiveIntegerField(gettext_lazy("nummer"))
    at = models.DateTimeField(gettext_lazy("tidspunkt"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audit_events", verbose_name=gettext_lazy("gjort av")
    )
    action = models.CharField(gettext_lazy("hva som skjedde"), max_length=30, choices=_choices(DEED_NAMES))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="audit_events")
    from_status = models.CharField(gettext_lazy("status før"), max_length=20, blank=True, choices=_choices(STATUS_NAMES))
    to_status = models.CharField(gettext_lazy("status etter"), max_length=20, choices=_choices(STATUS_NAMES))
    details = models.JSONField(gettext_lazy("enkeltheter"), default=dict, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(gettext_lazy("segl"), max_length=64)

    class Meta:
        verbose_name = gettext_lazy("hendelse")
        verbose_name_plural = gettext_lazy("hendelser")
        ordering = ["resource", "number"]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="one_event_per_number")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.number}: {self.get_action_display()}"
