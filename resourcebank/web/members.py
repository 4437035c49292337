"""Who is logged in, asked only where it matters: a reader without a session costs nothing and gets no cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from resourcebank.models import User
from resourcebank.policies import Actor, is_curator, may_judge, may_log_in, needs_second_factor, roles_of
from resourcebank.workflow import RoleName

View = Callable[..., HttpResponse]


def visitor(request: HttpRequest) -> Actor:
    """Who asks. The session is read only when the browser has one, so that pages for everybody stay the same for everybody."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return AnonymousUser()
    user = request.user
    if not isinstance(user, User):
        return AnonymousUser()
    return user if may_log_in(user) else AnonymousUser()


@dataclass(frozen=True, slots=True)
class Member:
    """What the frame of a page shows of the person who is logged in."""

    name: str
    reviews: bool
    curates: bool
    admin: bool


def member_of(request: HttpRequest) -> Member | None:
    """The person who is logged in, for the menu; None for a reader."""
    user = visitor(request)
    if not isinstance(user, User) or not user.is_active:
        return None
    return Member(str(user), may_judge(user), is_curator(user), RoleName.ADMIN in roles_of(user))


def members_only(view: View) -> View:
    """A page for people who are logged in, and who have the second factor their role asks for. Never kept by a cache."""

    @wraps(view)
    @logged_in
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = visitor(request)
        if isinstance(user, User) and needs_second_factor(user):
            return HttpResponseRedirect(f"{reverse('mfa_index')}?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return answer


def logged_in(view: View) -> View:
    """A page about the person's own account, for everybody who is logged in: nobody needs a second factor to take their data or leave."""

    @wraps(view)
    @never_cache
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(visitor(request), User):
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return answer


ACCOUNT_PATH = "/konto/"
ONWARD = "after_second_factor"
"""Where in the session the page is kept that asked for a second factor."""
WITHOUT_LANGUAGE = (ACCOUNT_PATH, "/admin/")


class OwnLanguage:
    """The pages without a language in their address (accounts, admin) speak the language the person came from or chose there
    (`?sprak=nn`, or the page in `next`), else that of the person who is logged in.

    What was chosen is kept in a cookie that only the account pages are sent: they set one for their forms anyway.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(WITHOUT_LANGUAGE):
            return self.get_response(request)
        chosen = _language_asked_for(request)
        language = chosen or ("" if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) else _language_of(visitor(request)))
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if chosen:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen, path=ACCOUNT_PATH, secure=settings.PUBLIC, httponly=True, samesite="Lax"
            )
        return response


def _language_asked_for(request: HttpRequest) -> str:
    before = request.GET.get("next", "").lstrip("/").partition("/")[0]
    return next((code for code in (request.GET.get("sprak", ""), before) if code in dict(settings.LANGUAGES)), "")


def _language_of(user: Actor) -> str:
    return user.language if isinstance(user, User) and user.language in dict(settings.LANGUAGES) else ""
