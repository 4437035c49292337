"""What the quality card of a published resource says: who in which role approved it, on what grounds, and how it is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from resourcebank.health import Health, health
from resourcebank.models import LinkCheck, Membership, Revision, UseReport
from resourcebank.selectors.resources import PublishedResource
from resourcebank.selectors.uses import SETTINGS, TRIED, steps_hash
from resourcebank.workflow import Assurance, Status, Verdict

PUBLIC = (Status.PUBLISHED, Status.SUPERSEDED)
"""Revisions whose history everybody may read while the resource is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityCard:
    """`level` may be `tried`. `approvals` are the levels of all who approved, in their order, never their names; `answers` those of the
    deciding approval, as (labels per language, `ok`, `not_ok` or `not_relevant`). `own_house`: written and approved by the bank's own
    hands, which are not independent of each other. `same_organisation`: author and approver belong to a common one. `versions` were public;
    `settings` is how many different ones reported to have used the steps as they stand, in `uses` reports."""

    level: str
    approvals: tuple[str, ...]
    answers: tuple[tuple[Mapping[str, str], str], ...]
    own_house: bool
    same_organisation: bool
    versions: int
    uses: int
    settings: int
    health: Health


class _Row(NamedTuple):
    """The columns of `_rows`, in their order: one row per answer, the last three the same in all."""

    author_is_system: bool
    verdict: str | None
    decision: int | None
    level: str | None
    approver_is_system: bool | None
    labels: Mapping[str, str] | None
    value: str | None
    same_organisation: bool
    versions: int
    uses: int
    settings: int
    link_state: str
    strikes: int


def quality_card(found: PublishedResource, *, today: date) -> QualityCard:
    """The card of what `published_resource` found: one statement."""
    revision = found.revision
    sealed = steps_hash(found.forms, [step.minutes for step in found.steps])
    rows = [_Row(*row) for row in _rows(revision, sealed)]
    first = rows[0]
    approvals = {row.decision: row for row in rows if row.verdict == Verdict.APPROVE}
    last = list(approvals.values())[-1:]
    answers = [row for row in rows if last and row.decision == last[0].decision and row.labels]
    tried = revision.assurance == Assurance.REVIEWED and first.settings >= SETTINGS
    return QualityCard(
        level=TRIED if tried else revision.assurance,
        approvals=tuple(row.level or "" for row in approvals.values()),
        answers=tuple((row.labels or {}, row.value or "") for row in answers),
        own_house=first.author_is_system and any(row.approver_is_system for row in last),
        same_organisation=any(row.same_organisation for row in approvals.values()),
        versions=first.versions,
        uses=first.uses,
        settings=first.settings,
        health=health(
            published=True,
            review_due_on=found.resource.review_due_on,
            link_state=first.link_state,
            strikes=first.strikes,
            today=today,
        ),
    )


def level_of(found: PublishedResource) -> str:
    """The level alone, `tried` among them: one statement when it is reviewed, else none."""
    if found.revision.assurance != Assurance.REVIEWED:
        return found.revision.assurance
    sealed = steps_hash(found.forms, [step.minutes for step in found.steps])
    rows = UseReport.objects.filter(resource=found.resource, steps_hash=sealed).values("setting").distinct()
    return TRIED if rows.order_by().count() >= SETTINGS else found.revision.assurance


def _rows(revision: Revision, sealed: str) -> Sequence[tuple[Any, ...]]:
    decision = "reviews__decisions"
    of_author = Membership.objects.filter(user=OuterRef("author"), organisation__memberships__user=OuterRef(f"{decision}__reviewer"))
    public = Revision.objects.filter(resource=OuterRef("resource"), status__in=PUBLIC)
    used = UseReport.objects.filter(resource=OuterRef("resource"), steps_hash=sealed)
    link = LinkCheck.objects.filter(address=OuterRef("source_url"))
    rows = Revision.objects.filter(pk=revision.pk).annotate(
        together=Exists(of_author),
        versions=_count(public, "pk"),
        uses=_count(used, "pk"),
        settings=_count(used, "setting"),
        link=Coalesce(Subquery(link.values("state")[:1]), Value(""), output_field=CharField()),
        strikes=Coalesce(Subquery(link.values("strikes")[:1]), Value(0), output_field=IntegerField()),
    )
    columns = ("author__is_system", f"{decision}__verdict", f"{decision}", f"{decision}__level", f"{decision}__reviewer__is_system")
    answer = (f"{decision}__answers__criterion__labels", f"{decision}__answers__value")
    order = (f"{decision}__decided_at", decision, F(f"{decision}__answers__criterion__position").asc(nulls_last=True))
    return list(rows.order_by(*order).values_list(*columns, *answer, "together", "versions", "uses", "settings", "link", "strikes"))


def _count(rows: QuerySet[Any], column: str) -> Coalesce:
    counted = rows.order_by().values("resource").annotate(number=Count(column, distinct=True)).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())
