"""What somebody typed, kept on the page when it cannot be received: the log-in ran out, or the page was older than the log-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from resourcebank.models import User
from resourcebank.web.members import visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import Refusal

View = Callable[..., HttpResponse]
_OURS = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class KeptView:
    """Everything `web/kept.html` shows: the fields as they came (name, text, whether it has lines), and what to do with them."""

    heading: str
    sentence: str
    login_url: str
    action: str
    button: str
    fields: tuple[tuple[str, str, bool], ...]
    files: bool


def wants_json(request: HttpRequest) -> bool:
    """A script asks, and reads the answer itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def keeping(view: View) -> View:
    """A page with a form: when the log-in has run out, what was typed is not lost with it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = visitor(request)
        if request.method != "POST" or (isinstance(user, User) and user.is_active):
            return view(request, *args, **kwargs)
        sentence = _("Innloggingen har gått ut. Teksten din er ikke borte: den står i denne siden.")
        if wants_json(request):
            return JsonResponse({"message": sentence}, status=HTTPStatus.UNAUTHORIZED)
        return _kept(request, _("Logg inn igjen"), sentence, status=HTTPStatus.UNAUTHORIZED, login=True)

    return answer


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is not from a page we gave this browser. After a new log-in an honest one is just older than the log-in: it is shown
    again with what was typed, to be sent by a press of the person's own."""
    if request.method == "POST" and "/bidra/" in request.path and _from_here(request):
        sentence = _("Siden er eldre enn innloggingen din. Teksten er tatt vare på: trykk på knappen, så lagres den.")
        if wants_json(request):
            return JsonResponse({"message": sentence}, status=HTTPStatus.UNAUTHORIZED)
        return _kept(request, _("Lagre en gang til"), sentence, status=HTTPStatus.FORBIDDEN, login=False)
    refusal = Refusal(
        _("Skjemaet kan ikke sendes"), _("Gå tilbake, last siden på nytt og prøv igjen. Nettleseren må ta imot informasjonskapsler.")
    )
    return page(request, "web/refusal.html", refusal, status=HTTPStatus.FORBIDDEN)


def _from_here(request: HttpRequest) -> bool:
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(came_from).netloc == request.get_host()


def _kept(request: HttpRequest, heading: str, sentence: str, *, status: HTTPStatus, login: bool) -> HttpResponse:
    fields = tuple((name, str(value), chr(10) in value) for name, values in request.POST.lists() if name not in _OURS for value in values)
    view = KeptView(
        heading=heading,
        sentence=sentence,
        login_url=f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}" if login else "",
        action=request.get_full_path(),
        button=_("Lagre det jeg skrev"),
        fields=fields,
        files=bool(request.FILES),
    )
    response = page(request, "web/kept.html", view, status=status)
    response["Cache-Control"] = "no-store"
    return response
