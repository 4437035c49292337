"""Four people everybody knows: there when DEMO is on, refused when it is off."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from resourcebank.errors import NotAllowed
from resourcebank.models import User
from resourcebank.policies import needs_second_factor, roles_of
from resourcebank.project.serve import may_show_demo
from resourcebank.services.demo_users import demo_password, demo_users
from resourcebank.workflow import RoleName
from tests.accounts.conftest import Enter
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def make() -> tuple[User, ...]:
    with override_settings(DEMO=True):
        return demo_users(password=demo_password(), now=NOW)


def log_in(client: Client, user: User) -> bool:
    client.post("/konto/login/", {"login": user.email, "password": demo_password()})
    return client.get("/konto/").status_code == 200


def test_there_are_four_and_a_second_time_none_is_added() -> None:
    first, second = make(), make()
    assert first == second
    assert [roles_of(user) for user in first] == [{role} for role in RoleName]
    assert all(user.is_demo for user in first)


def test_they_log_in_without_a_second_factor_while_demo_is_on(client: Client) -> None:
    for user in make():
        with override_settings(DEMO=True):
            assert not needs_second_factor(user)
            assert log_in(Client(SERVER_NAME="localhost"), user)


def test_they_are_refused_when_demo_is_off(enter: Enter) -> None:
    users = make()
    for user in users:
        assert not log_in(Client(SERVER_NAME="localhost"), user)
    before = enter(users[0])
    assert before.get("/konto/").status_code == 302, "a session from an earlier day"
    assert "Demo" not in before.get("/nb/").content.decode()


def test_they_are_not_made_when_demo_is_off() -> None:
    with pytest.raises(NotAllowed):
        demo_users(password=demo_password(), now=NOW)
    assert not User.objects.exists()


def test_the_password_is_set_anew_when_the_secret_of_the_machine_is_another() -> None:
    make()
    with override_settings(SECRET_KEY="another", DEMO=True):
        assert demo_users(password=demo_password(), now=NOW)[3].check_password(demo_password())


@pytest.mark.parametrize(
    ("host", "address", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("127.0.0.1", "http://localhost:9000", True),
        ("0.0.0.0", "http://127.0.0.1:8000", False),
        ("127.0.0.1", "https://bank.example.no", False),
        ("127.0.0.1", "http://bank.example.no", False),
    ],
)
def test_make_run_shows_them_only_where_nobody_else_comes(host: str, address: str, shown: bool) -> None:
    assert may_show_demo(host, address) is shown
