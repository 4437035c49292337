"""Organisations and who belongs to them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from resourcebank.errors import NameNeeded, SlugTaken
from resourcebank.models import Membership, Organisation, User
from resourcebank.policies import require_run_site
from resourcebank.services.people import note


@transaction.atomic
def create_organisation(*, name: str, slug: str, by: User, now: datetime) -> Organisation:
    """A new organisation without members. Raises NotAllowed, NameNeeded, SlugTaken."""
    require_run_site(by)
    if not name.strip():
        raise NameNeeded
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name.strip(), slug=slug, created_at=now)
    except IntegrityError as error:
        raise SlugTaken(slug) from error


@transaction.atomic
def rename_organisation(organisation: Organisation, *, name: str, by: User) -> None:
    """Another name; the slug stays, since the scopes of roles refer to it. Raises NotAllowed, NameNeeded."""
    require_run_site(by)
    if not name.strip():
        raise NameNeeded
    Organisation.objects.filter(pk=organisation.pk).update(name=name.strip())


@transaction.atomic
def add_member(organisation: Organisation, *, user: User, by: User, now: datetime) -> None:
    """Let a person belong to the organisation; nothing happens when they do. Raises NotAllowed."""
    require_run_site(by)
    _row, made = Membership.objects.get_or_create(organisation=organisation, user=user, defaults={"created_at": now})
    if made:
        note(user, action="joined", by=by, now=now, subject=organisation.slug)


@transaction.atomic
def remove_member(organisation: Organisation, *, user: User, by: User, now: datetime) -> None:
    """The person belongs to it no longer. Raises NotAllowed."""
    require_run_site(by)
    if Membership.objects.filter(organisation=organisation, user=user).delete()[0]:
        note(user, action="left", by=by, now=now, subject=organisation.slug)
