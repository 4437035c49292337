"""What happens to a resource after it was published: reports, uses, link checks, reminders. Nothing here is about a participant."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from resourcebank.models.resource import Resource
from resourcebank.models.revision import Revision
from resourcebank.models.taxonomy import Term

PROBLEM_NAMES = {
    "broken": gettext_lazy("Noe virker ikke: en lenke, en fil eller et bilde"),
    "wrong": gettext_lazy("Innholdet er feil eller utdatert"),
    "harmful": gettext_lazy("Øvelsen kan gjøre skade"),
    "rights": gettext_lazy("Rettigheter: noen andre eier teksten eller bildet"),
    "language": gettext_lazy("Språket: skrivefeil eller dårlig oversettelse"),
    "other": gettext_lazy("Noe annet"),
}
"""What a visitor's report is about, by the code it is kept under."""
PROBLEMS = tuple(PROBLEM_NAMES)
LINK_STATES = ("unknown", "works", "moved", "fails")


class ProblemReport(models.Model):
    """A visitor's report. Nobody is named: there is neither an address nor an account."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="problem_reports")
    reason = models.CharField(max_length=20, choices=[(name, name) for name in PROBLEMS])
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(reason__in=PROBLEMS), name="known_problem")]

    def __str__(self) -> str:
        return f"{self.reason} ({self.resource_id})"


class UseReport(models.Model):
    """Somebody used the resource. `setting` is a sector; `minutes` are those really used; `steps_hash` is what the steps said then, so
    that a report counts only while they are the same. `tip` is for other counsellors and never about a person."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="use_reports")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="use_reports")
    setting = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    group_size = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    tip = models.CharField(max_length=300, blank=True)
    steps_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.setting_id} ({self.resource_id})"


class PublishedLink(models.Model):
    """A published text leads to an address: written when it becomes public, gone with it. So links are looked at without reading texts."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="published_links")
    address = models.URLField(max_length=500, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "address"], name="one_link_per_address")]

    def __str__(self) -> str:
        return f"{self.address} ({self.resource_id})"


class LinkCheck(models.Model):
    """The health of one address that a published text leads to. `strikes` counts failures in a row; three make it broken."""

    address = models.URLField(max_length=500, unique=True)
    state = models.CharField(max_length=10, default="unknown", choices=[(name, name) for name in LINK_STATES])
    strikes = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=LINK_STATES), name="known_link_state")]

    def __str__(self) -> str:
        return self.address


class ReviewReminder(models.Model):
    """A reminder that was sent: one per resource, due date and number of days before."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="review_reminders")
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "due_on", "days"], name="one_reminder_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.days} days before {self.due_on} ({self.resource_id})"
