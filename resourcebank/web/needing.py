"""Telling that something is missing: by anybody, without an account, a cookie or a word of who they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resourcebank import catalogue
from resourcebank.catalogue import CATALOGUE, Lacking
from resourcebank.errors import BankError
from resourcebank.services.needs import hide_need, note_need
from resourcebank.web import asked, open_forms, words
from resourcebank.web.asked import Asked, address
from resourcebank.web.chosen import labels_in
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refusing
from resourcebank.web.sent import Sent, refused_form

KIND = "savnet"
_NO_RESOURCE = 0


@dataclass(frozen=True, slots=True)
class NeedView:
    """The page that asks before a need is counted: each thing that will be, in words. `hashed` are words that are not shown to anybody
    yet. Without any of either there is nothing to count."""

    parts: tuple[str, ...]
    hashed: tuple[str, ...]
    search_url: str
    sent: Sent
    mark: str


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def need(request: HttpRequest) -> HttpResponse:
    """Say that what a search asked for is missing; the search stands in the address as on its own page."""
    read = asked.read(CATALOGUE.schema, asked.pairs(request), known=catalogue.known_values(), facets=())
    lacking = catalogue.lacking(read.wanted)
    now = timezone.now()
    mark = open_forms.new_mark(KIND, _NO_RESOURCE, now=now)
    if request.method != "POST":
        return page(request, "web/need.html", _view(read, lacking, Sent(), mark.text))
    sent = open_forms.posted(request)
    try:
        mark = open_forms.admit(request, sent, KIND, _NO_RESOURCE, now=now)
        with open_forms.once(mark) as first:
            if first:
                note_need(lacking, now=now, said=True)
    except BankError as error:
        values = {open_forms.BAIT: sent.get(open_forms.BAIT, "")}
        response = page(request, "web/need.html", _view(read, lacking, refused_form(values, error), mark.text), status=error.status)
        if error.status == 429:
            response["Retry-After"] = "3600"
        return response
    return HttpResponseRedirect(reverse("web:need_told"))


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """A thank-you that says what happens next."""
    return page(request, "web/need_told.html", None)


@require_POST
@members_only
@refusing
def hide(request: HttpRequest) -> HttpResponse:
    """A curator takes a word away from the list of what people miss."""
    hide_need(request.POST.getlist("key"), by=visitor(request))
    return HttpResponseRedirect(f"{reverse('web:coverage')}#savnet")


def _view(read: Asked, lacking: Lacking, sent: Sent, mark: str) -> NeedView:
    labels = labels_in(catalogue.names(), words.interface_language())
    chosen = [labels.get(pair, pair[1]) for pair in lacking.chosen]
    return NeedView(
        parts=(*(f"«{word}»" for word in lacking.known), *chosen),
        hashed=lacking.unknown,
        search_url=address(read.wanted),
        sent=sent,
        mark=mark,
    )
