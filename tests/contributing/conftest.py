"""Somebody who contributes, at the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from resourcebank.catalogue import forget_labels
from resourcebank.content import Content
from resourcebank.models import Revision, User
from resourcebank.selectors.duplicates import forget_published
from resourcebank.web.contributing_form import Page, fields_of

Opened = Callable[..., Client]


@pytest.fixture(autouse=True)
def _fresh(framework: None) -> Iterator[None]:
    """The framework is there, and nothing is remembered from another test."""
    forget_labels()
    forget_published()
    yield
    forget_labels()
    forget_published()


def at_desk(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


@pytest.fixture
def desk(alice: User) -> Client:
    """Alice at her desk."""
    return at_desk(alice)


def address(revision: Revision, page: Page = Page.CONTENT) -> str:
    """The page of a draft."""
    return f"/nb/bidra/{revision.pk}/?steg={page}"


def sent(revision: Revision, page: Page, content: Content, **changes: Any) -> dict[str, Any]:
    """What the browser sends from a page that shows a content, and what was changed there."""
    return fields_of(content, page=page) | {"seen": str(revision.version), "do": "save"} | changes


def fresh(revision: Revision) -> Revision:
    """The revision as it stands now."""
    return Revision.objects.select_related("resource", "kind", "licence").get(pk=revision.pk)
