"""Searches people keep, and what people look for without finding it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from resourcebank.models.resource import Resource

FREQUENCIES = ("daily", "weekly", "never")


class StoredQuery(models.Model):
    """A search that somebody keeps, once however many keep it. `query` is canonical (`catalogue.canonical`), `key` its SHA-256, because a
    query may be longer than a database takes for a key. `looked_at` is when its hits were last noted; None before the first time."""

    key = models.CharField(max_length=64, unique=True)
    query = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.query


class StoredHit(models.Model):
    """A resource that a stored query has found, and when it did for the first time. Never taken away while the query is kept: an index
    that is short of documents for a moment must not make everything new again."""

    stored = models.ForeignKey(StoredQuery, on_delete=models.CASCADE, related_name="hits")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stored", "resource"], name="one_hit_per_query")]

    def __str__(self) -> str:
        return f"{self.stored_id}: {self.resource_id}"


class SavedSearch(models.Model):
    """A person's own name for a stored query, and how often they want to hear of new hits. `told_until` is the moment up to which they
    have been told; `next_at` when they are told next, None for never."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    stored = models.ForeignKey(StoredQuery, on_delete=models.PROTECT, related_name="saved")
    name = models.CharField(max_length=80)
    frequency = models.CharField(max_length=10, choices=[(name, name) for name in FREQUENCIES])
    created_at = models.DateTimeField(default=timezone.now)
    told_until = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "stored"], name="one_saved_search_per_query"),
            models.CheckConstraint(condition=Q(frequency__in=FREQUENCIES), name="known_frequency"),
            models.CheckConstraint(
                condition=Q(next_at__isnull=True, frequency="never") | Q(next_at__isnull=False, frequency__in=("daily", "weekly")),
                name="never_has_no_next",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchNeed(models.Model):
    """How often something was looked for in vain on one day. Nobody is named: there is neither an address nor an account, nor a time.

    `facet` names the filter of a chosen value; "" is a word. `key` is a keyed hash of both; `word` stays empty until the word may be read:
    at once when the bank knows it, else when it was looked for on three different days. `said` counts those who told us that it is
    missing. `hidden` words are never shown: a curator took them away.
    """

    day = models.DateField(db_index=True)
    key = models.CharField(max_length=64)
    facet = models.CharField(max_length=40, blank=True)
    word = models.CharField(max_length=160, blank=True)
    count = models.PositiveIntegerField(default=0)
    said = models.PositiveIntegerField(default=0)
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="one_need_per_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.word or self.key[:8]}"
