"""What the index is made from: published revisions whole, and every name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resourcebank.models import Resource, Revision, Term


def published_ids() -> Iterator[str]:
    """The public id of every published resource."""
    ids = Resource.objects.filter(published__isnull=False).values_list("public_id", flat=True)
    return (str(public_id) for public_id in ids.iterator())


def published_revisions(public_ids: Sequence[str]) -> list[Revision]:
    """The published revisions among the resources, with forms, links, terms, kind and licence: four statements."""
    found = (
        Revision.objects.filter(published_resource__public_id__in=public_ids)
        .select_related("resource", "kind", "licence")
        .prefetch_related("forms", "term_links__term")
    )
    return list(found)


def named_terms() -> list[Term]:
    """Every term with its vocabulary: one statement."""
    return list(Term.objects.select_related("vocabulary").order_by("vocabulary", "position", "slug"))
