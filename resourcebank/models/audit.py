"""Who did what when, in one chain per resource."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from resourcebank.models.resource import Resource
from resourcebank.models.revision import Revision


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
    action = models.CharField(gettext_lazy("hva som skjedde"), max_length=30)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="audit_events")
    from_status = models.CharField(gettext_lazy("status før"), max_length=20, blank=True)
    to_status = models.CharField(gettext_lazy("status etter"), max_length=20)
    details = models.JSONField(gettext_lazy("enkeltheter"), default=dict, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(gettext_lazy("segl"), max_length=64)

    class Meta:
        verbose_name = gettext_lazy("hendelse")
        verbose_name_plural = gettext_lazy("hendelser")
        ordering = ["resource", "number"]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="one_event_per_number")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.number}: {self.action}"
