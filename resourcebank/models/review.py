"""Rounds of review, the decisions in them, and the checklist they answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from resourcebank.models.revision import Revision
from resourcebank.models.taxonomy import Term, pick_label
from resourcebank.workflow import Assurance, RejectReason, Verdict

OK, NOT_OK, NOT_RELEVANT = "ok", "not_ok", "not_relevant"
ANSWERS = (OK, NOT_OK, NOT_RELEVANT)
FINE = frozenset({OK, NOT_RELEVANT})
"""Answers that stand in the way of nothing."""


class Review(models.Model):
    """One round. Open until it is decided or taken back; `taken_by` holds it for one reviewer."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_reviews")
    taken_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["revision", "round"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "round"], name="one_review_per_round"),
            models.UniqueConstraint(fields=["revision"], condition=Q(closed_at__isnull=True), name="one_open_review"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}, round {self.round}"


class Criterion(models.Model):
    """One question of one version of the checklist: its name and, in `help`, what must hold, in every interface language.
    `optional` points are about something not every resource has: they may be answered `not_relevant`. A version that was answered never
    changes."""

    version = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField(default=dict)
    help = models.JSONField(default=dict, blank=True)
    optional = models.BooleanField(default=False)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_criterion_per_code")]

    def __str__(self) -> str:
        return f"{self.code} ({self.version})"

    def label(self, language: str) -> str:
        """The question in a language, or the nearest we have."""
        return pick_label(self.labels, language=language, otherwise=self.code)

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be answered."""
        return ANSWERS if self.optional else (OK, NOT_OK)


class Decision(models.Model):
    """One reviewer's verdict in one round. Append-only. `content_hash` is the text that was judged."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=20, choices=[(v.value, v.value) for v in Verdict])
    level = models.CharField(max_length=10, blank=True, choices=[(a.value, a.value) for a in Assurance if a])
    reason_code = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in RejectReason])
    note_to_author = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["review", "decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["review", "reviewer"], name="one_decision_per_reviewer"),
            models.CheckConstraint(condition=Q(verdict__in=sorted(Verdict)), name="known_verdict"),
            models.CheckConstraint(condition=~Q(verdict=Verdict.APPROVE) | ~Q(level=""), name="approval_has_level"),
            models.CheckConstraint(condition=~Q(verdict=Verdict.REJECT) | ~Q(reason_code=""), name="rejection_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.review_id})"


class Answer(models.Model):
    """A decision's answer to one criterion, or its confirmation of the link to one term. An approval has one for each; another verdict
    those that were given, and a link nobody confirmed has none.

    The decision knows by `content_hash` which text the link stood in; the link itself goes when the author writes on.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations")
    value = models.CharField(max_length=20, choices=[(value, value) for value in ANSWERS])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "criterion"], name="one_answer_per_criterion"),
            models.UniqueConstraint(fields=["decision", "term"], name="one_answer_per_link"),
            models.CheckConstraint(
                condition=Q(criterion__isnull=False, term__isnull=True) | Q(criterion__isnull=True, term__isnull=False),
                name="answers_one_thing",
            ),
            models.CheckConstraint(condition=Q(value__in=ANSWERS), name="known_answer"),
            models.CheckConstraint(condition=Q(term__isnull=True) | Q(value=OK), name="link_is_confirmed_or_not"),
        ]

    def __str__(self) -> str:
        return self.value
