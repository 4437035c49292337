"""One published resource, whole, and what stands where one used to be."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from django.db.models import QuerySet

from resourcebank.errors import NotFound
from resourcebank.languages import FALLBACKS, form_order
from resourcebank.models import Attachment, Form, OldSlug, Resource, Revision, Step, TermLink
from resourcebank.models.taxonomy import tree_order
from resourcebank.workflow import Status


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on a revision: `forms` in the order they are shown, `links` with their terms in the framework's order, `attachments`
    with their files and sizes."""

    forms: tuple[Form, ...]
    steps: tuple[Step, ...]
    links: tuple[TermLink, ...]
    attachments: tuple[Attachment, ...]

    @property
    def pictures(self) -> tuple[Attachment, ...]:
        """The pictures of the steps."""
        return tuple(each for each in self.attachments if each.role == "picture")

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The documents, the film, its captions and its poster."""
        return tuple(each for each in self.attachments if each.role != "picture")


@dataclass(frozen=True, slots=True)
class WholeText(Parts):
    """A revision with all that is read in it."""

    resource: Resource
    revision: Revision

    @classmethod
    def of(cls, resource: Resource, revision: Revision, parts: Parts) -> Self:
        """A revision and its parts."""
        return cls(parts.forms, parts.steps, parts.links, parts.attachments, resource, revision)

    def form(self, code: str) -> Form | None:
        """The form of that code (`nb`, `nb-a2`), or None."""
        return next((form for form in self.forms if form.code == code), None)

    def form_for(self, language: str) -> Form:
        """The ordinary form in a language, else in bokmål, nynorsk, English, else the first."""
        found = (self.form(code) for code in (language, *FALLBACKS))
        return next((form for form in found if form), self.forms[0])

    def source_of(self, form: Form) -> Form | None:
        """The form another was made from, or None."""
        return next((other for other in self.forms if other.pk == form.made_from_id), None)


@dataclass(frozen=True, slots=True)
class PublishedResource(WholeText):
    """The same, of a resource as the public reads it."""


Whole = TypeVar("Whole", bound=WholeText)


@dataclass(frozen=True, slots=True)
class Moved:
    """The address is old; `slug` is the present one."""

    slug: str


@dataclass(frozen=True, slots=True)
class Retired:
    """The resource was public. `successor` is the slug of what replaced it, `successor_id` its public id, both "" when nothing did."""

    public_id: str
    slug: str
    title: str
    reason: str
    successor: str
    successor_id: str


def published_resource(slug: str, *, language: str = "nb") -> PublishedResource | Moved | Retired:
    """What stands at an address, in at most six statements, seven when it has files.

    `language` is that of a retired one's title. Raises NotFound.
    """
    found = resource_at(slug, language=language)
    return _published(found) if isinstance(found, Resource) else found


def resource_at(slug: str, *, language: str) -> Resource | Moved | Retired:
    """The resource alone when it is published, in one statement; else where it went, or that it is gone. Raises NotFound."""
    resource = _resources().filter(slug=slug).first()
    if resource is None:
        old = OldSlug.objects.filter(slug=slug).select_related("resource").first()
        if old is None:
            raise NotFound
        return Moved(old.resource.slug)
    return resource if resource.published else _retired(resource, language)


def published_by_public_id(public_id: str, *, language: str = "nb") -> PublishedResource | Retired:
    """The same by the stable id; what is no id at all is not found either."""
    try:
        wanted = uuid.UUID(public_id)
    except ValueError as error:
        raise NotFound from error
    resource = _resources().filter(public_id=wanted).first()
    if resource is None:
        raise NotFound
    return _published(resource) if resource.published else _retired(resource, language)


def _resources() -> QuerySet[Resource]:
    return Resource.objects.select_related("published__kind", "published__licence", "successor")


def _published(resource: Resource) -> PublishedResource:
    if resource.published is None:
        raise NotFound
    return _whole(PublishedResource, resource, resource.published)


def _retired(resource: Resource, language: str) -> Retired:
    retired = Revision.objects.filter(resource=resource, status=Status.RETIRED).order_by("-number").first()
    if retired is None:
        raise NotFound
    successor = resource.successor if resource.successor and resource.successor.published_id else None
    return Retired(
        public_id=str(resource.public_id),
        slug=resource.slug,
        title=_whole(WholeText, resource, retired).form_for(language).title,
        reason=resource.retired_reason,
        successor=successor.slug if successor else "",
        successor_id=str(successor.public_id) if successor else "",
    )


def _whole(kind: type[Whole], resource: Resource, revision: Revision) -> Whole:
    steps = tuple(Step.objects.filter(revision=revision).order_by("position"))
    return kind.of(resource, revision, parts_of({revision.pk: steps})[revision.pk])


def parts_of(steps: Mapping[int, tuple[Step, ...]]) -> dict[int, Parts]:
    """What hangs on each revision, by its key, whose steps were read already: three statements, four when there are files."""
    forms, links, attachments = (
        defaultdict[int, list[Form]](list),
        defaultdict[int, list[TermLink]](list),
        defaultdict[int, list[Attachment]](list),
    )
    for form in Form.objects.filter(revision__in=steps):
        forms[form.revision_id].append(form)
    linked = TermLink.objects.filter(revision__in=steps).select_related("term__vocabulary", "term__parent")
    for link in linked.order_by(*tree_order("term__")):
        links[link.revision_id].append(link)
    shown = Attachment.objects.filter(revision__in=steps).select_related("file").defer("file__extracted_text")
    for each in shown.prefetch_related("file__renditions").order_by("position"):
        attachments[each.revision_id].append(each)
    return {
        key: Parts(
            tuple(sorted(forms[key], key=lambda form: form_order(form.language, form.level))),
            some,
            tuple(links[key]),
            tuple(attachments[key]),
        )
        for key, some in steps.items()
    }
