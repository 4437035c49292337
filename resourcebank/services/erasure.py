"""Taking a person out of the bank: the work and its history stay, the name goes."""

from __future__ import annotations

import re
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.html import escape

from resourcebank.errors import NotAllowed
from resourcebank.models import (
    AuditEvent,
    Form,
    IdempotencyKey,
    Membership,
    OutgoingMail,
    Resource,
    Review,
    Revision,
    Role,
    SavedSearch,
    User,
)
from resourcebank.policies import can
from resourcebank.services.changes import tell_public
from resourcebank.services.drafts import discard
from resourcebank.services.letters import one_line
from resourcebank.services.people import note, require_another_admin
from resourcebank.services.review import hand_back, take_back
from resourcebank.services.saved_searches import forget_unkept
from resourcebank.workflow import Action, Status

FORMER = "Tidligere bidragsyter"
"""What stands where the name stood."""

_OF_THE_PERSON = (EmailAddress, Authenticator, SocialAccount, Role, Membership, OutgoingMail, IdempotencyKey, SavedSearch)


@transaction.atomic
def erase(user: User, *, by: User, now: datetime) -> None:
    """Blank everything that says who the person is. What they published, decided and wrote to others stays under "Tidligere bidragsyter".

    Open drafts are discarded (what is in review is taken back first), and reviews they hold are handed back; a text that is already
    approved is left to its curator. Raises NotAllowed when `by` is another, LastAdmin.
    """
    if by.pk != user.pk or user.is_system:
        raise NotAllowed
    require_another_admin(user)
    _discard_drafts(user, now=now)
    _hand_back_reviews(user, now=now)
    _blank_names(user, now=now)
    _blank_mails(user)
    note(user, action="erased", by=by, now=now)
    _blank(user, now=now)


def _discard_drafts(user: User, *, now: datetime) -> None:
    writing = (Status.DRAFT, Status.CHANGES_REQUESTED, Status.IN_REVIEW)
    for revision in Revision.objects.filter(author=user, status__in=writing).select_related("resource"):
        if revision.status == Status.IN_REVIEW:
            revision = take_back(revision, by=user, now=now, seen=revision.version)
        discard(revision, by=user, now=now, seen=revision.version)


def _hand_back_reviews(user: User, *, now: datetime) -> None:
    for review in Review.objects.filter(taken_by=user, closed_at=None).select_related("revision__resource"):
        revision = review.revision
        if can(user, Action.HAND_BACK, revision):
            hand_back(revision, by=user, now=now, seen=revision.version)
    # What they hold without the role they took it with.
    Review.objects.filter(taken_by=user, closed_at=None).update(taken_by=None, taken_at=None, due_on=None)


def _blank_names(user: User, *, now: datetime) -> None:
    """Names beside a text stand outside the hash of the content, so a published text stays what was approved."""
    changed = _blank_attribution(user) | _blank_forms(_checked_by(user), "checked_by")
    named = Form.objects.filter(revision__resource__in=_worked_on(user))
    for column in ("translated_by", "checked_by"):
        changed |= _blank_forms(named.filter(**{column: user.name.strip()}).exclude(**{column: ""}), column)
    for resource in Resource.objects.filter(published_id__in=changed):
        tell_public(resource, kind="changed", now=now)


def _blank_attribution(user: User) -> set[int]:
    if not user.name.strip():
        return set()
    whole_name = re.compile(rf"(?<!\w){re.escape(user.name)}(?!\w)")
    own = Resource.objects.filter(revisions__author=user).distinct()
    changed: set[int] = set()
    for revision in Revision.objects.filter(resource__in=own, attribution__contains=user.name):
        blanked = whole_name.sub(FORMER, revision.attribution)[:300]
        if blanked != revision.attribution:
            Revision.objects.filter(pk=revision.pk).update(attribution=blanked)
            changed.add(revision.pk)
    return changed


def _blank_forms(forms: QuerySet[Form], column: str) -> set[int]:
    found = dict(forms.values_list("pk", "revision_id"))
    Form.objects.filter(pk__in=found).update(**{column: FORMER})
    return set(found.values())


def _checked_by(user: User) -> QuerySet[Form]:
    """The forms that say the person has checked them, under whatever name they had that day; later versions carry the statement on."""
    said = Q(pk__in=[])
    for event in AuditEvent.objects.filter(actor=user, action="check_form"):
        for form in Form.objects.filter(revision=event.revision_id).exclude(checked_by=""):
            if form.code == event.details["form"]:
                same = {name: getattr(form, name) for name in ("language", "level", "checked_by", "checked_on")}
                said |= Q(revision__resource=event.resource_id, **same)
    return Form.objects.filter(said)


def _worked_on(user: User) -> list[int]:
    """The resources the person wrote in or contributed to."""
    wrote = Revision.objects.filter(author=user).values_list("resource_id", flat=True)
    helped = Revision.objects.filter(contributions__user=user).values_list("resource_id", flat=True)
    return list({*wrote, *helped})


def _blank_mails(user: User) -> None:
    """Mails to others that say who commented are kept for a while after they were sent."""
    if not user.name.strip():
        return
    name = one_line(user.name)
    for mail in OutgoingMail.objects.filter(kind__endswith=".comment", text__contains=name).exclude(to=user):
        mail.text, mail.html = mail.text.replace(name, FORMER), mail.html.replace(escape(name), FORMER)
        mail.save(update_fields=["text", "html"])


def _blank(user: User, *, now: datetime) -> None:
    for model in _OF_THE_PERSON:
        model.objects.filter(**{"to" if model is OutgoingMail else "user": user}).delete()
    forget_unkept()
    for session in Session.objects.filter(expire_date__gt=now).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        email=f"{user.pk}@slettet.invalid",
        name="",
        password=user.password,
        last_login=None,
        language="nb",
        mail_about_own=False,
        mail_about_queue=False,
        mail_daily=False,
        is_active=False,
        is_staff=False,
        is_superuser=False,
        erased_at=now,
    )
