"""The order of everything public."""

from __future__ import annotations

from django.db import models

from resourcebank.models.resource import Resource

KINDS = ("published", "changed", "retired")


class PublicHead(models.Model):
    """The newest number. Updating this one row holds its lock until the transaction commits, so numbers follow commits."""

    sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.sequence)


class PublicChange(models.Model):
    """One change the public can see. `sequence` has no gaps and follows the order of commits."""

    sequence = models.PositiveBigIntegerField(unique=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="public_changes")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="known_public_change")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind}"
