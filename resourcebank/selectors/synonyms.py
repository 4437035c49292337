"""The site's own synonyms."""

from __future__ import annotations

from resourcebank.models import Synonym, SynonymChange


def synonym_version() -> int:
    """How often the synonyms were changed; one statement."""
    return SynonymChange.objects.count()


def synonyms() -> list[Synonym]:
    """Every row, in the order of the words; one statement."""
    return list(Synonym.objects.all())
