"""Who hears that a visitor has told of a problem."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from resourcebank.models import Membership, Organisation, OutgoingMail, Resource, User
from resourcebank.models.aftercare import PROBLEM_NAMES
from resourcebank.services.news import FLOOD
from resourcebank.services.people import system_user
from resourcebank.services.reports import report_problem
from resourcebank.workflow import RoleName
from tests.factories import NOW, a_published, hold, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
SAID = "Steg to virker ikke.\n<b>Se på det.</b>"


@pytest.fixture
def stoler(alice: User, rita: User, adam: User, sam: User) -> Resource:
    """A resource by Alice; nobody has had a mail about it."""
    resource = a_published(author=alice, approver=rita, slug="stoler").resource
    OutgoingMail.objects.all().delete()
    return resource


def told() -> dict[str, str]:
    mails = OutgoingMail.objects.select_related("to")
    found = {mail.to.name: mail.kind for mail in mails}
    assert len(found) == len(mails), "nobody gets two mails of one report"
    return found


def test_curators_get_the_words_and_the_owner_that_it_was_reported(stoler: Resource, carl: User) -> None:
    hold(person("Hilde"), role=RoleName.CURATOR, scope="term:word_pair:valg-og-tilfeldigheter")
    report_problem(stoler, reason="wrong", text=SAID, now=NOW)
    assert told() == {"Carl": "queue.report", "Alice": "own.report"}
    curators, owners = OutgoingMail.objects.get(kind="queue.report"), OutgoingMail.objects.get(kind="own.report")
    assert "> Steg to virker ikke.\n> <b>Se på det.</b>" in curators.text
    assert "<b>Se" not in curators.html
    assert "http://127.0.0.1:8000/nb/vurdering/meldinger/" in curators.text
    assert "Steg to" not in owners.text + owners.html
    assert "http://127.0.0.1:8000/nb/ressurs/stoler/" in owners.text
    for mail in (curators, owners):
        assert "«Fire stoler (nb)»" in mail.subject
        assert str(PROBLEM_NAMES["wrong"]) in mail.text


def test_each_gets_it_at_once_or_in_the_daily_mail_or_not_at_all(stoler: Resource, carl: User, alice: User) -> None:
    User.objects.filter(pk=carl.pk).update(mail_daily=True)
    User.objects.filter(pk=alice.pk).update(mail_about_own=False)
    hold(person("Kim"), role=RoleName.CURATOR)
    hold(person("Kaja"), role=RoleName.CURATOR)
    User.objects.filter(name="Kaja").update(mail_about_queue=False)
    report_problem(stoler, reason="broken", text=SAID, now=NOW)
    assert set(OutgoingMail.objects.values_list("to__name", "digest")) == {("Carl", True), ("Kim", False)}


def test_a_curator_who_owns_it_gets_one_mail_with_the_words(stoler: Resource, carl: User) -> None:
    own = Organisation.objects.create(slug="senteret", name="Senteret")
    for user in (carl, person("Mona")):
        Membership.objects.create(organisation=own, user=user)
    Resource.objects.filter(pk=stoler.pk).update(organisation=own)
    report_problem(Resource.objects.get(pk=stoler.pk), reason="other", text=SAID, now=NOW)
    assert told() == {"Carl": "queue.report", "Alice": "own.report", "Mona": "own.report"}


def test_what_the_bank_itself_owns_concerns_the_curators_alone(stoler: Resource, carl: User) -> None:
    Resource.objects.filter(pk=stoler.pk).update(owner=system_user(email="bank@x.no", name="Banken", role=RoleName.CONTRIBUTOR))
    report_problem(Resource.objects.get(pk=stoler.pk), reason="rights", text=SAID, now=NOW)
    assert told() == {"Carl": "queue.report"}


def test_what_is_not_kept_is_told_to_nobody(stoler: Resource, carl: User) -> None:
    with transaction.atomic():
        report_problem(stoler, reason="wrong", text=SAID, now=NOW)
        transaction.set_rollback(True)
    assert told() == {}


def test_a_flood_waits_for_the_daily_mail(stoler: Resource, carl: User) -> None:
    for number in range(FLOOD + 2):
        report_problem(stoler, reason="wrong", text=f"Nummer {number}.", now=NOW + timedelta(seconds=number))
    mails = OutgoingMail.objects.filter(to=carl)
    assert (mails.filter(digest=False).count(), mails.filter(digest=True).count()) == (FLOOD, 2)
    report_problem(stoler, reason="wrong", text="Dagen etter.", now=NOW + timedelta(days=1))
    assert not mails.latest("pk").digest
