"""The framework and every other facet as data."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext_lazy

from resourcebank.languages import FALLBACKS

FRAMEWORK = ("word_pair", "competence", "quality_area", "ethics")
"""Vocabularies a revision links to with a role and a reason; all others are plain facets."""


def pick_label(labels: dict[str, str], *, language: str, otherwise: str) -> str:
    """The text in a language, else in bokmål, nynorsk, English, else `otherwise`."""
    return next((labels[tag] for tag in (language, *FALLBACKS) if labels.get(tag)), otherwise)


class Vocabulary(models.Model):
    """A closed list of terms. `ordered`: its order means something. `loaded`: what the fixture last said, so that an edit on
    the site can be told from an edit of the file."""

    slug = models.SlugField(max_length=40, primary_key=True)
    labels = models.JSONField(default=dict)
    description = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ordered = models.BooleanField(default=False)
    loaded = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label(get_language() or "nb")

    def label(self, language: str) -> str:
        """The name in a language, or the nearest we have."""
        return pick_label(self.labels, language=language, otherwise=self.slug)


class Term(models.Model):
    """One value of a vocabulary. `slug` is stable; a child's is the path (`valg-og-tilfeldigheter/valg`).

    `labels` and `description` hold a text per language, `alternatives` other names per language (for search only).
    `confirmed` is false for a working title; `labels_confirmed` lists the languages whose name the source confirms.
    `loaded` is what the fixture last said.
    """

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.PROTECT, related_name="terms", verbose_name=gettext_lazy("liste"))
    slug = models.CharField(gettext_lazy("kortnavn"), max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=dict)
    description = models.JSONField(default=dict, blank=True)
    alternatives = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=500, blank=True)
    confirmed = models.BooleanField(gettext_lazy("navnet er bekreftet"), default=True)
    labels_confirmed = models.JSONField(default=list, blank=True)
    active = models.BooleanField(gettext_lazy("i bruk"), default=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    loaded = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = gettext_lazy("begrep")
        verbose_name_plural = gettext_lazy("begreper")
        ordering = ["vocabulary", "position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="one_term_per_slug"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="term_has_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary_id}:{self.slug}"

    def label(self, language: str) -> str:
        """The name in a language, or the nearest we have."""
        return pick_label(self.labels, language=language, otherwise=self.slug)

    @property
    def working_title(self) -> bool:
        """The official name could not be confirmed; pages say so."""
        return not self.confirmed


def tree_order(prefix: str = "") -> tuple[str | Coalesce | OrderBy, ...]:
    """What to order terms by (reached through `prefix`, as `term__`): vocabularies in their order, children after their parent."""
    return (
        f"{prefix}vocabulary__position",
        f"{prefix}vocabulary",
        Coalesce(f"{prefix}parent__position", f"{prefix}position"),
        Coalesce(f"{prefix}parent__slug", f"{prefix}slug"),
        F(f"{prefix}parent__position").asc(nulls_first=True),
        f"{prefix}position",
        f"{prefix}slug",
    )
