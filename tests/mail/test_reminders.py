"""Reminders that a published resource is to be read anew."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from resourcebank.models import Membership, Organisation, OutgoingMail, Resource, ReviewReminder, User
from resourcebank.services.people import system_user
from resourcebank.services.publication import retire
from resourcebank.services.reminders import days_before, remind
from resourcebank.workflow import RoleName
from tests.factories import NOW, a_published, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
DUE = date(2028, 11, 22)


@pytest.fixture
def resource(alice: User, carl: User) -> Resource:
    """A published resource with a date, and nobody told of anything yet."""
    found = a_published(author=alice, approver=carl).resource
    assert found.review_due_on == DUE
    OutgoingMail.objects.all().delete()
    return found


def days_to_go(days: int, hour: int = 8) -> datetime:
    """A time on the day that lies so many days before the date."""
    return datetime.combine(DUE - timedelta(days=days), time(hour), tzinfo=UTC)


def told() -> list[str]:
    return [f"{mail.to.name} {mail.subject}" for mail in OutgoingMail.objects.select_related("to").order_by("pk")]


def test_every_day_for_half_a_year_gives_three_reminders(resource: Resource) -> None:
    written = {}
    for days in range(120, -60, -1):
        before = OutgoingMail.objects.count()
        for hour in (1, 8, 20):
            remind(days_to_go(days, hour))
        if OutgoingMail.objects.count() > before:
            written[days] = OutgoingMail.objects.count() - before
    assert written == {90: 1, 30: 1, 0: 1}
    assert told() == [
        *["Alice «Fire stoler (nb)» skal leses på nytt innen 22. november 2028"] * 2,
        "Alice Fristen for å lese «Fire stoler (nb)» på nytt er 22. november 2028",
    ]
    assert f"/nb/ressurs/{resource.slug}/" in OutgoingMail.objects.all()[0].text


@pytest.mark.parametrize(("days", "step"), [(90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-500, 0)])
def test_whoever_was_away_is_told_the_nearest_only(days: int, step: int, resource: Resource) -> None:
    assert remind(days_to_go(days)) == 1
    assert remind(days_to_go(days)) == 0
    assert ReviewReminder.objects.get().days == step == days_before(DUE, DUE - timedelta(days=days))


def test_the_day_is_the_day_in_oslo(resource: Resource) -> None:
    assert remind(datetime(2028, 8, 23, 21, 59, tzinfo=UTC)) == 0
    assert remind(datetime(2028, 8, 23, 22, 0, tzinfo=UTC)) == 1


def test_a_new_date_is_reminded_of_anew(resource: Resource) -> None:
    assert remind(days_to_go(0)) == 1
    Resource.objects.filter(pk=resource.pk).update(review_due_on=DUE + timedelta(days=80))
    assert remind(days_to_go(0)) == 1
    assert remind(days_to_go(-50)) == 1


def test_the_owner_and_the_members_of_the_organisation_are_told_once_each(resource: Resource, alice: User) -> None:
    organisation = Organisation.objects.create(slug="senteret", name="Senteret")
    for user in (alice, person("Mona"), person("Nils")):
        Membership.objects.create(organisation=organisation, user=user)
    Membership.objects.create(organisation=Organisation.objects.create(slug="annet", name="Annet"), user=person("Olga"))
    User.objects.filter(name="Nils").update(is_active=False)
    Resource.objects.filter(pk=resource.pk).update(organisation=organisation)
    remind(days_to_go(30))
    assert [line.split()[0] for line in told()] == ["Alice", "Mona"]


def test_what_the_bank_itself_owns_goes_into_the_daily_mail_of_the_curators(resource: Resource, carl: User) -> None:
    bank = system_user(email="bank@example.org", name="Banken", role=RoleName.CONTRIBUTOR)
    Resource.objects.filter(pk=resource.pk).update(owner=bank)
    remind(days_to_go(30))
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.digest) == (carl, True)


def test_nobody_is_reminded_of_what_is_not_public(resource: Resource, carl: User) -> None:
    assert resource.published
    retire(resource.published, by=carl, now=NOW, seen=resource.published.version, reason="Avløst.")
    assert remind(days_to_go(0)) == 0
