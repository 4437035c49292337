"""Telling people in good time that a published resource is to be read anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from resourcebank.models import Resource, ReviewReminder
from resourcebank.selectors.recipients import Titles, keepers_of
from resourcebank.services import outbox
from resourcebank.services.news_words import reminder

DAYS_BEFORE = (0, 30, 90)


def remind(now: datetime) -> int:
    """Write the reminders that are due, each once; gives how many resources somebody was reminded of.

    A resource gets the nearest reminder only: one that is found 20 days before its date is told so once, not twice.
    """
    today = timezone.localdate(now)
    near = Resource.objects.filter(published__isnull=False, review_due_on__lte=today + timedelta(days=max(DAYS_BEFORE)))
    told = set(ReviewReminder.objects.filter(resource__in=near).values_list("resource_id", "due_on", "days"))
    count = 0
    for resource in near.select_related("owner", "published").order_by("review_due_on", "pk"):
        due_on = resource.review_due_on
        if due_on and (resource.pk, due_on, days_before(due_on, today)) not in told:
            count += _remind(resource, due_on=due_on, days=days_before(due_on, today), now=now)
    return count


def days_before(due_on: date, today: date) -> int:
    """Which reminder a date has come to: 90, 30 or 0 days before."""
    return next(days for days in DAYS_BEFORE if (due_on - today).days <= days)


@transaction.atomic
def _remind(resource: Resource, *, due_on: date, days: int, now: datetime) -> bool:
    _row, new = ReviewReminder.objects.get_or_create(resource=resource, due_on=due_on, days=days, defaults={"sent_at": now})
    if not new or resource.published is None:
        return False
    titles = Titles.of(resource.published)
    people, gather = keepers_of(resource)
    for person in people:
        outbox.write(person, kind="own.due", letter=partial(reminder, titles, resource.slug, due_on, days), now=now, gather=gather)
    return True
