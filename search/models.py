"""The log of what must be indexed, and how far each engine's index has come."""

from __future__ import annotations

from django.db import models
from django.utils.timezone import now


class IndexHead(models.Model):
    """The newest number in the log of one index. Updating the row holds its lock until the transaction commits,
    so numbers become visible in the order in which they were given."""

    index = models.CharField(max_length=60, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)


class IndexChange(models.Model):
    """One document that changed in a way its readers can see. The log never holds the text: it is read anew when indexed."""

    index = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()
    document_id = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "sequence"], name="one_change_per_number")]


class EnginePosition(models.Model):
    """How far a generation kept outside this host has come in the log. The embedded index keeps its own beside its files."""

    index = models.CharField(max_length=60)
    generation = models.CharField(max_length=120)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "generation"], name="one_position_per_generation")]


class UnindexedDocument(models.Model):
    """A document that an engine would not take. It blocks nothing; `verify` and the log show it until it is indexed."""

    index = models.CharField(max_length=60)
    engine = models.CharField(max_length=20)
    document_id = models.CharField(max_length=64)
    sequence = models.PositiveBigIntegerField()
    message = models.CharField(max_length=500)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "engine", "document_id"], name="one_complaint_per_document")]
