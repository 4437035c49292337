"""The framework and the other lists."""

from __future__ import annotations

from resourcebank.models import Term
from resourcebank.models.taxonomy import tree_order


def terms(vocabulary: str | None = None, *, also_retired: bool = False) -> list[Term]:
    """The active terms of one vocabulary or of all, in their order, with vocabulary, parent and what replaced it; one statement."""
    rows = Term.objects.select_related("vocabulary", "parent", "replaced_by")
    if not also_retired:
        rows = rows.filter(active=True)
    if vocabulary is not None:
        rows = rows.filter(vocabulary=vocabulary)
    return list(rows.order_by(*tree_order()))


def term_labels(language: str) -> dict[tuple[str, str], str]:
    """Every term's label in a language, retired terms included, by (vocabulary, slug); one statement."""
    rows = Term.objects.only("vocabulary", "slug", "labels")
    return {(term.vocabulary_id, term.slug): term.label(language) for term in rows}
