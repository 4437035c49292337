"""A member who has the language as mother tongue marks a language form of a public resource as checked."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from resourcebank import catalogue, selectors
from resourcebank.errors import BankError
from resourcebank.models import Form, User
from resourcebank.policies import can_check_form, require_check_form
from resourcebank.selectors import PublishedResource
from resourcebank.services.languages import check_form
from resourcebank.web import words
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import not_found, refused, refusing
from resourcebank.web.sent import Sent, refused_form


@dataclass(frozen=True, slots=True)
class CheckView:
    """Everything `web/check_form.html` shows."""

    title: str
    language: str
    dir: str
    name: str
    form_url: str
    sent: Sent


def check_url(user: User | None, form: Form, slug: str) -> str:
    """Where the person can mark the form as checked; empty when it is checked, or not for them to check."""
    if user is None or form.checked_by or not can_check_form(user, form):
        return ""
    return reverse("web:check_form", args=[slug]) + f"?form={form.code}"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@refusing
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the statement, and keep it."""
    found = selectors.published_resource(slug, language=words.interface_language())
    form = found.form(request.GET.get("form", "")) if isinstance(found, PublishedResource) else None
    user = visitor(request)
    if form is None or not isinstance(user, User):
        return not_found(request)
    url = reverse("web:resource", args=[slug]) + f"?form={form.code}"
    if request.method != "POST":
        require_check_form(user, form)
        return page(request, "web/check_form.html", _view(form, url, Sent()))
    said = request.POST.get("mother_tongue", "")
    try:
        check_form(form, by=user, now=timezone.now(), mother_tongue=said == "ja")
    except BankError as error:
        if error.status != 422:
            return refused(request, error)
        return page(request, "web/check_form.html", _view(form, url, refused_form({"mother_tongue": said}, error)), status=error.status)
    return HttpResponseRedirect(url)


def _view(form: Form, url: str, sent: Sent) -> CheckView:
    named = catalogue.names().values.get("language", {}).get(form.language)
    name = named.label(words.interface_language()) if named else form.language
    level = words.level_name(form.language, form.level)
    return CheckView(form.title, form.language, form.dir, f"{name} {level}".strip(), url, sent)
