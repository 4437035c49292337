"""The content of a resource at one time: real columns, never a snapshot in JSON."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from media.models import MediaFile
from resourcebank.languages import direction, form_code
from resourcebank.models.resource import Resource
from resourcebank.models.taxonomy import Term
from resourcebank.workflow import OPEN, Assurance, Status

ORIGINS = ("own", "linked")
LEVELS = ("", "A1", "A2", "B1", "B2", "C", "none")
NORWEGIAN_LEVELS = ("", "none", "A1", "A2", "B1", "B2", "C")
LINK_ROLES = ("main", "touches", "facet")
ATTACHMENT_ROLES = ("picture", "worksheet", "film", "captions", "poster")
"""`worksheet`: a document to read, fill in or print; `captions` and `poster` belong to the film of the revision."""


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values if value]


class Revision(models.Model):
    """The content of a resource at one time, and where it stands.

    `version` rises with every action and is what compare-and-set compares. `minutes_*` and `preparation_minutes` are minutes,
    `group_*` persons. `norwegian_level` is the level of the ordinary Norwegian forms. `content_hash` leaves out what may change
    after publication (see `resourcebank.content`). `assured_on` is the day somebody read it for `assurance`.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=20, default=Status.DRAFT, choices=[(s.value, s.value) for s in Status])
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    origin = models.CharField(max_length=10, default="own", choices=_choices(ORIGINS))
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    licence = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes_min = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField(null=True, blank=True)
    preparation_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    group_min = models.PositiveSmallIntegerField(null=True, blank=True)
    group_max = models.PositiveSmallIntegerField(null=True, blank=True)
    norwegian_level = models.CharField(max_length=4, blank=True, choices=_choices(NORWEGIAN_LEVELS))
    source_url = models.URLField(max_length=500, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    assurance = models.CharField(max_length=10, blank=True, choices=[(a.value, a.value) for a in Assurance if a])
    assured_on = models.DateField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    change_note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["resource", "number"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="revisions_that_wait")]
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="one_revision_per_number"),
            models.UniqueConstraint(fields=["resource", "author"], condition=Q(status__in=sorted(OPEN)), name="one_open_per_author"),
            models.UniqueConstraint(fields=["resource"], condition=Q(status=Status.APPROVED), name="one_approved_per_resource"),
            models.UniqueConstraint(fields=["resource"], condition=Q(status=Status.PUBLISHED), name="one_published_per_resource"),
            models.CheckConstraint(condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False), name="published_has_date"),
            models.CheckConstraint(condition=Q(status__in=sorted(Status)), name="known_status"),
            models.CheckConstraint(condition=Q(origin__in=ORIGINS), name="known_origin"),
            models.CheckConstraint(condition=Q(assurance__in=sorted(Assurance)), name="known_assurance"),
            models.CheckConstraint(condition=Q(norwegian_level__in=NORWEGIAN_LEVELS), name="known_norwegian_level"),
            models.CheckConstraint(condition=Q(minutes_min__lte=F("minutes_max")), name="minutes_in_order"),
            models.CheckConstraint(condition=Q(group_min__lte=F("group_max")), name="group_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.number}"


class Step(models.Model):
    """One place in the time plan all forms share. `position` starts at 1; the words stand in each form."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["revision", "position"]
        constraints = [models.UniqueConstraint(fields=["revision", "position"], name="one_step_per_position")]

    def __str__(self) -> str:
        return f"{self.position}"


class TermLink(models.Model):
    """A revision's link to a term. A framework link is `main` or `touches` and has a `reason` per language; a `facet` has none."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="term_links")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=10, choices=_choices(LINK_ROLES))
    reason = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "term"], name="one_link_per_term"),
            models.CheckConstraint(condition=Q(role__in=LINK_ROLES), name="known_link_role"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} ({self.role})"


class Form(models.Model):
    """One language version at one level. `steps` has one text per Step; `steps`, `questions` and `adaptations` are lists of strings,
    `participant_sheet` is Markdown. `made_from_hash` is the source form's text when this one was made from it.
    `lix` is a readability number, shown as a signal only."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="forms")
    language = models.CharField(max_length=20)
    level = models.CharField(max_length=4, blank=True, choices=_choices(LEVELS))
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    steps = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    adaptations = models.JSONField(default=list, blank=True)
    care = models.TextField(blank=True)
    participant_sheet = models.TextField(blank=True)
    transcript = models.TextField(blank=True)
    made_from = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="made_into")
    made_from_hash = models.CharField(max_length=64, blank=True)
    lix = models.PositiveSmallIntegerField(null=True, blank=True)
    translated_by = models.CharField(max_length=120, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "language", "level"], name="one_form_per_language_and_level"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="known_level"),
            models.CheckConstraint(condition=~Q(language=""), name="form_has_language"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The short name in addresses: `nb`, `nb-a2`."""
        return form_code(self.language, self.level)

    @property
    def dir(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)


class Attachment(models.Model):
    """A file of a revision, in the order it is shown. `position` starts at 1; `alt` says per language what is to be seen, `caption` what
    the file is called. `language` is the BCP 47 tag of what is said in it. `source_url` is where it was found, `rights` who made it and
    what lets us share it, when that is not what the revision itself says."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, default="picture", choices=_choices(ATTACHMENT_ROLES))
    file = models.ForeignKey(MediaFile, on_delete=models.PROTECT, related_name="attachments")
    alt = models.JSONField(default=dict, blank=True)
    caption = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=20, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    rights = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="one_attachment_per_position"),
            models.CheckConstraint(condition=Q(role__in=ATTACHMENT_ROLES), name="known_attachment_role"),
        ]

    def __str__(self) -> str:
        return f"{self.position} ({self.role})"
