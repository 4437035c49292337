"""Words that stand for each other in searches, beside those of the files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from search.analysis.normalise import MAX_WORD

SYNONYM_ACTIONS = {"added": gettext_lazy("lagt til"), "changed": gettext_lazy("endret"), "removed": gettext_lazy("fjernet")}


class Synonym(models.Model):
    """Who looks for `word` also finds `other`, and the other way round when `both_ways`; or, `off`, does so no longer although the files
    say so. Each is one word in normal form and stands for all its forms."""

    word = models.CharField(gettext_lazy("ord"), max_length=MAX_WORD)
    other = models.CharField(gettext_lazy("finner også"), max_length=MAX_WORD)
    both_ways = models.BooleanField(gettext_lazy("begge veier"), default=True)
    off = models.BooleanField(gettext_lazy("slått av"), default=False)

    class Meta:
        verbose_name = gettext_lazy("synonym")
        verbose_name_plural = gettext_lazy("synonymer")
        ordering = ["word", "other"]
        constraints = [
            models.UniqueConstraint(fields=["word", "other"], name="one_synonym_per_pair"),
            models.CheckConstraint(condition=~models.Q(word=models.F("other")), name="no_synonym_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.word} {'↔' if self.both_ways else '→'} {self.other}"


class SynonymChange(models.Model):
    """One change of the synonyms: the row as it was after it, or, `removed`, before it. Only added to, so that the number of changes is
    the version by which every process sees that it must read the synonyms anew."""

    at = models.DateTimeField(gettext_lazy("tidspunkt"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="synonym_changes", verbose_name=gettext_lazy("hvem")
    )
    action = models.CharField(gettext_lazy("hva som skjedde"), max_length=10, choices=list(SYNONYM_ACTIONS.items()))
    word = models.CharField(gettext_lazy("ord"), max_length=MAX_WORD)
    other = models.CharField(gettext_lazy("finner også"), max_length=MAX_WORD)
    both_ways = models.BooleanField(gettext_lazy("begge veier"))
    off = models.BooleanField(gettext_lazy("slått av"))

    class Meta:
        verbose_name = gettext_lazy("endring av synonym")
        verbose_name_plural = gettext_lazy("endringer av synonymer")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(action__in=tuple(SYNONYM_ACTIONS)), name="known_synonym_action")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.word} {self.other}"
