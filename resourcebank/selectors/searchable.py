"""What the index is made from: published revisions whole, and every name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from resourcebank.models import Attachment, Form, Resource, Revision, SearchWords, Term
from resourcebank.selectors.cards import term_slugs, valid_ids
from resourcebank.selectors.uses import TRIED, tried_among


@dataclass(frozen=True, slots=True)
class Searchable:
    """A published revision (with its resource, kind and licence read), its forms, its linked terms by vocabulary, its level, `tried`
    among them, its search words by language, and (language or "", text) of each file that has any."""

    revision: Revision
    forms: Sequence[Form]
    terms: Mapping[str, tuple[str, ...]]
    assurance: str
    words: Mapping[str, Sequence[str]]
    files: Sequence[tuple[str, str]]


def published_ids() -> Iterator[str]:
    """The public id of every published resource."""
    ids = Resource.objects.filter(published__isnull=False).values_list("public_id", flat=True)
    return (str(public_id) for public_id in ids.iterator())


def searchables(public_ids: Sequence[str]) -> list[Searchable]:
    """The published among the resources: five statements, at most three more when some are reviewed."""
    rows = Revision.objects.filter(published_resource__public_id__in=valid_ids(public_ids))
    revisions = list(rows.select_related("resource", "kind", "licence"))
    keys = [revision.pk for revision in revisions]
    forms = defaultdict[int, list[Form]](list)
    for form in Form.objects.filter(revision__in=keys):
        forms[form.revision_id].append(form)
    terms = term_slugs(keys)
    tried = tried_among({revision.pk: (revision.resource_id, revision.assurance) for revision in revisions})
    levels = {revision.pk: TRIED if revision.pk in tried else revision.assurance for revision in revisions}
    words = defaultdict[int, dict[str, Sequence[str]]](dict)
    for row in SearchWords.objects.filter(resource__published__in=keys):
        words[row.resource_id][row.language] = row.lines
    files = defaultdict[int, list[tuple[str, str]]](list)
    texts = Attachment.objects.filter(revision__in=keys).exclude(file__extracted_text="").order_by("position")
    for key, language, text in texts.values_list("revision_id", "language", "file__extracted_text"):
        files[key].append((language, text))
    return [Searchable(row, forms[row.pk], terms[row.pk], levels[row.pk], words[row.resource_id], files[row.pk]) for row in revisions]


def named_terms() -> list[Term]:
    """Every term with its vocabulary: one statement."""
    return list(Term.objects.select_related("vocabulary").order_by("vocabulary", "position", "slug"))
