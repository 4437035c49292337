"""What the search index is made from: whole texts of published resources, three statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from resourcebank.languages import form_code, form_order
from resourcebank.models import Form, Resource, Revision
from resourcebank.selectors.cards import term_slugs, valid_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """The words of one language form."""

    language: str
    level: str
    title: str
    summary: str
    goal: str
    steps: tuple[str, ...]
    questions: tuple[str, ...]
    adaptations: tuple[str, ...]
    care: str
    participant_sheet: str
    transcript: str

    @property
    def code(self) -> str:
        """The short name: `nb`, `nb-a2`."""
        return form_code(self.language, self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceText:
    """A published resource as plain data. `terms` maps a vocabulary to linked term slugs, `kind` and `licence` among them."""

    public_id: str
    slug: str
    forms: tuple[FormText, ...]
    terms: dict[str, tuple[str, ...]]
    minutes: tuple[int | None, int | None]
    preparation_minutes: int | None
    group: tuple[int | None, int | None]
    norwegian_level: str
    attribution: str
    assurance: str
    published_at: datetime | None


_TEXT = ("language", "level", "title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")


def documents(public_ids: Sequence[str]) -> list[ResourceText]:
    """The published resources among the ids, in no particular order."""
    rows = Resource.objects.filter(public_id__in=valid_ids(public_ids), published__isnull=False)
    resources = list(rows.select_related("published__kind", "published__licence"))
    revision_ids = [row.published_id for row in resources if row.published_id]
    forms, slugs = _forms(revision_ids), term_slugs(revision_ids)
    return [
        _text(row, row.published, forms=tuple(forms[row.published.pk]), terms=slugs[row.published.pk]) for row in resources if row.published
    ]


def published_ids() -> Iterator[str]:
    """The public id of everything published."""
    for public_id in Resource.objects.filter(published__isnull=False).values_list("public_id", flat=True).iterator():
        yield str(public_id)


def _forms(revision_ids: Sequence[int]) -> dict[int, list[FormText]]:
    found = defaultdict[int, list[FormText]](list)
    for revision_id, *values in Form.objects.filter(revision__in=revision_ids).values_list("revision_id", *_TEXT):
        given = {name: tuple(value) if isinstance(value, list) else value for name, value in zip(_TEXT, values, strict=True)}
        found[revision_id].append(FormText(**given))
    for forms in found.values():
        forms.sort(key=lambda form: form_order(form.language, form.level))
    return found


def _text(row: Resource, revision: Revision, *, forms: tuple[FormText, ...], terms: dict[str, tuple[str, ...]]) -> ResourceText:
    single = {"kind": revision.kind, "licence": revision.licence}
    return ResourceText(
        public_id=str(row.public_id),
        slug=row.slug,
        forms=forms,
        terms=terms | {vocabulary: (term.slug,) for vocabulary, term in single.items() if term},
        minutes=(revision.minutes_min, revision.minutes_max),
        preparation_minutes=revision.preparation_minutes,
        group=(revision.group_min, revision.group_max),
        norwegian_level=revision.norwegian_level,
        attribution=revision.attribution,
        assurance=revision.assurance,
        published_at=revision.published_at,
    )
