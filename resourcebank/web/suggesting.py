"""What stands below the search box while somebody is typing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import Suggested
from resourcebank.web.addresses import search_url


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One place to go. `id` tells it from the others of the list; `note` says more in few words."""

    id: int
    url: str
    text: str
    note: str
    language: str = ""
    dir: str = "auto"


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """Places of one kind."""

    name: str
    suggestions: tuple[SuggestionView, ...]


@dataclass(frozen=True, slots=True)
class SuggestionsView:
    """Everything `web/_suggestions.html` shows. `said` is for those who do not see the list."""

    groups: tuple[SuggestionGroup, ...]
    said: str


def suggestions_view(found: Suggested) -> SuggestionsView:
    """The list for what was typed."""
    groups = tuple(group for group in _groups(found) if group.suggestions)
    many = sum(len(group.suggestions) for group in groups)
    return SuggestionsView(groups, ngettext("%(number)s forslag", "%(number)s forslag", many) % {"number": many} if many else "")


def _groups(found: Suggested) -> Iterator[SuggestionGroup]:
    number = count(1)
    yield SuggestionGroup(
        _("Søk etter"),
        tuple(
            SuggestionView(next(number), f"{reverse('web:search')}?{urlencode({'q': word.text})}", word.text, _hits(word.count))
            for word in found.words
        ),
    )
    yield SuggestionGroup(
        _("Velg som filter"),
        tuple(
            SuggestionView(next(number), search_url(term.facet, term.value), term.label, f"{term.facet_label} · {_hits(term.count)}")
            for term in found.terms
        ),
    )
    yield SuggestionGroup(
        _("Gå rett til"),
        tuple(
            SuggestionView(next(number), reverse("web:resource", args=[face.slug]), face.title, "", face.language, face.dir)
            for face in found.titles
        ),
    )


def _hits(number: int) -> str:
    return ngettext("%(number)s treff", "%(number)s treff", number) % {"number": number}
