"""The parameters of the API: read strictly, and described from the same declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from resourcebank.catalogue import SCHEMA, known_values
from search.errors import BadQuery
from search.request import MAX_TEXT, SearchRequest

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
YES_NO = ("1", "0")
CHOICES: Mapping[str, tuple[str, ...]] = {"lang": LANGUAGES, "facets": YES_NO, "sort": SCHEMA.sort_names}
"""Parameters with so few values that a refusal lists them all."""
_FACETS = tuple(facet.name for facet in SCHEMA.facets)
_OURS = frozenset({"lang", "facets"})


class Asked(NamedTuple):
    """A search as it was asked for; `rest` are the parameters that shape the answer but not the search."""

    wanted: SearchRequest
    rest: tuple[tuple[str, str], ...]


def pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Every (name, value) of the address, in order within a name."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def language(request: HttpRequest) -> str | None:
    """The language of `lang`, None when it is not given. Raises BadQuery for one we do not have."""
    return one_of(request, "lang", LANGUAGES)


def one_of(request: HttpRequest, name: str, known: Iterable[str]) -> str | None:
    """The value of a parameter that is given at most once and has closed values; an empty one counts as not given."""
    value, known = request.GET.get(name, ""), list(known)
    if value and value not in known:
        raise BadQuery(code="unknown-value", field=name, value=value[:100], nearest=_nearest(value, known))
    return value or None


def only(request: HttpRequest, *names: str) -> None:
    """Refuse every parameter but `lang` and `names`."""
    known = ("lang", *names)
    for name in request.GET:
        if name not in known:
            raise BadQuery(code="unknown-parameter", field=name[:100], nearest=_nearest(name, known))


def read_search(request: HttpRequest) -> Asked:
    """The search in an address. Raises BadQuery for the first thing in it that nobody knows."""
    counted = one_of(request, "facets", YES_NO) == "1"
    wanted = SearchRequest.from_query(
        SCHEMA, pairs(request), known=known_values(), facets=_FACETS if counted else (), extra=_OURS, strict=True
    )
    rest = (("facets", "1" if counted else ""), ("lang", language(request) or ""))
    return Asked(wanted, tuple((name, value) for name, value in rest if value))


def typed(request: HttpRequest) -> str:
    """The text of `q`, the only parameter but `lang`. Raises BadQuery when it is too long."""
    only(request, "q")
    text = request.GET.get("q", "")
    if len(text) > MAX_TEXT:
        raise BadQuery(code="too-long", field="q", limit=MAX_TEXT)
    return text


def _nearest(value: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(value[:100], list(known), n=1, cutoff=0.5)), None)
