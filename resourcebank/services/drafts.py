"""Beginning, writing and dropping a revision."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from resourcebank.content import Content, ContentForm, content_of, tidy
from resourcebank.errors import DraftExists, NotPublished, SlugTaken
from resourcebank.models import Attachment, Form, OldSlug, Resource, Revision, Step, TermLink, User
from resourcebank.policies import require_start
from resourcebank.services import audit
from resourcebank.services.attachments import files_of
from resourcebank.services.rows import attachments_of, columns_of, form_of, links_of, steps_of
from resourcebank.services.step import begin, finish
from resourcebank.services.storable import require_storable
from resourcebank.services.structure import Terms, terms_of
from resourcebank.workflow import OPEN, Action

TRIES = 30
"""How many may begin something of the same title at the same moment."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@transaction.atomic
def start(*, by: User, content: Content, now: datetime, slug: str = "", change_note: str = "") -> Revision:
    """A new resource with its first draft. Without `slug` the address is made from the title.

    Raises LoginNeeded, NotAllowed, SlugTaken, Invalid.
    """
    require_start(by)
    kept = tidy(content)
    if slug and slug_taken(slug):
        raise SlugTaken(slug)
    resource = _new_resource(slug, owner=by, now=now) if slug else _new_resource_where_free(kept, owner=by, now=now)
    return _new_revision(resource, by=by, content=kept, now=now, action="start", change_note=change_note)


@transaction.atomic
def revise(resource: Resource, *, by: User, now: datetime) -> Revision:
    """A draft copied from the published revision. Raises LoginNeeded, NotAllowed, NotPublished, DraftExists."""
    require_start(by)
    audit.hold(resource.pk)
    published = Revision.objects.filter(published_resource=resource.pk).select_related("kind", "licence", "resource").first()
    if published is None:
        raise NotPublished
    if mine := Revision.objects.filter(resource=resource, author=by, status__in=OPEN).first():
        raise DraftExists(revision_id=mine.pk)
    return _new_revision(published.resource, by=by, content=content_of(published), now=now, action="revise", based_on=published)


@transaction.atomic
def save(
    revision: Revision,
    *,
    by: User,
    content: Content,
    seen: int,
    now: datetime,
    change_note: str | None = None,
    onto_published: bool = False,
) -> Revision:
    """Replace the draft's content. `change_note` None keeps the note. `onto_published` says that the author has compared the draft with
    what is published now, and bases it on that. Raises Invalid, StaleRevision and what `begin` raises."""
    row = begin(revision, action=Action.SAVE, by=by)
    kept = tidy(content)
    terms = terms_of(kept)
    require_storable(kept, terms)
    before = content_of(revision)
    kept = _with_sources_noted(kept, before=before)
    if not by.is_system:
        kept = _with_checks_that_hold(kept, before=before)
    changes = columns_of(kept, terms)
    if change_note is not None:
        changes["change_note"] = change_note
    if onto_published:
        changes["based_on_id"] = _published_id(revision.resource_id)
    fresh = finish(revision, row, by=by, now=now, seen=seen, changes=changes)
    for part in (Attachment, Form, Step, TermLink):
        part.objects.filter(revision=fresh).delete()
    _write_parts(fresh, kept, terms)
    return fresh


@transaction.atomic
def discard(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Drop the draft; it stays in the history."""
    row = begin(revision, action=Action.DISCARD, by=by)
    return finish(revision, row, by=by, now=now, seen=seen)


def _with_checks_that_hold(content: Content, *, before: Content) -> Content:
    """A check is of one text, by somebody else than its author: a form that is written anew, or was never checked, has none.
    The bank's own files say themselves who checked what."""

    def still(form: ContentForm) -> ContentForm:
        old = before.form(form.code)
        if old and old.text_hash() == form.text_hash():
            return replace(form, checked_by=old.checked_by, checked_on=old.checked_on)
        return replace(form, checked_by="", checked_on=None)

    return replace(content, forms=tuple(map(still, content.forms)))


def _published_id(resource_id: int) -> int:
    published = Resource.objects.values_list("published_id", flat=True).get(pk=resource_id)
    if published is None:
        raise NotPublished
    return published


def slug_taken(slug: str) -> bool:
    """Whether a resource has or had the address."""
    return Resource.objects.filter(slug=slug).exists() or OldSlug.objects.filter(slug=slug).exists()


def _new_resource(slug: str, *, owner: User, now: datetime) -> Resource:
    try:
        with transaction.atomic():
            resource = Resource.objects.create(slug=slug, owner=owner, created_at=now)
    except IntegrityError as error:  # somebody else took the address a moment ago
        raise SlugTaken(slug) from error
    audit.begin_chain(resource)
    return resource


def _new_resource_where_free(content: Content, *, owner: User, now: datetime) -> Resource:
    """Each time somebody else takes the address between the look and the taking, one of the two has begun: no more are at it than tries."""
    for _ in range(TRIES):
        with suppress(SlugTaken):
            return _new_resource(_free_slug(content), owner=owner, now=now)
    return _new_resource(_free_slug(content), owner=owner, now=now)


def address_of(content: Content) -> str:
    """The address its title gives a content, whether or not another resource has it."""
    title = next((form.title for form in content.forms if form.title), "")
    return slugify(title.translate(_LETTERS))[:100].strip("-") or "ressurs"


def _free_slug(content: Content) -> str:
    wanted = address_of(content)
    slug, number = wanted, 1
    while slug_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _new_revision(
    resource: Resource,
    *,
    by: User,
    content: Content,
    now: datetime,
    action: str,
    change_note: str = "",
    based_on: Revision | None = None,
) -> Revision:
    terms = terms_of(content)
    require_storable(content, terms)
    kept = _with_sources_noted(content, before=None)
    last = Revision.objects.filter(resource=resource).aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        resource=resource,
        number=last + 1,
        author=by,
        based_on=based_on,
        created_at=now,
        change_note=change_note,
        **columns_of(kept, terms),
    )
    _write_parts(revision, kept, terms)
    audit.record(revision, by=by, action=action, now=now, from_status="")
    return revision


def _with_sources_noted(content: Content, *, before: Content | None) -> Content:
    """Each form made from another carries the hash of the text it was made from: the one given, else the one it had while its own
    text is unchanged, else that of the source as it is now."""
    return replace(content, forms=tuple(_with_source_noted(form, content, before) for form in content.forms))


def _with_source_noted(form: ContentForm, content: Content, before: Content | None) -> ContentForm:
    source = content.form(form.made_from) if form.made_from else None
    if source is None:
        return replace(form, made_from_hash="")
    if form.made_from_hash:
        return form
    old = before.form(form.code) if before else None
    kept = old is not None and old.made_from == form.made_from and old.text_hash() == form.text_hash()
    return replace(form, made_from_hash=old.made_from_hash if old and kept else source.text_hash())


def _write_parts(revision: Revision, content: Content, terms: Terms) -> None:
    Step.objects.bulk_create(steps_of(revision, content))
    TermLink.objects.bulk_create(links_of(revision, content, terms))
    if content.pictures or content.files:
        Attachment.objects.bulk_create(attachments_of(revision, content, files_of(content)))
    forms = {form.code: form_of(revision, form) for form in content.forms}
    Form.objects.bulk_create(forms.values())
    made = [form for form in content.forms if form.made_from]
    for form in made:
        forms[form.code].made_from = forms[form.made_from]
    Form.objects.bulk_update([forms[form.code] for form in made], ["made_from"])
