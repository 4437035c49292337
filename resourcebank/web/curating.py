"""What curators look after once a resource is public: reports from visitors, and how every resource is doing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resourcebank import selectors
from resourcebank.errors import BankError
from resourcebank.health import Health
from resourcebank.models import ProblemReport, Resource, User, UseReport
from resourcebank.models.aftercare import PROBLEM_NAMES
from resourcebank.selectors import Missing, Some
from resourcebank.services.reports import answer_report
from resourcebank.web import words
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refused, refusing
from resourcebank.web.sent import Sent, refused_form


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of a list's filter."""

    url: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report; `answer_url` is empty when it is handled."""

    id: int
    title: str
    url: str
    reason: str
    text: str
    sent_on: str
    handled: str
    answer: str
    answer_url: str
    form: Sent


@dataclass(frozen=True, slots=True)
class UseView:
    """Somebody used a resource."""

    title: str
    url: str
    setting: str
    facts: str
    tip: str
    sent_on: str


@dataclass(frozen=True, slots=True)
class StateView:
    """A resource and when it should be read anew."""

    title: str
    url: str
    due: str


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything `web/reports.html` and `web/states.html` show. Addresses are empty where there is no such page."""

    tabs: tuple[Tab, ...]
    reports: tuple[ReportView, ...] = ()
    uses: tuple[UseView, ...] = ()
    states: tuple[StateView, ...] = ()
    empty: str = ""
    place: str = ""
    previous_url: str = ""
    next_url: str = ""


@require_safe
@members_only
@refusing
def reports(request: HttpRequest) -> HttpResponse:
    """What visitors have told, `?vis=` open, handled or used."""
    return page(request, "web/reports.html", _reports(request, request.GET.get("vis", "")))


@require_POST
@members_only
@refusing
def answer(request: HttpRequest, report_id: int) -> HttpResponse:
    """Close a report with an answer; what was written comes back with its fault when it cannot be kept."""
    user = visitor(request)
    report = selectors.problem_report(user, report_id)
    text = request.POST.get("answer", "")
    try:
        if isinstance(user, User):
            answer_report(report, by=user, answer=text, now=timezone.now())
    except BankError as error:
        if report.handled_at:
            return refused(request, error)
        sent = {report_id: refused_form({"answer": text}, error)}
        return page(request, "web/reports.html", _reports(request, "open", sent), status=error.status)
    return HttpResponseRedirect(reverse("web:reports"))


@require_safe
@members_only
@refusing
def states(request: HttpRequest) -> HttpResponse:
    """Every resource in the state `?tilstand=` names, overdue unless it names one."""
    asked = request.GET.get("tilstand", "")
    state = Health(asked) if asked in set(Health) else Health.OVERDUE
    found = selectors.resources_by_health(
        visitor(request), state, today=timezone.localdate(), page=_page(request), language=words.interface_language()
    )
    url = reverse("web:states")
    tabs = tuple(Tab(f"{url}?tilstand={each}", f"{words.health(each)} ({found.counts[each]})", each == state) for each in Health)
    rows = tuple(_state(resource, found.titles) for resource in found.rows)
    empty = _("Ingen ressurs er slik nå.")
    return page(request, "web/states.html", _paged(found, tabs, f"{url}?tilstand={state}", states=rows, empty=empty))


@require_safe
@members_only
@refusing
def missing(request: HttpRequest) -> HttpResponse:
    """Every resource that lacks what `?mangler=` names, nynorsk unless it names something."""
    asked = request.GET.get("mangler", "")
    what = Missing(asked) if asked in set(Missing) else Missing.NYNORSK
    found = selectors.resources_missing(
        visitor(request), what, today=timezone.localdate(), page=_page(request), language=words.interface_language()
    )
    url = reverse("web:missing")
    names = {
        Missing.NYNORSK: _("uten nynorsk"),
        Missing.EASY: _("uten lettlest"),
        Missing.ENGLISH: _("uten engelsk"),
        Missing.READING: _("over fristen for lesing"),
    }
    tabs = tuple(Tab(f"{url}?mangler={each}", f"{names[each]} ({found.counts[each]})", each == what) for each in Missing)
    rows = tuple(_state(resource, found.titles) for resource in found.rows)
    empty = _("Ingen ressurs mangler dette.")
    return page(request, "web/missing.html", _paged(found, tabs, f"{url}?mangler={what}", states=rows, empty=empty))


def _reports(request: HttpRequest, shown: str, sent: Mapping[int, Sent] | None = None) -> ListView:
    user, language, at = visitor(request), words.interface_language(), _page(request)
    url = reverse("web:reports")
    if shown == "used":
        uses = selectors.use_reports(user, page=at, language=language)
        rows = tuple(_use(each, uses.titles, language) for each in uses.rows)
        empty = _("Ingen har meldt at de har brukt en ressurs ennå.")
        return _paged(uses, _tabs("used", {}), f"{url}?vis=used", uses=rows, empty=empty)
    handled = shown == "handled"
    found = selectors.problem_reports(user, handled=handled, page=at, language=language)
    reports = tuple(_report(each, found.titles, (sent or {}).get(each.pk, Sent())) for each in found.rows)
    empty = _("Ingen meldinger er behandlet ennå.") if handled else _("Ingen meldinger venter på svar.")
    return _paged(found, _tabs(shown, found.counts), f"{url}?vis={'handled' if handled else 'open'}", reports=reports, empty=empty)


def _tabs(shown: str, counts: Mapping[str, int]) -> tuple[Tab, ...]:
    url = reverse("web:reports")
    names = {"open": _("Venter på svar"), "handled": _("Behandlet"), "used": _("Brukt")}
    current = shown if shown in names else "open"
    return tuple(
        Tab(f"{url}?vis={key}", f"{name} ({counts[key]})" if key in counts else name, key == current) for key, name in names.items()
    )


def _report(report: ProblemReport, titles: Mapping[int, str], form: Sent) -> ReportView:
    handled = report.handled_at
    said = {"day": words.day(timezone.localdate(handled)), "name": str(report.handled_by)} if handled else {}
    return ReportView(
        id=report.pk,
        title=titles.get(report.resource_id, report.resource.slug),
        url=reverse("web:resource", args=[report.resource.slug]),
        reason=str(PROBLEM_NAMES[report.reason]),
        text=report.text,
        sent_on=words.day(timezone.localdate(report.created_at)),
        handled=_("Behandlet %(day)s av %(name)s") % said if handled else "",
        answer=report.answer,
        answer_url="" if handled else reverse("web:answer_report", args=[report.pk]),
        form=form,
    )


def _use(report: UseReport, titles: Mapping[int, str], language: str) -> UseView:
    facts = [words.group(report.group_size, report.group_size), words.minutes(report.minutes, report.minutes)]
    return UseView(
        title=titles.get(report.resource_id, report.resource.slug),
        url=reverse("web:resource", args=[report.resource.slug]),
        setting=report.setting.label(language),
        facts=", ".join(filter(None, facts)),
        tip=report.tip,
        sent_on=words.day(timezone.localdate(report.created_at)),
    )


def _state(resource: Resource, titles: Mapping[int, str]) -> StateView:
    due = resource.review_due_on
    sentence = _("Leses på nytt innen %(day)s") % {"day": words.day(due)} if due and resource.published_id else ""
    return StateView(titles.get(resource.pk, resource.slug), reverse("web:resource", args=[resource.slug]), sentence)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("side", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


def _paged(
    found: Some[ProblemReport] | Some[UseReport] | Some[Resource],
    tabs: tuple[Tab, ...],
    url: str,
    *,
    reports: tuple[ReportView, ...] = (),
    uses: tuple[UseView, ...] = (),
    states: tuple[StateView, ...] = (),
    empty: str,
) -> ListView:
    return ListView(
        tabs=tabs,
        reports=reports,
        uses=uses,
        states=states,
        empty="" if found.rows else empty,
        place=_("Side %(page)d av %(pages)d") % {"page": found.page, "pages": found.pages} if found.pages > 1 else "",
        previous_url=f"{url}&side={found.page - 1}" if found.page > 1 else "",
        next_url=f"{url}&side={found.page + 1}" if found.page < found.pages else "",
    )
