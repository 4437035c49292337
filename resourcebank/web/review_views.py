"""The pages of reviewing. Each reads the address or the form, makes its call, and hands the answer to a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from resourcebank import catalogue, selectors
from resourcebank.errors import BankError, NotAllowed, NotFound
from resourcebank.models import User
from resourcebank.policies import may_judge
from resourcebank.services.checklist import current_criteria
from resourcebank.services.review import approvals_needed
from resourcebank.web import words
from resourcebank.web.checklist_form import remarks_of
from resourcebank.web.deeds import SETTLE, Pressed, Typed, press, typed_in, unsealed
from resourcebank.web.fields import flat
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.queue import SECTIONS, QueueFilter, page_of, queue_view, section_of
from resourcebank.web.refusals import refusing
from resourcebank.web.review_words import happened
from resourcebank.web.reviewing import ReviewView, refused_view, review_view
from resourcebank.web.words import Labels


@require_safe
@members_only
@refusing
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for whom; 400 with the queue all the same when a filter has a value nobody knows."""
    user = cast(User, visitor(request))
    if not may_judge(user):
        raise NotAllowed(_("Køen er for dem som vurderer ressurser. Be en administrator om riktig rolle."))
    known = catalogue.names()
    filters = QueueFilter(request.GET, queryset=selectors.queue_of(user), known=known)
    found = selectors.queue_page(
        filters.qs, user=user, part=SECTIONS[section_of(request.GET)], page=page_of(request.GET), language=words.interface_language()
    )
    view = queue_view(found, filters, request.GET, known=known, now=timezone.now())
    return page(request, "web/queue.html", view, status=HTTPStatus.BAD_REQUEST if view.faults else HTTPStatus.OK)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@refusing
def review(request: HttpRequest, revision_id: int) -> HttpResponse:
    """One revision, everything about it on one page; what is pressed there comes back here."""
    user, now = cast(User, visitor(request)), timezone.now()
    if request.method == "POST":
        return _pressed(request, revision_id, user, typed_in(request.POST), now)
    done = request.GET.get("gjort", "")
    return page(request, "web/review.html", _view(revision_id, user, typed_in(QueryDict()), now, done=done).view)


@dataclass(frozen=True, slots=True)
class _Shown:
    case: selectors.Case
    view: ReviewView
    labels: Labels


def _view(revision_id: int, user: User, typed: Typed, now: datetime, *, done: str = "") -> _Shown:
    case = selectors.case_for(user, revision_id)
    language, known = words.interface_language(), catalogue.names()
    labels = {(vocabulary, slug): named.label(language) for vocabulary, some in known.values.items() for slug, named in some.items()}
    view = review_view(
        case,
        reader=user,
        needed=approvals_needed(case.revision),
        labels=labels,
        typed=typed,
        now=now,
        done=done,
    )
    return _Shown(case, view, labels)


def _pressed(request: HttpRequest, revision_id: int, user: User, typed: Typed, now: datetime) -> HttpResponse:
    try:
        revision = selectors.revision_for(user, revision_id)
        press(Pressed(revision, typed, user, now, remarks_of(current_criteria(), typed)))
    except NotFound:
        return _gone(request, revision_id, user, typed)
    except BankError as refusal:
        return _refused(request, revision_id, user, typed, now, refusal)
    done = SETTLE.rstrip(".") if typed.do.startswith(SETTLE) else typed.do
    left = typed.still_waiting()
    if typed.aside and left.waits:
        return page(request, "web/review.html", _view(revision_id, user, left, now, done=done).view)
    return HttpResponseRedirect(f"{reverse('web:review', args=[revision_id])}?gjort={done}")


def _refused(request: HttpRequest, revision_id: int, user: User, typed: Typed, now: datetime, refusal: BankError) -> HttpResponse:
    """The page again with what was wrong, everything typed kept."""
    try:
        shown = _view(revision_id, user, typed, now)
    except BankError:
        return _gone(request, revision_id, user, typed)
    view = refused_view(
        shown.view,
        refusal,
        event=selectors.last_event_on(revision_id),
        shown=unsealed(typed.seen_token, revision_id, reader=user),
        stands=flat(shown.case.content, shown.labels),
        labels=shown.labels,
    )
    return page(request, "web/review.html", view, status=refusal.status)


@dataclass(frozen=True, slots=True)
class GoneView:
    """Everything `web/review_gone.html` shows: what happened, and what the person had typed."""

    queue_url: str
    happened: str
    kept: tuple[tuple[str, str], ...]


def _gone(request: HttpRequest, revision_id: int, user: User, typed: Typed) -> HttpResponse:
    """The revision may not be read any more by who had it before them (the page they send proves it): what they typed is theirs."""
    if unsealed(typed.seen_token, revision_id, reader=user) is None:
        raise NotFound
    event = selectors.last_event_on(revision_id)
    said = ((_("Til forfatteren"), typed.note), (_("Intern merknad"), typed.internal_note), (_("Kommentar"), typed.comment))
    remarks = ((_("Merknad til sjekklisten"), text) for text in typed.remarks.values())
    kept = tuple((name, text) for name, text in (*said, *remarks) if text)
    return page(request, "web/review_gone.html", GoneView(reverse("web:queue"), happened(event) if event else "", kept), status=409)
