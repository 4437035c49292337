"""Titles and summaries of published resources, in every form: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resourcebank.languages import FALLBACKS, direction, form_order
from resourcebank.models import Form
from resourcebank.selectors.cards import valid_ids


@dataclass(frozen=True, slots=True)
class Face:
    """The title and the summary of one form of a published resource."""

    public_id: str
    slug: str
    language: str
    level: str
    title: str
    summary: str

    @property
    def dir(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)


def published_faces(public_ids: Sequence[str], language: str) -> list[list[Face]]:
    """The faces of each published resource in the order of the ids: the ordinary one in `language` first, then the fallbacks, then all
    others. What is not published is left out."""
    rows = Form.objects.filter(revision__published_resource__public_id__in=valid_ids(public_ids))
    columns = ("revision__resource__public_id", "revision__resource__slug", "language", "level", "title", "summary")
    found: dict[str, list[Face]] = {}
    for public_id, *rest in rows.values_list(*columns):
        found.setdefault(str(public_id), []).append(Face(str(public_id), *rest))
    wanted = (language, *FALLBACKS)
    for faces in found.values():
        faces.sort(key=lambda face: _place(face, wanted))
    return [found[public_id] for public_id in public_ids if public_id in found]


def _place(face: Face, wanted: Sequence[str]) -> tuple[int, tuple[object, ...]]:
    first = wanted.index(face.language) if not face.level and face.language in wanted else len(wanted)
    return first, form_order(face.language, face.level)
