"""One way to make a page: a template, what it shows, and the frame around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resourcebank.models import User
from resourcebank.policies import needs_second_factor
from resourcebank.web import words
from resourcebank.web.mails import shows_outbox
from resourcebank.web.members import ACCOUNT_PATH, ONWARD, Member, member_of, visitor


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another interface language, named in its own words."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page carries around its own content."""

    language: str
    site_name: str
    languages: tuple[LanguageLink, ...]
    member: Member | None
    has_outbox: bool


def page(request: HttpRequest, template: str, view: object, *, status: int = 200) -> HttpResponse:
    """Render `template` with `view`, which holds all that the page itself says."""
    return render(request, template, {"view": view, "frame": _frame(request)}, status=status)


def account_pages(request: HttpRequest) -> dict[str, object]:
    """The frame around pages whose views are not ours (log-in, factors), whether the person must set up a second factor, and whether
    a page waits for it that asked for one."""
    if not request.path.startswith(ACCOUNT_PATH):
        return {}
    user = visitor(request)
    missing = isinstance(user, User) and needs_second_factor(user)
    waits = isinstance(user, User) and not missing and ONWARD in request.session
    return {"frame": _frame(request), "factor_missing": missing, "page_waits": waits}


def _frame(request: HttpRequest) -> Frame:
    language = words.interface_language()
    links = tuple(LanguageLink(code, name, _in_language(request, code), code == language) for code, name in settings.LANGUAGES)
    return Frame(language, settings.SITE_NAME, links, member_of(request), shows_outbox(request))


def _in_language(request: HttpRequest, code: str) -> str:
    """The address of this page with another language in front; the query is kept."""
    if request.path.startswith(ACCOUNT_PATH):
        kept = request.GET.copy()
        kept["sprak"] = code
        return f"{request.path}?{kept.urlencode()}"
    first, _slash, rest = request.path.lstrip("/").partition("/")
    path = f"/{code}/{rest}" if first in dict(settings.LANGUAGES) else f"/{code}/"
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
