"""Organisations and who belongs to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy


class Organisation(models.Model):
    """A career centre, a school owner, a municipality … that contributes or reviews together."""

    slug = models.SlugField(gettext_lazy("kortnavn"), max_length=80, unique=True)
    name = models.CharField(gettext_lazy("navn"), max_length=160)
    created_at = models.DateTimeField(gettext_lazy("laget"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("organisasjon")
        verbose_name_plural = gettext_lazy("organisasjoner")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=gettext_lazy("organisasjon")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=gettext_lazy("bruker")
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("medlem")
        verbose_name_plural = gettext_lazy("medlemmer")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"
