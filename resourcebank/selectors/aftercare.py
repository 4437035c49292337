"""What curators see of the time after publication, and the figures everybody may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from resourcebank.errors import NotFound
from resourcebank.health import BROKEN_AFTER, Health, soon
from resourcebank.languages import FALLBACKS
from resourcebank.models import Decision, Form, LinkCheck, ProblemReport, Resource, Revision, UseReport
from resourcebank.policies import Actor, require_curator
from resourcebank.selectors.uses import TRIED, tried_among
from resourcebank.workflow import Status, Verdict

PAGE = 30
"""Rows of one page of a curator's list."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Some(Generic[Row]):
    """One page of a list. `counts` says how many there are in each choice of its filter; `titles` the name of each resource by its key."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    titles: Mapping[int, str]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The bank in numbers: published resources by level (`tried` among them), how many the bank's own hands both wrote and approved,
    overdue ones, and reports from visitors."""

    levels: Mapping[str, int]
    own_house: int
    overdue: int
    reports: int
    handled: int

    @property
    def published(self) -> int:
        """All published resources."""
        return sum(self.levels.values())


def problem_report(user: Actor, report_id: int) -> ProblemReport:
    """One report, for a curator. Raises LoginNeeded, NotAllowed, NotFound."""
    require_curator(user)
    report = ProblemReport.objects.select_related("resource").filter(pk=report_id).first()
    if report is None:
        raise NotFound
    return report


def problem_reports(user: Actor, *, handled: bool, page: int, language: str) -> Some[ProblemReport]:
    """Reports for a curator: open ones the oldest first, handled ones the newest first. Raises LoginNeeded, NotAllowed."""
    require_curator(user)
    rows = ProblemReport.objects.select_related("resource__published", "handled_by").filter(handled_at__isnull=not handled)
    waits = Q(handled_at__isnull=True)
    counts = ProblemReport.objects.aggregate(open=Count("pk", filter=waits), handled=Count("pk", filter=~waits))
    order = ("-handled_at", "-id") if handled else ("created_at", "id")
    total = counts["handled" if handled else "open"]
    return page_of(rows.order_by(*order), counts, total, page, lambda row: row.resource_id, language)


def use_reports(user: Actor, *, page: int, language: str) -> Some[UseReport]:
    """What people wrote of having used resources, for a curator, the newest first. Raises LoginNeeded, NotAllowed."""
    require_curator(user)
    total = UseReport.objects.count()
    rows = UseReport.objects.select_related("resource__published", "setting").order_by("-created_at", "-id")
    return page_of(rows, {}, total, page, lambda row: row.resource_id, language)


def resources_by_health(user: Actor, state: Health, *, today: date, page: int, language: str) -> Some[Resource]:
    """The resources in a state, for a curator, those that were due first at the top. Raises LoginNeeded, NotAllowed."""
    require_curator(user)
    counts = Resource.objects.aggregate(**{each.name: Count("pk", filter=_says(each, today)) for each in Health})
    counts = {str(each): counts[each.name] for each in Health}
    rows = in_health(state, today=today).order_by("review_due_on", "slug").select_related("published")
    return page_of(rows, counts, counts[state], page, lambda row: row.pk, language)


def in_health(state: Health, *, today: date) -> QuerySet[Resource]:
    """The resources of which `resourcebank.health` says this, asked of the database. What was never public has no state."""
    return Resource.objects.filter(_says(state, today))


def _says(state: Health, today: date) -> Q:
    broken = Q(Exists(LinkCheck.objects.filter(address=OuterRef("published__source_url"), state="fails", strikes__gte=BROKEN_AFTER)))
    if state == Health.WITHDRAWN:
        return Q(Exists(Revision.objects.filter(resource=OuterRef("pk"), status=Status.RETIRED)), published=None)
    public = Q(published__isnull=False)
    overdue, near = Q(review_due_on__lt=today), Q(review_due_on__range=(today, soon(today)))
    match state:
        case Health.BROKEN_LINK:
            return public & broken
        case Health.OVERDUE:
            return public & ~broken & overdue
        case Health.CHECK_SOON:
            return public & ~broken & near
        case _:
            return public & ~broken & (Q(review_due_on__isnull=True) | Q(review_due_on__gt=soon(today)))


def figures(today: date) -> Figures:
    """The bank in numbers: five statements, at most three more when some resources are reviewed."""
    rows = list(Resource.objects.filter(published__isnull=False).values_list("pk", "published", "published__assurance"))
    levels = Counter(level for _resource, _revision, level in rows)
    tried = tried_among({revision: (resource, level) for resource, revision, level in rows if revision})
    own = Decision.objects.filter(review__revision=OuterRef("published"), verdict=Verdict.APPROVE, reviewer__is_system=True)
    levels["reviewed"] -= len(tried)
    levels[TRIED] += len(tried)
    return Figures(
        levels=levels,
        own_house=Resource.objects.filter(published__author__is_system=True).filter(Exists(own)).count(),
        overdue=Resource.objects.filter(published__isnull=False, review_due_on__lt=today).count(),
        reports=ProblemReport.objects.count(),
        handled=ProblemReport.objects.filter(handled_at__isnull=False).count(),
    )


def page_of(
    rows: QuerySet[Row], counts: Mapping[str, int], total: int, page: int, resource: Callable[[Row], int], language: str
) -> Some[Row]:
    """One page of a list, whatever page number was asked for; `resource` gives the key of the resource a row is about."""
    pages = max(1, -(-total // PAGE))
    at = min(max(page, 1), pages)
    shown = tuple(rows[(at - 1) * PAGE : at * PAGE])
    return Some(shown, counts, _titles({resource(row) for row in shown}, language), at, pages)


def _titles(resource_ids: Iterable[int], language: str) -> dict[int, str]:
    """The title of each resource that is or was public, by its key: one statement."""
    seen = Q(revision__status__in=(Status.PUBLISHED, Status.RETIRED), revision__resource__in=list(resource_ids))
    rows = (
        Form.objects.filter(seen)
        .order_by("revision__number", "-level")
        .values_list("revision__resource_id", "revision_id", "language", "title")
    )
    found: dict[int, tuple[int, dict[str, str]]] = {}
    for resource, revision, tag, title in rows:
        if resource not in found or found[resource][0] != revision:
            found[resource] = (revision, {})  # the last of several counts
        found[resource][1][tag] = title
    return {resource: _nearest(titles, language) for resource, (_revision, titles) in found.items()}


def _nearest(titles: Mapping[str, str], language: str) -> str:
    return next((titles[tag] for tag in (language, *FALLBACKS) if tag in titles), next(iter(titles.values())))
