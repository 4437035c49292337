"""Who gives and takes roles, and what is written down about it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from resourcebank.errors import LastAdmin, NotAllowed, UnknownScope
from resourcebank.models import AccountEvent, Membership, User
from resourcebank.policies import may_judge, roles_of
from resourcebank.services.organisations import add_member, create_organisation, remove_member, rename_organisation
from resourcebank.services.people import give_role, set_active, take_role
from resourcebank.workflow import RoleName
from tests.factories import NOW, person

pytestmark = pytest.mark.django_db
SCOPE = "term:word_pair:valg-og-tilfeldigheter"


def log_of(user: User) -> list[tuple[str, str, int | None]]:
    return list(AccountEvent.objects.filter(person=user).order_by("id").values_list("action", "subject", "actor"))


def test_an_administrator_gives_and_takes_and_it_is_written_down(alice: User, adam: User) -> None:
    give_role(alice, role=RoleName.CURATOR, by=adam, now=NOW)
    give_role(alice, role=RoleName.CURATOR, by=adam, now=NOW)
    assert RoleName.CURATOR in roles_of(alice)
    take_role(alice, role=RoleName.CURATOR, by=adam, now=NOW)
    take_role(alice, role=RoleName.CURATOR, by=adam, now=NOW)
    assert RoleName.CURATOR not in roles_of(alice)
    assert log_of(alice) == [
        ("role_given", "contributor", None),
        ("role_given", "curator", adam.pk),
        ("role_taken", "curator", adam.pk),
    ]


@pytest.mark.parametrize("role", [RoleName.CONTRIBUTOR, RoleName.REVIEWER, RoleName.CURATOR])
def test_nobody_else_does(alice: User, adam: User, role: RoleName) -> None:
    other = person("Other", role)
    centre = create_organisation(name="Senteret", slug="senteret", by=adam, now=NOW)
    deeds = (
        lambda: give_role(other, role=RoleName.ADMIN, by=other, now=NOW),
        lambda: take_role(adam, role=RoleName.ADMIN, by=other, now=NOW),
        lambda: set_active(adam, active=False, by=other, now=NOW),
        lambda: create_organisation(name="Mitt", slug="mitt", by=other, now=NOW),
        lambda: rename_organisation(centre, name="Mitt", by=other),
        lambda: add_member(centre, user=other, by=other, now=NOW),
        lambda: remove_member(centre, user=other, by=other, now=NOW),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert roles_of(other) == {role}
    assert not Membership.objects.exists()


def test_the_last_administrator_keeps_the_role_and_the_way_in(adam: User) -> None:
    person("Ada", RoleName.ADMIN)
    shut_out = User.objects.get(email="ada@example.org")
    set_active(shut_out, active=False, by=adam, now=NOW)
    with pytest.raises(LastAdmin):
        take_role(adam, role=RoleName.ADMIN, by=adam, now=NOW)
    with pytest.raises(LastAdmin):
        set_active(adam, active=False, by=adam, now=NOW)
    set_active(shut_out, active=True, by=adam, now=NOW)
    take_role(adam, role=RoleName.ADMIN, by=adam, now=NOW)
    assert roles_of(adam) == frozenset()


def test_a_reviewer_may_be_limited_to_what_exists(framework: None, alice: User, adam: User) -> None:
    create_organisation(name="Senteret", slug="senteret", by=adam, now=NOW)
    for scope in (SCOPE, "organisation:senteret"):
        give_role(alice, role=RoleName.REVIEWER, scope=scope, by=adam, now=NOW)
    assert may_judge(alice)
    assert RoleName.REVIEWER not in roles_of(alice), "not in the whole bank"
    take_role(alice, role=RoleName.REVIEWER, scope=SCOPE, by=adam, now=NOW)
    assert may_judge(alice)
    take_role(alice, role=RoleName.REVIEWER, scope="organisation:senteret", by=adam, now=NOW)
    assert not may_judge(alice)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (RoleName.REVIEWER, "term:word_pair:finnes-ikke"),
        (RoleName.REVIEWER, "organisation:finnes-ikke"),
        (RoleName.REVIEWER, "alt"),
        (RoleName.CURATOR, SCOPE),
        (RoleName.ADMIN, SCOPE),
    ],
)
def test_any_other_limit_is_refused(framework: None, alice: User, adam: User, role: RoleName, scope: str) -> None:
    with pytest.raises(UnknownScope):
        give_role(alice, role=role, scope=scope, by=adam, now=NOW)


def test_members_come_and_go_and_it_is_written_down(alice: User, adam: User) -> None:
    centre = create_organisation(name=" Senteret ", slug="senteret", by=adam, now=NOW)
    assert centre.name == "Senteret"
    add_member(centre, user=alice, by=adam, now=NOW)
    add_member(centre, user=alice, by=adam, now=NOW)
    assert Membership.objects.get().user == alice
    remove_member(centre, user=alice, by=adam, now=NOW)
    assert log_of(alice)[1:] == [("joined", "senteret", adam.pk), ("left", "senteret", adam.pk)]


def test_the_first_administrator_is_appointed_at_the_prompt(alice: User) -> None:
    call_command("appoint", alice.email)
    assert RoleName.ADMIN in roles_of(alice)
    with pytest.raises(CommandError):
        call_command("appoint", "ingen@example.org")
