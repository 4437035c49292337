"""What a contributor does with a draft beyond writing it: beginning once, suggesting, sending in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from resourcebank.content import Content, content_hash, content_of
from resourcebank.errors import DraftExists
from resourcebank.models import Contribution, IdempotencyKey, Resource, Revision, User
from resourcebank.services import drafts, review

KEY_LIVES = timedelta(days=1)


@transaction.atomic
def start_once(*, by: User, key: str, content: Content, now: datetime) -> Revision:
    """The first draft of a new resource, once per key: a second press of the same button finds the first one's draft.

    Raises what `drafts.start` raises.
    """
    IdempotencyKey.objects.filter(user=by, created_at__lt=now - KEY_LIVES).delete()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(user=by, key=key, body_hash=content_hash(content), created_at=now)
    except IntegrityError:  # the first press has it
        if begun := _begun(by, key):
            return begun
        raise
    revision = drafts.start(by=by, content=content, now=now)
    IdempotencyKey.objects.filter(pk=row.pk).update(answer={"revision": revision.pk})
    return revision


def _begun(by: User, key: str) -> Revision | None:
    answer = IdempotencyKey.objects.filter(user=by, key=key).values_list("answer", flat=True).first()
    return Revision.objects.filter(pk=answer["revision"], author=by).first() if answer else None


@transaction.atomic
def suggest(resource: Resource, *, by: User, now: datetime, change: Callable[[Content], Content] | None = None, form: str = "") -> Revision:
    """A draft of the person's own on top of what is published, or the one they have already; others may have theirs.

    `change` is done to its content; `form` is the language form the person adds. Those who made what is published keep their part.
    Raises LoginNeeded, NotAllowed, NotPublished, and BeingDecided when the person's draft waits for review.
    """
    try:
        with transaction.atomic():
            draft = drafts.revise(resource, by=by, now=now)
    except DraftExists as exists:
        draft = Revision.objects.select_related("resource", "kind", "licence").get(pk=exists.revision_id)
    else:
        _keep_credit(draft, by=by, form=form)
    content = content_of(draft)
    wanted = change(content) if change else content
    if wanted != content:
        draft = drafts.save(draft, by=by, content=wanted, seen=draft.version, now=now)
    return draft


def _keep_credit(draft: Revision, *, by: User, form: str) -> None:
    base = draft.based_on
    if base is None or base.author_id == by.pk:
        return
    parts = {(row.user_id, row.part, row.form) for row in Contribution.objects.filter(revision=base)}
    parts |= {(base.author_id, "author", ""), (by.pk, "translator" if form else "suggested", form)}
    Contribution.objects.bulk_create(Contribution(revision=draft, user_id=user, part=part, form=code) for user, part, code in sorted(parts))


@transaction.atomic
def send_in(revision: Revision, *, by: User, now: datetime, seen: int) -> Revision:
    """Hand the draft in. The address of what was never published follows the title it has now. Raises what `review.submit` raises."""
    sent = review.submit(revision, by=by, now=now, seen=seen)
    _follow_title(sent)
    return sent


def _follow_title(revision: Revision) -> None:
    """Nobody has been told the address of what was never public, so it may still change."""
    resource = revision.resource
    if Revision.objects.filter(resource=resource).exclude(pk=revision.pk).exists():
        return
    wanted = drafts.address_of(content_of(revision))
    if resource.slug == wanted or drafts.slug_taken(wanted):
        return
    with suppress(IntegrityError), transaction.atomic():  # somebody else took it a moment ago: the old one will do
        Resource.objects.filter(pk=resource.pk, published__isnull=True).update(slug=wanted)
