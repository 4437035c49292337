"""What people say about a revision while it is made, and who had a part in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from resourcebank.models.revision import Revision

CONTRIBUTIONS = ("author", "translator", "illustrator", "suggested")


class Comment(models.Model):
    """A remark on a field of a revision (`forms.nb.care`), or on all of it (""). Author and reviewers read it; `internal` ones only
    reviewers. `settled_at` says that it was dealt with."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    field = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    internal = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["revision", "created_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return f"{self.field or 'all'} ({self.revision_id})"


class Contribution(models.Model):
    """Somebody's part in a revision, besides its author's. `form` is the language form it concerns (`ar`), "" for all."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions")
    part = models.CharField(max_length=20, choices=[(name, name) for name in CONTRIBUTIONS])
    form = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "user", "part", "form"], name="one_contribution_of_a_kind"),
            models.CheckConstraint(condition=Q(part__in=CONTRIBUTIONS), name="known_contribution"),
        ]

    def __str__(self) -> str:
        return f"{self.part} ({self.revision_id})"
