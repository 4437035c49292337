"""A reader without an account, members who are logged in, and one public resource."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resourcebank.catalogue import forget_labels
from resourcebank.models import Resource, User
from resourcebank.web import open_forms
from tests.factories import a_published

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _framework(framework: None) -> None:
    """Every test has the framework and its names."""
    forget_labels()


@pytest.fixture
def stoler(alice: User, rita: User) -> Resource:
    """A resource by Alice that Rita has reviewed."""
    return a_published(author=alice, approver=rita, slug="stoler").resource


@pytest.fixture
def client() -> Client:
    """A reader who is not logged in."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


@pytest.fixture
def logged_in() -> Login:
    """A person's own browser, past the second factor."""

    def login(user: User) -> Client:
        User.objects.filter(pk=user.pk).update(is_demo=True)
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(user)
        return browser

    return login


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    """Demo users need no second factor: that has its own tests."""
    setattr(settings, "DEMO", True)  # noqa: B010 - what pytest-django hands out takes any name


def mark(kind: str, resource: Resource, *, age: int = 10) -> str:
    """The mark of a form that was shown some seconds ago."""
    return open_forms.new_mark(kind, resource.pk, now=timezone.now() - timedelta(seconds=age)).text
