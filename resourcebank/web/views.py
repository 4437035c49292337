"""The pages. Each view reads the address, makes one call, and hands the answer to a template."""

from __future__ import annotations

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from media.shelf import ENDINGS, path_of, path_of_file
from resourcebank import catalogue, selectors
from resourcebank.catalogue import CATALOGUE, Suggested
from resourcebank.complaints import RETRY_SECONDS
from resourcebank.explanations import ETHICS, OVERVIEW, explanation
from resourcebank.policies import is_curator
from resourcebank.selectors import Face, Moved, PublishedResource, Retired
from resourcebank.services.needs import count_in_passing
from resourcebank.web import asked, words
from resourcebank.web.coverage import coverage_csv, coverage_view
from resourcebank.web.down import down_view
from resourcebank.web.explaining import explained_view, place_url, wanted_beside
from resourcebank.web.faults import fault_view
from resourcebank.web.finder import finder_view
from resourcebank.web.front import NEWEST, front_view
from resourcebank.web.members import visitor
from resourcebank.web.page import page
from resourcebank.web.pictures import FOR_EVER
from resourcebank.web.reading import resource_view
from resourcebank.web.refusals import not_found, refusing, retired
from resourcebank.web.serving import sent_file
from resourcebank.web.suggesting import suggestions_view
from search.errors import SearchDown
from search.request import MAX_TEXT, SearchRequest

FACETS = tuple(facet.name for facet in CATALOGUE.schema.facets)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`/`: on to the front page in the reader's language."""
    response = HttpResponseRedirect(reverse("web:front"))
    patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page; it stands, without its lists, also when search is down."""
    wanted = SearchRequest(facets=FACETS, sort="newest", page_size=NEWEST)
    try:
        found = catalogue.find(wanted, language=words.interface_language())
    except SearchDown:
        return page(request, "web/front_down.html", down_view())
    return page(request, "web/front.html", front_view(found, selectors.terms("word_pair")))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search with filters: 400 when part of the address makes no sense, 404 beyond the last page, 503 when no engine answers."""
    read = asked.read(CATALOGUE.schema, asked.pairs(request), known=catalogue.known_values(), facets=FACETS)
    try:
        found = catalogue.find(read.wanted, language=words.interface_language())
    except SearchDown:
        response = page(request, "web/search_down.html", down_view(read.text), status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    if request.method == "GET" and not read.faults:
        count_in_passing(catalogue.unmet(found.page), now=timezone.now())
    faults = tuple(fault_view(fault, read.wanted, found.facets) for fault in read.faults)
    view = finder_view(read, found, faults, catalogue.loosened(found.page))
    return page(request, "web/search.html", view, status=400 if view.faults else 404 if view.last_page else 200)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A list for the search box of whoever is typing `q`; empty when there is nothing, also while search is down."""
    text = asked.visible(request.GET.get("q", ""))[:MAX_TEXT]
    try:
        found = catalogue.suggested(text, language=words.interface_language())
    except SearchDown:
        found = Suggested((), (), ())
    return render(request, "web/_suggestions.html", {"view": suggestions_view(found)})


@require_safe
@refusing
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """A resource in the form asked for with `?form=`, with those like it."""
    return _resource_page(request, slug, "web:resource", "web/resource.html", beside=True)


@require_safe
@refusing
def participant(request: HttpRequest, slug: str) -> HttpResponse:
    """What the participant sees: only the sheet, large and without a menu."""
    return _resource_page(request, slug, "web:participant", "web/participant.html")


@require_safe
@refusing
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet on paper; `?stor=1` in large print."""
    large = request.GET.get("stor") == "1"
    return _resource_page(request, slug, "web:sheet", "web/sheet_large.html" if large else "web/sheet.html")


@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """What the framework is and what its four parts answer."""
    return _explained(request, OVERVIEW)


@require_safe
def word_pair(request: HttpRequest, pair: str, word: str = "") -> HttpResponse:
    """A word pair, or one of its words, explained beside its resources."""
    return _explained(request, f"ordpar/{pair}/{word}".rstrip("/"))


@require_safe
def competence(request: HttpRequest, area: str) -> HttpResponse:
    """A competence area, explained beside its resources."""
    return _explained(request, f"standard/{area}")


@require_safe
def quality_area(request: HttpRequest, area: str) -> HttpResponse:
    """An area of quality, explained beside its resources."""
    return _explained(request, f"kvalitet/{area}")


@require_safe
def ethics(request: HttpRequest) -> HttpResponse:
    """The ethical guidelines, explained beside their resources."""
    return _explained(request, ETHICS)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """What the bank covers, against the dimension `?mot=` names; 400 with the map all the same when nobody knows it."""
    found = catalogue.coverage(timezone.localdate())
    hides = is_curator(visitor(request))
    view = coverage_view(found, catalogue.demand(), catalogue.names(), request.GET.get("mot", ""), hides=hides)
    return page(request, "web/coverage.html", view, status=400 if view.fault else 200)


@require_safe
def coverage_table(request: HttpRequest) -> HttpResponse:
    """The same, whole, for a spreadsheet."""
    table = coverage_csv(catalogue.coverage(timezone.localdate()), catalogue.names())
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dekning.csv"'
    return response


@require_safe
def picture(request: HttpRequest, sha256: str, width: int) -> FileResponse:
    """One size of a picture that a published resource shows, or a text the person may read."""
    public = selectors.picture_is_public(sha256, width)
    if not public and not selectors.picture_is_visible(visitor(request), sha256, width):
        raise Http404
    try:
        file = path_of(sha256, width).open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = FOR_EVER if public else "private, no-store"
    return response


@require_safe
def file(request: HttpRequest, sha256: str, ending: str) -> HttpResponseBase:
    """A document to keep, a film or captions to play: of a published resource, or of a text the person may read."""
    public = selectors.public_file(sha256)
    found = public or selectors.visible_file(visitor(request), sha256)
    if found is None or ENDINGS[found.file.media_type] != ending:
        raise Http404
    title = next(iter(found.caption.values()), "") or _("Dokument")
    try:
        return sent_file(
            request,
            found.file,
            path_of_file(found.file),
            public=bool(public),
            save_as=f"{title}.{ending}" if found.role == "worksheet" else "",
        )
    except OSError as error:
        raise Http404 from error


def _explained(request: HttpRequest, place: str) -> HttpResponse:
    found = explanation(place)
    if found is None:
        return not_found(request)
    known = catalogue.names()
    try:
        beside = catalogue.find(wanted_beside(found, known, FACETS), language=words.interface_language())
    except SearchDown:
        beside = None
    view = explained_view(found, request.GET.get("form", ""), beside, known)
    if view is None:
        return not_found(request, _("Siden finnes ikke i den utgaven du ba om."), place_url(found))
    return page(request, "web/explained.html", view)


def _resource_page(request: HttpRequest, slug: str, name: str, template: str, *, beside: bool = False) -> HttpResponse:
    language = words.interface_language()
    match selectors.published_resource(slug, language=language):
        case PublishedResource() as found:
            card = selectors.quality_card(found, today=timezone.localdate())
            similar = _similar(found, language) if beside else []
            view = resource_view(found, card, request.GET.get("form", ""), catalogue.names(), visitor(request), similar)
            if view is None:
                return not_found(request, _("Ressursen finnes ikke i den utgaven du ba om."), reverse("web:resource", args=[slug]))
            return page(request, template, view)
        case Moved(slug=present):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(reverse(name, args=[present]) + (f"?{query}" if query else ""))
        case Retired() as gone:
            return retired(request, gone)


def _similar(found: PublishedResource, language: str) -> list[Face]:
    """Those like it; none while search is down, since the page stands without them."""
    try:
        return catalogue.similar_faces(found, language=language)
    except SearchDown:
        return []
