"""What a list shows of each resource: three statements for any number of cards, at most three more when some are reviewed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from resourcebank.languages import FALLBACKS, direction, form_code, form_order
from resourcebank.models import Form, Resource, TermLink
from resourcebank.models.taxonomy import tree_order
from resourcebank.selectors.uses import TRIED, tried_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A published resource in a list. `title` and `summary` are those of one form, whose language, level and direction stand beside;
    `forms` are the codes of all. `minutes` and `group` are (least, most). `terms` maps a vocabulary to term slugs, kind and licence
    not among them. `assurance` may be `tried`;
    `assured_on` is the day it was read."""

    public_id: str
    slug: str
    title: str
    summary: str
    language: str
    level: str
    dir: str
    forms: tuple[str, ...]
    kind: str
    minutes: tuple[int | None, int | None]
    preparation_minutes: int | None
    group: tuple[int | None, int | None]
    norwegian_level: str
    terms: dict[str, tuple[str, ...]]
    licence: str
    assurance: str
    assured_on: date | None
    review_due_on: date | None
    published_at: datetime | None


class _Face(NamedTuple):
    language: str
    level: str
    title: str
    summary: str


class _Row(NamedTuple):
    """The columns of a card, in the order of `_COLUMNS`: whole rows would bring the terms' texts along for every card."""

    resource: int
    public_id: uuid.UUID
    slug: str
    review_due_on: date | None
    revision: int
    kind: str | None
    licence: str | None
    minutes_min: int | None
    minutes_max: int | None
    preparation_minutes: int | None
    group_min: int | None
    group_max: int | None
    norwegian_level: str
    assurance: str
    assured_on: date | None
    published_at: datetime | None


_COLUMNS = (
    *("pk", "public_id", "slug", "review_due_on", "published", "published__kind__slug", "published__licence__slug"),
    *("published__minutes_min", "published__minutes_max", "published__preparation_minutes"),
    *("published__group_min", "published__group_max", "published__norwegian_level"),
    *("published__assurance", "published__assured_on", "published__published_at"),
)


def valid_ids(public_ids: Iterable[str]) -> list[uuid.UUID]:
    """The ids among the texts that are ids at all."""
    found = []
    for public_id in public_ids:
        try:
            found.append(uuid.UUID(public_id))
        except ValueError:
            continue
    return found


def published_cards(public_ids: Sequence[str], language: str) -> list[Card]:
    """Cards in the order of the ids, leaving out what is not published. A card shows the ordinary form in `language`, else in bokmål,
    nynorsk, English, else the first."""
    rows = Resource.objects.filter(public_id__in=valid_ids(public_ids), published__isnull=False).values_list(*_COLUMNS)
    resources = {str(row.public_id): row for row in (_Row(*row) for row in rows)}
    revision_ids = [row.revision for row in resources.values()]
    faces, slugs = _faces(revision_ids), term_slugs(revision_ids)
    tried = tried_among({row.revision: (row.resource, row.assurance) for row in resources.values()})
    found = (row for public_id in public_ids if (row := resources.get(str(public_id))))
    return [
        _card(row, faces=faces[row.revision], terms=slugs[row.revision], tried=row.revision in tried, language=language) for row in found
    ]


def _faces(revision_ids: Sequence[int]) -> dict[int, list[_Face]]:
    found = defaultdict[int, list[_Face]](list)
    rows = Form.objects.filter(revision__in=revision_ids).values_list("revision_id", "language", "level", "title", "summary")
    for revision_id, *face in rows:
        found[revision_id].append(_Face(*face))
    for faces in found.values():
        faces.sort(key=lambda face: form_order(face.language, face.level))
    return found


def term_slugs(revision_ids: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Per revision its linked terms by vocabulary, main ones first, then in the vocabulary's order; one statement."""
    found = defaultdict[int, dict[str, tuple[str, ...]]](dict)
    rows = TermLink.objects.filter(revision__in=revision_ids).order_by("role", *tree_order("term__"))
    for revision_id, vocabulary, slug in rows.values_list("revision_id", "term__vocabulary_id", "term__slug"):
        found[revision_id][vocabulary] = (*found[revision_id].get(vocabulary, ()), slug)
    return found


def _chosen(faces: Sequence[_Face], language: str) -> _Face:
    ordinary = {face.language: face for face in faces if not face.level}
    return next((ordinary[tag] for tag in (language, *FALLBACKS) if tag in ordinary), faces[0])


def _card(row: _Row, *, faces: Sequence[_Face], terms: dict[str, tuple[str, ...]], tried: bool, language: str) -> Card:
    face = _chosen(faces, language)
    return Card(
        public_id=str(row.public_id),
        slug=row.slug,
        title=face.title,
        summary=face.summary,
        language=face.language,
        level=face.level,
        dir=direction(face.language),
        forms=tuple(form_code(each.language, each.level) for each in faces),
        kind=row.kind or "",
        minutes=(row.minutes_min, row.minutes_max),
        preparation_minutes=row.preparation_minutes,
        group=(row.group_min, row.group_max),
        norwegian_level=row.norwegian_level,
        terms=terms,
        licence=row.licence or "",
        assurance=TRIED if tried else row.assurance,
        assured_on=row.assured_on,
        review_due_on=row.review_due_on,
        published_at=row.published_at,
    )
