"""Words that lead to a resource although its text does not hold them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from resourcebank.models.resource import Resource


class SearchWords(models.Model):
    """What counsellors call a resource, its situations and its uses, in one language: one word or phrase a line.

    They belong to the resource and not to a revision: they are an index of its text, kept by curators, and no part of what was approved.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="search_words")
    language = models.CharField(max_length=10)
    words = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "language"], name="one_list_of_words_per_language")]

    def __str__(self) -> str:
        return f"{self.resource_id} ({self.language})"

    @property
    def lines(self) -> tuple[str, ...]:
        """The words and phrases."""
        return tuple(self.words.splitlines())
