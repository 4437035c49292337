"""Somebody who has the language as mother tongue reads a language form that is already public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from resourcebank.errors import AlreadyChecked, Invalid, NotPublished, Problem
from resourcebank.models import Form, Revision, User
from resourcebank.policies import require_check_form
from resourcebank.services import audit
from resourcebank.services.changes import tell_public
from resourcebank.workflow import Status


@transaction.atomic
def check_form(form: Form, *, by: User, now: datetime, mother_tongue: bool) -> Form:
    """Mark a form of a published revision as checked by `by`, whose name readers then see. No new revision: the text stays as it is.

    `mother_tongue` is the person's own statement, kept in the log. Raises LoginNeeded, NotAllowed, OwnWords, Invalid, NotPublished,
    AlreadyChecked.
    """
    require_check_form(by, form)
    problems = []
    if not mother_tongue:
        problems.append(Problem("mother_tongue", "required", _("Bare den som har språket som morsmål, kan kontrollere det.")))
    if not by.name.strip():
        problems.append(Problem("name", "required", _("Skriv navnet ditt på kontosiden først: leserne ser hvem som har kontrollert.")))
    if problems:
        raise Invalid(problems=tuple(problems))
    revision = Revision.objects.select_related("resource").get(pk=form.revision_id)
    audit.hold(revision.resource_id)
    if not Revision.objects.filter(pk=revision.pk, status=Status.PUBLISHED).exists():
        raise NotPublished
    day = timezone.localdate(now)
    if Form.objects.filter(pk=form.pk, checked_by="").update(checked_by=by.name.strip(), checked_on=day) != 1:
        raise AlreadyChecked
    details = {"form": form.code, "mother_tongue": True}
    audit.record(revision, by=by, action="check_form", now=now, from_status=revision.status, details=details)
    tell_public(revision.resource, kind="changed", now=now)
    return Form.objects.select_related("revision").get(pk=form.pk)
