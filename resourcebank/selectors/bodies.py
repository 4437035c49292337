"""What published resources say below their summary, in their forms and in their files: one statement for any number of resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Value
from django.db.models.functions import Substr

from resourcebank.languages import form_code, form_order
from resourcebank.models import Attachment, Form
from resourcebank.selectors.cards import valid_ids

PARTS = ("goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
_LONGEST = 150_000
"""How many characters of a file are read: about as many words as are indexed."""
_RESOURCE = "revision__published_resource__public_id"


@dataclass(frozen=True, slots=True)
class Body:
    """One form of a published resource: its title, its summary and its parts, each part as it is written, in Markdown."""

    language: str
    level: str
    title: str
    summary: str
    parts: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """The short name of the form: `nb`, `nb-a2`."""
        return form_code(self.language, self.level)


@dataclass(frozen=True, slots=True)
class FileText:
    """What is written in a document or in captions (`role`). `names` says per language what the file is called; `language` is that of the
    text, "" where nobody said."""

    role: str
    language: str
    sha256: str
    media_type: str
    names: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """The forms of a published resource, and its files that have any text, each in the order they are shown."""

    forms: tuple[Body, ...]
    files: tuple[FileText, ...] = ()


def published_bodies(public_ids: Sequence[str]) -> dict[str, Bodies]:
    """What each of the resources that are published says."""
    wanted = {f"{_RESOURCE}__in": valid_ids(public_ids)}
    no_place, nothing = Value(0, output_field=IntegerField()), Value("", output_field=CharField())
    rows = Form.objects.filter(**wanted).values_list(_RESOURCE, no_place, "language", "level", "title", "summary", *PARTS)
    # What is known of a file stands in the columns of a form that are of the same kind, so that both come in one statement.
    text, names = Substr("file__extracted_text", 1, _LONGEST), ("caption",) * 3
    columns = ("position", "language", "role", "file__sha256", "file__media_type", text, *names, nothing, nothing, nothing)
    files = Attachment.objects.filter(**wanted).exclude(file__extracted_text="").order_by().values_list(_RESOURCE, *columns)
    forms, written = defaultdict[str, list[Body]](list), defaultdict[str, list[tuple[int, FileText]]](list)
    for resource, position, *rest in rows.union(files, all=True):
        if position:
            written[str(resource)].append((position, _file(*rest)))
        else:
            forms[str(resource)].append(_body(*rest))
    return {
        resource: Bodies(
            tuple(sorted(some, key=lambda form: form_order(form.language, form.level))),
            tuple(file for _, file in sorted(written[resource], key=lambda one: one[0])),
        )
        for resource, some in forms.items()
    }


def _body(language: str, level: str, title: str, summary: str, *parts: str | list[str]) -> Body:
    return Body(language, level, title, summary, tuple(_written(parts)))


def _written(parts: Sequence[str | list[str]]) -> Iterator[tuple[str, str]]:
    for name, value in zip(PARTS, parts, strict=True):
        yield from ((name, text) for text in (value if isinstance(value, list) else [value]) if text)


def _file(language: str, role: str, sha256: str, media_type: str, text: str, names: dict[str, str], *_nothing: object) -> FileText:
    return FileText(role, language, sha256, media_type, names, text)
