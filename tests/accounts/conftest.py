"""Browsers of people who are logged in, and a fresh count of attempts for every test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from resourcebank.models import User

PASSWORD = "tre stoler og en kopp te"
Enter = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nobody_has_tried_before() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    """The browser of somebody who is not logged in."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def enter() -> Enter:
    """A browser in which the person is logged in."""

    def browser(user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="resourcebank.web.accounts.Backend")
        return client

    return browser


def with_password(user: User) -> User:
    """The person with a password and a verified address."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def with_factor(user: User) -> User:
    """The person with a second factor."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user
