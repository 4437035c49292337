"""What a search asks for, in words: its chosen filters, each with the same search without it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from resourcebank.catalogue import Names
from resourcebank.web.words import Labels
from search.request import SearchRequest


def labels_in(names: Names, language: str) -> Labels:
    """Every name there is, in a language."""
    return {(vocabulary, slug): named.label(language) for vocabulary, found in names.values.items() for slug, named in found.items()}


def chosen(wanted: SearchRequest, labels: Labels) -> Iterator[tuple[str, SearchRequest]]:
    """Each chosen value and number in words, with the same search without it."""
    for facet, values in wanted.filters:
        for value in values:
            yield labels.get((facet, value), value), wanted.toggled(facet, value)
    for name, number in wanted.bounds:
        yield bound_phrase(name, number), wanted.without_bound(name)


def in_words(wanted: SearchRequest, labels: Labels) -> str:
    """The whole search as a short text: `«stol» · Aktivitet · Høyst 30 min`."""
    parts = [f"«{wanted.text}»"] if wanted.text else []
    return " · ".join((*parts, *(words for words, _without in chosen(wanted, labels))))


def bound_phrase(name: str, number: int) -> str:
    """What a number filter means, in words."""
    match name:
        case "minutes_max":
            return _("Høyst %(number)s min") % {"number": number}
        case "minutes_min":
            return _("Minst %(number)s min") % {"number": number}
        case _:
            return _("Gruppe på %(number)s") % {"number": number}
