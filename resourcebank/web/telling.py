"""What anybody may tell of a resource: a problem, or that they used it. No account, no cookie, nothing of who they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from resourcebank import selectors
from resourcebank.errors import BankError
from resourcebank.models import Resource
from resourcebank.models.aftercare import PROBLEM_NAMES
from resourcebank.selectors import Moved, PublishedResource, Retired
from resourcebank.services.reports import LONGEST_REPORT, LONGEST_TIP, report_problem, report_use
from resourcebank.web import open_forms, words
from resourcebank.web.page import page
from resourcebank.web.refusals import not_found, refusing, retired
from resourcebank.web.sent import Sent, refused_form

Keep = Callable[[Resource, Mapping[str, str]], object]
PROBLEM = "meld"
USE = "brukt"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TellingView:
    """Everything `web/report.html` and `web/used.html` show. `longest` is in characters."""

    title: str
    language: str
    dir: str
    resource_url: str
    choices: tuple[Choice, ...]
    sent: Sent
    mark: str
    longest: int


@dataclass(frozen=True, slots=True)
class ThanksView:
    """A thank-you that says what happens next."""

    heading: str
    sentences: tuple[str, ...]
    resource_url: str


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell of a problem with a resource."""
    return _tell(request, slug, PROBLEM, "web/report.html", ("reason", "text"), _keep_problem)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def used(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell that one used a resource."""
    return _tell(request, slug, USE, "web/used.html", ("setting", "group_size", "minutes", "tip"), _keep_use)


@require_safe
@refusing
def thanks(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What happens with what was told."""
    found = selectors.published_resource(slug, language=words.interface_language())
    if not isinstance(found, PublishedResource):
        return _elsewhere(request, found, "web:told", kind)
    said = {
        PROBLEM: (
            _("Redaksjonen leser alle meldinger. Er noe feil, retter vi det, og endringen står i ressursens historikk."),
            _("Er det fare for at noen kan ta skade, tar vi ressursen ned mens vi ser på den."),
            _("Vi vet ikke hvem du er, og kan derfor ikke svare deg."),
        ),
        USE: (
            _("Når tre ulike arenaer har brukt en fagvurdert ressurs slik den er nå, får den nivået «Prøvd ut»."),
            _("Tipset leses av redaksjonen og vises ikke på siden. Vi lagrer ingenting om hvem du er."),
        ),
    }
    if kind not in said:
        return not_found(request)
    return page(request, "web/thanks.html", ThanksView(_("Takk for at du sa fra"), said[kind], reverse("web:resource", args=[slug])))


def _tell(request: HttpRequest, slug: str, kind: str, template: str, fields: tuple[str, ...], keep: Keep) -> HttpResponse:
    found = selectors.published_resource(slug, language=words.interface_language())
    if not isinstance(found, PublishedResource):
        return _elsewhere(request, found, f"web:{'report' if kind == PROBLEM else 'used'}")
    now = timezone.now()
    mark = open_forms.new_mark(kind, found.resource.pk, now=now)
    if request.method != "POST":
        return page(request, template, _view(found, kind, Sent(), mark.text))
    sent = open_forms.posted(request)
    values = {name: sent.get(name, "") for name in (*fields, open_forms.BAIT)}
    try:
        mark = open_forms.admit(request, sent, kind, found.resource.pk, now=now)
        with open_forms.once(mark) as first:
            if first:
                keep(found.resource, values)
    except BankError as error:
        response = page(request, template, _view(found, kind, refused_form(values, error), mark.text), status=error.status)
        if error.status == 429:
            response["Retry-After"] = "3600"
        return response
    return HttpResponseRedirect(reverse("web:told", args=[found.resource.slug, kind]))


def _keep_problem(resource: Resource, values: Mapping[str, str]) -> object:
    return report_problem(resource, reason=values["reason"], text=values["text"], now=timezone.now())


def _keep_use(resource: Resource, values: Mapping[str, str]) -> object:
    return report_use(
        resource,
        setting=values["setting"],
        group_size=values["group_size"],
        minutes=values["minutes"],
        tip=values["tip"],
        now=timezone.now(),
    )


def _elsewhere(request: HttpRequest, found: Moved | Retired, name: str, *more: str) -> HttpResponse:
    """Where the resource is now; a form that was sent goes along to its new address."""
    if isinstance(found, Retired):
        return retired(request, found)
    response = HttpResponseRedirect(reverse(name, args=[found.slug, *more]))
    response.status_code = 308 if request.method == "POST" else 301
    return response


def _view(found: PublishedResource, kind: str, sent: Sent, mark: str) -> TellingView:
    form = found.form_for(words.interface_language())
    return TellingView(
        title=form.title,
        language=form.language,
        dir=form.dir,
        resource_url=reverse("web:resource", args=[found.resource.slug]),
        choices=tuple(_problems(sent) if kind == PROBLEM else _sectors(sent)),
        sent=sent,
        mark=mark,
        longest=LONGEST_REPORT if kind == PROBLEM else LONGEST_TIP,
    )


def _problems(sent: Sent) -> Iterator[Choice]:
    for reason, name in PROBLEM_NAMES.items():
        yield Choice(reason, str(name), sent.values.get("reason") == reason)


def _sectors(sent: Sent) -> Iterator[Choice]:
    language = words.interface_language()
    for term in selectors.terms("sector"):
        yield Choice(term.slug, term.label(language), sent.values.get("setting") == term.slug)
