"""The search words of one resource, for the curator who keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resourcebank.models import Resource, SearchWords
from resourcebank.policies import Actor, require_curator


def search_words_of(user: Actor, resource: Resource) -> Mapping[str, Sequence[str]]:
    """Words and phrases by language. Raises LoginNeeded, NotAllowed."""
    require_curator(user)
    return {row.language: row.lines for row in SearchWords.objects.filter(resource=resource)}
