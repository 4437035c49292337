"""The searches a person keeps: keeping one from the search page, and looking after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resourcebank import catalogue, selectors
from resourcebank.catalogue import CATALOGUE, Names
from resourcebank.errors import BankError
from resourcebank.models import SavedSearch
from resourcebank.services.saved_searches import LONGEST_NAME, change_search, keep_search, remove_search
from resourcebank.web import asked, words
from resourcebank.web.asked import address
from resourcebank.web.chosen import in_words, labels_in
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refusing
from resourcebank.web.sent import Sent, refused_form
from search.request import SearchRequest

USUAL = "weekly"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often mail comes."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SaveView:
    """The form for keeping a search. `text` is the search in words."""

    text: str
    search_url: str
    sent: Sent
    frequencies: tuple[Frequency, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class SavedView:
    """A kept search. `works` is false when the bank no longer knows a filter in it. `sent` is what was typed, or what is kept."""

    id: int
    name: str
    text: str
    search_url: str
    works: bool
    frequencies: tuple[Frequency, ...]
    sent: Sent


@dataclass(frozen=True, slots=True)
class SavedListView:
    """Everything `web/saved.html` shows."""

    rows: tuple[SavedView, ...]
    longest: int


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@refusing
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that stands in the address."""
    read = asked.read(CATALOGUE.schema, asked.pairs(request), known=catalogue.known_values(), facets=())
    text = in_words(read.wanted, labels_in(catalogue.names(), words.interface_language()))
    if request.method != "POST":
        first = Sent({"name": Truncator(text.replace("«", "").replace("»", "")).chars(LONGEST_NAME), "frequency": USUAL})
        return page(request, "web/save.html", _save_view(read.wanted, text, first))
    values = {name: request.POST.get(name, "") for name in ("name", "frequency")}
    try:
        keep_search(read.wanted, name=values["name"], frequency=values["frequency"], by=visitor(request), now=timezone.now())
    except BankError as error:
        return page(request, "web/save.html", _save_view(read.wanted, text, refused_form(values, error)), status=error.status)
    messages.success(request, _("Søket er lagret."))
    return HttpResponseRedirect(reverse("web:saved_searches"))


@require_safe
@members_only
@refusing
def saved(request: HttpRequest) -> HttpResponse:
    """The person's own."""
    return page(request, "web/saved.html", _list(request))


@require_POST
@members_only
@refusing
def change(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Another name or frequency, or away with it (`do=remove`)."""
    by, now = visitor(request), timezone.now()
    values = {name: request.POST.get(name, "") for name in ("name", "frequency")}
    try:
        if request.POST.get("do") == "remove":
            remove_search(saved_id, by=by)
        else:
            change_search(saved_id, name=values["name"], frequency=values["frequency"], by=by, now=now)
    except BankError as error:
        if error.status == 404:
            raise
        return page(request, "web/saved.html", _list(request, {saved_id: refused_form(values, error)}), status=error.status)
    messages.success(request, _("Søket er slettet.") if request.POST.get("do") == "remove" else _("Lagret."))
    return HttpResponseRedirect(reverse("web:saved_searches"))


def frequency_in_words(frequency: str) -> str:
    """How often, as it stands in a list."""
    return {"daily": _("hver dag"), "weekly": _("hver uke"), "never": _("aldri")}[frequency]


def _frequencies(now: str) -> tuple[Frequency, ...]:
    return tuple(Frequency(value, frequency_in_words(value), value == now) for value in ("daily", "weekly", "never"))


def _save_view(wanted: SearchRequest, text: str, sent: Sent) -> SaveView:
    return SaveView(text, address(wanted), sent, _frequencies(sent.values["frequency"]), LONGEST_NAME)


def _list(request: HttpRequest, sent: Mapping[int, Sent] | None = None) -> SavedListView:
    names, kept = catalogue.names(), selectors.saved_searches(visitor(request))
    return SavedListView(tuple(_row(one, names, (sent or {}).get(one.pk)) for one in kept), LONGEST_NAME)


def _row(one: SavedSearch, names: Names, sent: Sent | None) -> SavedView:
    wanted = catalogue.read_again(parse_qsl(one.stored.query))
    shown = sent or Sent({"name": one.name, "frequency": one.frequency})
    return SavedView(
        id=one.pk,
        name=one.name,
        text=in_words(wanted, labels_in(names, words.interface_language())) if wanted else "",
        search_url=address(wanted) if wanted else "",
        works=wanted is not None,
        frequencies=_frequencies(shown.values["frequency"]),
        sent=shown,
    )
