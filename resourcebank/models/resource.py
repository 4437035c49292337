"""The identity of a resource: what stays while its text changes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Resource(models.Model):
    """One idea that can be done in a room, whatever its text says today.

    `published` is the revision the public reads, None before the first and while it is retired.
    `public_id` never changes and is never reused. `locked_fields` names what an import must leave alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_resources")
    organisation = models.ForeignKey("resourcebank.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="resources")
    published = models.OneToOneField(
        "resourcebank.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="published_resource"
    )
    review_due_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    retired_reason = models.TextField(blank=True)
    locked_fields = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="resource_has_slug"),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")), name="not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class OldSlug(models.Model):
    """An address a resource once had; it leads to the present one."""

    slug = models.SlugField(max_length=120, primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug
