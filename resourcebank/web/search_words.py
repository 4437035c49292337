"""A curator keeps the words that lead to a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resourcebank import selectors
from resourcebank.errors import BankError
from resourcebank.models import User
from resourcebank.policies import Actor, is_curator
from resourcebank.search_words import LANGUAGES, MAX_WORDS
from resourcebank.selectors import PublishedResource
from resourcebank.services.search_words import keep_search_words
from resourcebank.web import words
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import not_found, refused, refusing
from resourcebank.web.sent import Sent, refused_form


@dataclass(frozen=True, slots=True)
class Field:
    """The words in one language, one a line."""

    language: str
    label: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class WordsView:
    """Everything `web/search_words.html` shows."""

    title: str
    language: str
    url: str
    fields: tuple[Field, ...]
    most: int
    sent: Sent


def words_url(user: Actor, slug: str) -> str:
    """Where a curator keeps the words; empty for all others."""
    return reverse("web:search_words", args=[slug]) if is_curator(user) else ""


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@refusing
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the words, and keep what is sent; what was typed comes back with its fault when it cannot be kept."""
    found = selectors.published_resource(slug, language=words.interface_language())
    user = visitor(request)
    if not isinstance(found, PublishedResource) or not isinstance(user, User):
        return not_found(request)
    there = selectors.search_words_of(user, found.resource)
    if request.method != "POST":
        return page(
            request, "web/search_words.html", _view(found, {language: "\n".join(lines) for language, lines in there.items()}, Sent())
        )
    typed = {language: request.POST.get(language, "") for language in LANGUAGES}
    try:
        lines = {language: text.splitlines() for language, text in typed.items()}
        keep_search_words(found.resource, words=lines, by=user, now=timezone.now())
    except BankError as error:
        if error.status != 422:
            return refused(request, error)
        return page(request, "web/search_words.html", _view(found, typed, refused_form(typed, error)), status=error.status)
    return HttpResponseRedirect(reverse("web:resource", args=[slug]))


def _view(found: PublishedResource, texts: Mapping[str, str], sent: Sent) -> WordsView:
    form = found.form_for(words.interface_language())
    labels = {"nb": _("Søkeord på bokmål"), "nn": _("Søkeord på nynorsk"), "en": _("Søkeord på engelsk")}
    fields = tuple(Field(language, labels[language], texts.get(language, ""), sent.at.get(language, "")) for language in LANGUAGES)
    url = reverse("web:resource", args=[found.resource.slug])
    return WordsView(form.title, form.language, url, fields, MAX_WORDS, sent)
