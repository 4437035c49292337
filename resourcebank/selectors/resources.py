"""One published resource, whole, and what stands where one used to be."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from resourcebank.errors import NotFound
from resourcebank.languages import FALLBACKS, form_order
from resourcebank.models import Attachment, Form, OldSlug, Resource, Revision, Step, TermLink
from resourcebank.models.taxonomy import tree_order
from resourcebank.policies import Actor
from resourcebank.selectors.revisions import revision_for
from resourcebank.workflow import Status


@dataclass(frozen=True, slots=True)
class WholeText:
    """A revision with all that is read in it: `forms` in the order they are shown, `links` with their terms in the framework's order,
    `attachments` with their files and sizes."""

    resource: Resource
    revision: Revision
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
    resource = _resources().filter(slug=slug).first()
    if resource is None:
        old = OldSlug.objects.filter(slug=slug).select_related("resource").first()
        if old is None:
            raise NotFound
        return Moved(old.resource.slug)
    return _public_face(resource, language)


def published_by_public_id(public_id: str, *, language: str = "nb") -> PublishedResource | Retired:
    """The same by the stable id; what is no id at all is not found either."""
    try:
        wanted = uuid.UUID(public_id)
    except ValueError as error:
        raise NotFound from error
    resource = _resources().filter(public_id=wanted).first()
    if resource is None:
        raise NotFound
    return _public_face(resource, language)


def text_for(user: Actor, revision_id: int) -> WholeText:
    """Any revision the person may read, published or not, as it would be read; six statements. Raises NotFound."""
    revision = revision_for(user, revision_id)
    return _whole(WholeText, revision.resource, revision)


def _resources() -> QuerySet[Resource]:
    return Resource.objects.select_related("published__kind", "published__licence", "successor")


def _public_face(resource: Resource, language: str) -> PublishedResource | Retired:
    if resource.published:
        return _whole(PublishedResource, resource, resource.published)
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
    links = TermLink.objects.filter(revision=revision).select_related("term__vocabulary", "term__parent")
    attachments = Attachment.objects.filter(revision=revision).select_related("file").defer("file__extracted_text")
    return kind(
        resource=resource,
        revision=revision,
        forms=tuple(sorted(Form.objects.filter(revision=revision), key=lambda form: form_order(form.language, form.level))),
        steps=tuple(Step.objects.filter(revision=revision).order_by("position")),
        links=tuple(links.order_by(*tree_order("term__"))),
        attachments=tuple(attachments.prefetch_related("file__renditions").order_by("position")),
    )
