"""After an erasure no column of any table holds the name or the address of the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import connection

from resourcebank.models import Contribution, Form, OutgoingMail, User
from resourcebank.services.accounts import Profile, change_profile
from resourcebank.services.erasure import FORMER, erase
from resourcebank.services.languages import check_form
from resourcebank.services.organisations import add_member, create_organisation
from resourcebank.services.people import give_role
from resourcebank.services.reports import answer_report, report_problem
from resourcebank.services.review import request_changes
from resourcebank.services.talk import add_comment
from resourcebank.services.verification import verify_audit, verify_published
from resourcebank.workflow import RoleName
from tests.accounts.conftest import with_factor, with_password
from tests.factories import NOW, a_draft, a_published, handed_in, next_version, person, whole_content, whole_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]
NAME, ADDRESS, EARLIER = "Kanari O'Fugl & Sønn", "kanari.fugl@example.org", "Tidlig Kanari"


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table of the site, hidden ones among them."""
    with connection.cursor() as cursor:
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True, include_swapped=True)}
        for table in sorted(tables & set(connection.introspection.table_names(cursor))):
            for column in connection.introspection.get_table_description(cursor, table):
                yield table, column.name


def places_of(*words: str) -> set[str]:
    """Where any of the words stands, in whatever case and whether or not it is written as HTML."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in columns():
            cursor.execute(f'SELECT CAST("{column}" AS TEXT) FROM "{table}" WHERE "{column}" IS NOT NULL')
            texts = " ".join(str(row[0]) for row in cursor.fetchall()).casefold()
            found |= {f"{table}.{column}" for word in words if word.casefold() in texts}
    return found


@pytest.fixture
def kanari(alice: User, rita: User, carl: User, adam: User) -> User:
    """Somebody who has done everything that leaves a name behind, by the ways people do it."""
    user = User.objects.create_user(ADDRESS, name=EARLIER)
    for role in (RoleName.CONTRIBUTOR, RoleName.CURATOR):
        give_role(user, role=role, by=adam, now=NOW)
    with_factor(with_password(user))
    checked = a_published(author=alice, approver=rita, content=whole_content(forms=(whole_form("nb"), whole_form("nn"), whole_form("en"))))
    check_form(Form.objects.get(revision=checked, language="en"), by=user, now=NOW, mother_tongue=True)
    change_profile(user, profile=Profile(name=NAME, language="nn"))
    check_form(Form.objects.get(revision=checked, language="nn"), by=user, now=NOW, mother_tongue=True)
    next_version(checked, author=alice, now=NOW + timedelta(days=1))
    forms = (whole_form("nb"), whole_form("nn"), replace(whole_form("en"), translated_by=NAME))
    a_published(author=user, approver=carl, content=whole_content(attribution=f"{NAME}, Senteret", forms=forms), slug="egen")
    a_draft(by=user, slug="utkast", content=whole_content(attribution=NAME))
    waiting = handed_in(by=alice, slug="venter")
    add_comment(waiting, by=user, now=NOW, text="Hvorfor fire stoler?")
    Contribution.objects.create(revision=checked, user=user, part="translator", form="en")
    request_changes(waiting, by=user, now=NOW, seen=waiting.version, note="Kort ned.")
    answer_report(report_problem(checked.resource, reason="wrong", text="Feil tall.", now=NOW), by=user, answer="Rettet.", now=NOW)
    add_member(create_organisation(name="Senteret", slug="senteret", by=adam, now=NOW), user=user, by=adam, now=NOW)
    SocialAccount.objects.create(user=user, provider="feide", uid="x", extra_data={"userinfo": {"name": NAME, "email": ADDRESS}})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": NAME})
    return user


def test_no_column_holds_the_name_or_the_address_any_more(kanari: User) -> None:
    before = places_of("kanari")
    assert {
        "resourcebank_user.name",
        "resourcebank_user.email",
        "resourcebank_form.checked_by",
        "resourcebank_form.translated_by",
        "resourcebank_revision.attribution",
        "resourcebank_outgoingmail.text",
        "resourcebank_outgoingmail.html",
        "account_emailaddress.email",
        "socialaccount_socialaccount.extra_data",
    } <= before, "the name was there to be found"
    erase(kanari, by=kanari, now=NOW)
    assert places_of("kanari", "o&#x27;fugl") == set()
    assert verify_audit().problems == ()
    assert verify_published() == ()


def test_what_the_person_checked_says_so_without_the_name_and_others_keep_theirs(kanari: User) -> None:
    mine = Form.objects.filter(checked_by__in=(NAME, EARLIER))
    checked = set(mine.values_list("pk", flat=True))
    assert mine.filter(language="nn").count() == 1
    other = person("Nora", RoleName.REVIEWER)
    form = Form.objects.get(revision__resource__slug="egen", revision__published_resource__isnull=False, language="en")
    check_form(form, by=other, now=NOW, mother_tongue=True)
    erase(kanari, by=kanari, now=NOW)
    assert {form.checked_by for form in Form.objects.filter(pk__in=checked)} == {FORMER}
    assert Form.objects.get(pk=form.pk).checked_by == "Nora"


def test_a_comment_in_a_mail_to_somebody_else_stays_without_the_name(kanari: User, alice: User) -> None:
    erase(kanari, by=kanari, now=NOW)
    mail = OutgoingMail.objects.get(to=alice, kind="own.comment")
    assert f"{FORMER} skrev\n\n> Hvorfor fire stoler?" in mail.text
    assert f"{FORMER} skrev" in mail.html
