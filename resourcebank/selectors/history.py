"""The versions of a resource that were public, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import AnonymousUser

from resourcebank.content import Content, ContentForm, contents_of
from resourcebank.languages import FALLBACKS
from resourcebank.models import Resource
from resourcebank.policies import visible_revisions
from resourcebank.selectors.resources import Moved, Retired, resource_at

SHOWN = 50
"""The newest versions are shown; no resource has come near it."""
_FACTS = (
    *("kind", "licence", "origin", "minutes", "preparation_minutes", "group", "norwegian_level", "source_url", "attribution"),
    *("step_minutes", "pictures", "files"),
)
_NOT_TEXT = frozenset({"language", "level", "made_from", "made_from_hash", "translated_by", "checked_by", "checked_on"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `field` is the name of a fact, a vocabulary or a part of a form; `form` the code of the form it stands in, or ""."""

    what: Literal["added", "removed", "changed"]
    field: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A revision that is or was public. `changes` are against the public version before it; the first has none."""

    number: int
    current: bool
    published_at: datetime | None
    assurance: str
    change_note: str
    changes: tuple[Change, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class PublicHistory:
    """The public versions of a published resource, the newest first, under its present title and the language that is in."""

    slug: str
    title: str
    language: str
    versions: tuple[Version, ...]


def public_history(slug: str, *, language: str) -> PublicHistory | Moved | Retired:
    """What was public at an address: six statements. Raises NotFound."""
    match resource_at(slug, language=language):
        case Resource() as found:
            contents, versions = _versions(found)
            forms = contents[found.published_id or 0].forms
            ordinary = {form.language: form for form in forms if not form.level}
            shown = next((ordinary[tag] for tag in (language, *FALLBACKS) if tag in ordinary), forms[0])
            return PublicHistory(found.slug, shown.title, shown.language, versions)
        case gone:
            return gone


def _versions(resource: Resource) -> tuple[Mapping[int, Content], tuple[Version, ...]]:
    visible = visible_revisions(AnonymousUser()).filter(resource=resource).select_related("kind", "licence").order_by("-number")
    newest = list(visible[: SHOWN + 1])
    contents = contents_of(newest)
    found = []
    for index, revision in enumerate(newest[:SHOWN]):
        before = newest[index + 1] if index + 1 < len(newest) else None
        changes = tuple(differences(contents[before.pk], contents[revision.pk])) if before else ()
        current = revision.pk == resource.published_id
        found.append(
            Version(
                revision.number, current, revision.published_at, revision.assurance, revision.change_note, changes, first=before is None
            )
        )
    return contents, tuple(found)


def differences(before: Content, after: Content) -> Iterator[Change]:
    """What a reader would want to know of a new version: facts, links and language forms, one entry each."""
    for name in _FACTS:
        if getattr(before, name) != getattr(after, name):
            yield Change("changed", name)
    yield from _terms(before, after)
    old, new = {form.code: form for form in before.forms}, {form.code: form for form in after.forms}
    yield from (Change("added", "", code) for code in new if code not in old)
    yield from (Change("removed", "", code) for code in old if code not in new)
    for code in (code for code in new if code in old):
        yield from _texts(old[code], new[code])


def _terms(before: Content, after: Content) -> Iterator[Change]:
    for vocabulary in sorted({term.vocabulary for term in (*before.terms, *after.terms)}):
        old = [term for term in before.terms if term.vocabulary == vocabulary]
        if old != [term for term in after.terms if term.vocabulary == vocabulary]:
            yield Change("changed", vocabulary)


def _texts(before: ContentForm, after: ContentForm) -> Iterator[Change]:
    for each in fields(ContentForm):
        if each.name not in _NOT_TEXT and getattr(before, each.name) != getattr(after, each.name):
            yield Change("changed", each.name, after.code)
