"""The pages where somebody contributes: the start, the four pages of a draft, its pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from media.shelf import path_of
from resourcebank import catalogue, selectors
from resourcebank.catalogue import Names
from resourcebank.content import Content, content_of, tidy_text
from resourcebank.errors import BankError, NotAllowed, NotFound
from resourcebank.foreign.describe import describe
from resourcebank.foreign.fetch import SECONDS
from resourcebank.languages import form_code, valid_tag
from resourcebank.models import User
from resourcebank.models.revision import LEVELS
from resourcebank.policies import can_start, require_start
from resourcebank.selectors import PublishedResource
from resourcebank.selectors.submissions import own_revision
from resourcebank.services.contributing import start_once, suggest
from resourcebank.services.files import offer_picture
from resourcebank.web import words
from resourcebank.web.contributing_form import new_form
from resourcebank.web.contributing_start import Wanted, asked_for, first_content, languages, linked_content, start_view, suggest_view
from resourcebank.web.contributing_work import Work
from resourcebank.web.kept import keeping
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refused, refusing

LONGEST_KEY = 120


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@refusing
def contribute(request: HttpRequest) -> HttpResponse:
    """Begin: with a link or with own text (`?word_pair=…&kind=…` fills in), or on a published resource (`?ressurs=<slug>`)."""
    begin = _suggest if request.GET.get("ressurs") else _begin
    response = begin(request)
    patch_vary_headers(response, ("Cookie",))
    return response


def _begin(request: HttpRequest) -> HttpResponse:
    known = catalogue.names()
    user = visitor(request)
    asked = {name: request.POST.get(name) or request.GET.get(name, "") for name in (*request.GET, *request.POST)}
    wanted = asked_for(asked, known)
    if request.method == "POST":
        return members_only(partial(_started, wanted=wanted, known=known))(request)
    view = start_view(wanted, known, member=isinstance(user, User), starts=can_start(user))
    return page(request, "web/contribute_start.html", view)


def _started(request: HttpRequest, *, wanted: tuple[Wanted, ...], known: Names) -> HttpResponse:
    user = _person(request)
    require_start(user)
    key = tidy_text(request.POST.get("key", ""))[:LONGEST_KEY]
    content = first_content(wanted, author=str(user))
    fetched: tuple[str, ...] = ()
    problem = picture = ""
    begun = time.monotonic()
    if request.POST.get("way") == "linked":
        address = tidy_text(request.POST.get("address", ""))
        suggestion = describe(address)
        problem = suggestion.problem
        if not address or suggestion.reason == "address":
            view = start_view(wanted, known, member=True, starts=True, address=address[:2000], problem=problem, key=key)
            return page(request, "web/contribute_start.html", view, status=422)
        content, fetched = linked_content(content, suggestion)
        picture = suggestion.picture
    draft = start_once(by=user, key=f"start:{key}" if key else f"start:{timezone.now().isoformat()}", content=content, now=timezone.now())
    if picture:
        left = SECONDS - (time.monotonic() - begun)
        offer_picture(draft, by=user, address=picture, page=content.source_url, now=timezone.now(), seconds=left)
    query: dict[str, str] = {"hentet": ",".join(fetched)} if fetched else {"uten": "1"} if problem else {}
    return HttpResponseRedirect(_draft_url(draft.pk, **query))


def _suggest(request: HttpRequest) -> HttpResponse:
    known = catalogue.names()
    match selectors.published_resource(request.GET["ressurs"], language=words.interface_language()):
        case PublishedResource() as found:
            pass
        case _:
            raise NotFound
    if request.method == "POST":
        return members_only(partial(_suggested, found=found))(request)
    user = visitor(request)
    adds = request.GET.get("hva") == "sprak"
    view = suggest_view(found, known, member=isinstance(user, User), starts=can_start(user), add_language=adds)
    return page(request, "web/contribute_suggest.html", view)


def _suggested(request: HttpRequest, *, found: PublishedResource) -> HttpResponse:
    user = _person(request)
    language, level = valid_tag(request.POST.get("new_language", "")), request.POST.get("new_level", "")
    known = {each.value for each in languages(catalogue.names(), "")}
    if language not in known or level not in LEVELS:
        draft = suggest(found.resource, by=user, now=timezone.now())
        return HttpResponseRedirect(_draft_url(draft.pk))
    change: Callable[[Content], Content] = partial(new_form, language=language, level=level, translated_by=str(user))
    code = form_code(language, level)
    draft = suggest(found.resource, by=user, now=timezone.now(), change=change, form=code)
    return HttpResponseRedirect(f"{_draft_url(draft.pk, form=code)}#form.{code}")


def _person(request: HttpRequest) -> User:
    user = visitor(request)
    if not isinstance(user, User):
        raise NotAllowed
    return user


def _draft_url(revision_id: int, **query: str) -> str:
    return f"{reverse('web:contribution', args=[revision_id])}?{urlencode({'steg': '1'} | query)}"


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
@members_only
@refusing
def contribution(request: HttpRequest, revision_id: int) -> HttpResponse:
    """One of the four pages of a draft (`?steg=1` … 4), for the one who writes it."""
    work = Work(request, _person(request), revision_id)
    if work.elsewhere:
        return HttpResponseRedirect(work.elsewhere)
    if request.method != "POST":
        return work.shown()
    try:
        return work.done()
    except BankError as error:
        return work.refused(error) if work.kept_on_page(error) else refused(request, error)


@require_safe
@members_only
@refusing
def contribution_picture(request: HttpRequest, revision_id: int, number: int) -> HttpResponse:
    """A picture of the person's own draft: it is nobody else's to see yet."""
    own = own_revision(_person(request), revision_id)
    pictures = content_of(own.revision).pictures
    if not 1 <= number <= len(pictures):
        raise Http404
    sha256 = pictures[number - 1].sha256
    width = next((width for width in selectors.picture_widths(sha256) if width >= 320), None) or max(
        selectors.picture_widths(sha256), default=0
    )
    try:
        data = path_of(sha256, width).read_bytes()
    except OSError as error:
        raise Http404 from error
    return HttpResponse(data, content_type="image/webp")
