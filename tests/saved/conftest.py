"""A bank with three resources and an index of its own, and somebody who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from resourcebank.catalogue import CATALOGUE, forget_labels
from resourcebank.content import Content
from resourcebank.models import Revision, User
from search.indexing import catch_up_soon
from tests.factories import NOW, a_published, whole_content, whole_form
from tests.starter_bank import index_in

Publish = Callable[..., Revision]


@pytest.fixture(autouse=True)
def _indexed(framework: None, alice: User, rita: User, tmp_path: Path, settings: object) -> Iterator[None]:
    """Every test has the framework, its names and an index; demo users need no second factor."""
    setattr(settings, "DEMO", True)  # noqa: B010 - what pytest-django hands out takes any name
    forget_labels()
    with index_in(tmp_path):
        for slug, title in (("bord", "Bordet"), ("lampe", "Lampen"), ("teppe", "Teppet")):
            a_published(author=alice, approver=rita, content=content(title), slug=slug)
        call_command("reindex", verbosity=0)
        yield
    forget_labels()


def content(title: str, kind: str = "activity") -> Content:
    """A whole resource of that title."""
    return whole_content(kind=kind, forms=(whole_form("nb", title=title), whole_form("nn", title=f"{title} (nn)")))


@pytest.fixture
def publish(alice: User, rita: User) -> Publish:
    """Publish one more resource, and let the index follow as it does after the commit."""

    def published(slug: str, title: str, *, kind: str = "activity", now: datetime = NOW) -> Revision:
        revision = a_published(author=alice, approver=rita, content=content(title, kind), slug=slug, now=now)
        catch_up_soon(CATALOGUE)
        return revision

    return published


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """A person's own browser, past the second factor, that insists on form tokens only where a test says so."""

    def login(user: User) -> Client:
        User.objects.filter(pk=user.pk).update(is_demo=True)
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return login
