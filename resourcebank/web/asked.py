"""What a reader asked the search page for, and what of it could not be understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from search.errors import BadQuery
from search.request import MAX_TEXT, SearchRequest
from search.schema import Schema

Pairs = Sequence[tuple[str, str]]
JOINERS = "\u200c\u200d"
"""Invisible, but part of how Persian and Pashto words are spelled."""
_REPLACED = {"Cc": " ", "Cs": "", "Cf": "", "Co": ""}


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of an address that makes sense, the faults of the rest, and the words as they stood."""

    wanted: SearchRequest
    faults: tuple[BadQuery, ...]
    text: str


def pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Every (name, value) of an address, in order within a name."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def read(schema: Schema, given: Pairs, *, known: Mapping[str, tuple[str, ...]], facets: tuple[str, ...]) -> Asked:
    """Read an address, leaving out each faulty value once it is noted, so that the reader keeps a page that works.

    Unknown parameter names (campaign tags) are left aside without a word.
    """
    kept = [(name, visible(value)) for name, value in given]
    text = next((value for name, value in reversed(kept) if name == "q"), "")[:MAX_TEXT]
    faults: list[BadQuery] = []
    while True:
        try:
            wanted = SearchRequest.from_query(schema, kept, known=known, facets=facets, strict=False)
        except BadQuery as fault:
            faults.append(fault)
            kept = _without(kept, fault)
        else:
            return Asked(wanted, tuple(faults), text)


def visible(value: str) -> str:
    """`value` without control characters, lone surrogates and marks that turn the direction of the text around it."""
    return "".join(_REPLACED.get(unicodedata.category(char), char) if char not in JOINERS else char for char in value)


def address(wanted: SearchRequest) -> str:
    """The search page for a request."""
    query = wanted.to_query()
    return reverse("web:search") + (f"?{query}" if query else "")


def _without(pairs: Pairs, fault: BadQuery) -> list[tuple[str, str]]:
    """The pairs less the value that `fault` is about; less every value of its field when none matches exactly."""
    left = [(name, value) for name, value in pairs if name != fault.field or (fault.value and value[:100] != fault.value)]
    return left if len(left) < len(pairs) else [(name, value) for name, value in pairs if name != fault.field]
