"""Mails that wait, and keys under which a request was already answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """A mail written in the transaction that gave reason to it, sent by the worker. `message_id` is chosen when it is written, so that
    a mail sent twice by a crash is one mail to its reader. `digest` waits for the person's daily mail. `address` is where it goes when that
    is not where the person can be reached now: one that is still to be verified, or was left a moment ago."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    address = models.EmailField(max_length=254, blank=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sent_at", "due_at"], name="mails_that_wait")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id}"

    @property
    def reaches(self) -> str:
        """The address it goes to."""
        return self.address or self.to.email


class IdempotencyKey(models.Model):
    """One key of one person is one effect, for a day. `body_hash` tells a repeat from another request under the same key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_effect_per_key")]

    def __str__(self) -> str:
        return self.key
