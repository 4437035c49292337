"""What of every published resource the coverage map counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from resourcebank.models import Form, PublicHead, Resource, TermLink
from resourcebank.selectors.uses import TRIED, tried_among


@dataclass(frozen=True, slots=True)
class Covering:
    """A published resource: its kind and assurance, the (language, level) of its forms ("" is an ordinary one, of `norwegian_level` in
    Norwegian), and per vocabulary the role of every linked term."""

    kind: str
    assurance: str
    norwegian_level: str
    review_due_on: date | None
    forms: list[tuple[str, str]] = field(default_factory=list)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)


def covering(vocabularies: Collection[str]) -> list[Covering]:
    """Every published resource with its terms of some vocabularies: three statements, however many there are, at most three more when
    some are reviewed."""
    columns = ("pk", "published", "published__kind__slug", "published__assurance", "published__norwegian_level", "review_due_on")
    rows = list(Resource.objects.filter(published__isnull=False).values_list(*columns))
    tried = tried_among({key: (resource, assurance) for resource, key, _kind, assurance, _level, _due in rows})
    found: Mapping[int, Covering] = {
        key: Covering(kind or "", TRIED if key in tried else assurance, level, due) for _resource, key, kind, assurance, level, due in rows
    }
    forms = Form.objects.filter(revision__published_resource__isnull=False)
    for key, language, level in forms.values_list("revision_id", "language", "level"):
        found[key].forms.append((language, level))
    links = TermLink.objects.filter(revision__published_resource__isnull=False, term__vocabulary__in=vocabularies)
    for key, vocabulary, slug, role in links.values_list("revision_id", "term__vocabulary_id", "term__slug", "role"):
        found[key].terms.setdefault(vocabulary, defaultdict(str))[slug] = role
    return list(found.values())


def public_sequence() -> int:
    """The number of the last public change: what was counted at it holds until it rises."""
    return PublicHead.objects.values_list("sequence", flat=True).first() or 0
