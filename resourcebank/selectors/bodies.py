"""What the forms of published resources say below their summary: one statement for any number of resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resourcebank.languages import form_order
from resourcebank.models import Form
from resourcebank.selectors.cards import valid_ids

PARTS = ("goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")


@dataclass(frozen=True, slots=True)
class Body:
    """One form of a published resource: its title, its summary and its parts, each part as it is written, in Markdown."""

    language: str
    level: str
    title: str
    summary: str
    parts: tuple[tuple[str, str], ...]


def published_bodies(public_ids: Sequence[str]) -> dict[str, list[Body]]:
    """The forms of each published resource, in the order they are shown."""
    found: dict[str, list[Body]] = {}
    rows = Form.objects.filter(revision__published_resource__public_id__in=valid_ids(public_ids)).select_related("revision__resource")
    for form in sorted(rows, key=lambda form: form_order(form.language, form.level)):
        body = Body(form.language, form.level, form.title, form.summary, tuple(_parts(form)))
        found.setdefault(str(form.revision.resource.public_id), []).append(body)
    return found


def _parts(form: Form) -> Iterator[tuple[str, str]]:
    for name in PARTS:
        value = getattr(form, name)
        yield from ((name, text) for text in (value if isinstance(value, list) else [value]) if text)
