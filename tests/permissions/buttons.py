"""What can be done to a text by pressing a button on a page, by the name the deed has in `matrix.csv`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.test import Client
from django.urls import reverse

from resourcebank.content import content_of
from resourcebank.models import AuditEvent, Comment
from resourcebank.web.contributing_form import Page, fields_of
from tests.factories import CRITERIA, yes_to_all

Form = tuple[str, dict[str, Any]]
"""Where a form is sent, and its fields."""


def _review(do: str, **fields: Any) -> Callable[[Any], Form]:
    return lambda text: (reverse("web:review", args=[text.pk]), {"do": do, "seen": text.version, **fields})


def _approve(text: Any) -> Form:
    answers = {f"answer.{code}": "ok" for code in CRITERIA}
    confirmed = [f"{vocabulary}:{slug}" for vocabulary, slug in yes_to_all(text).confirmed]
    return _review("approve", confirm=confirmed, **answers)(text)


def _mine(do: str) -> Callable[[Any], Form]:
    return lambda text: (reverse("web:mine_one", args=[text.pk]), {"do": do, "seen": text.version})


def _save(text: Any) -> Form:
    content = content_of(text)
    changed = replace(content, forms=tuple(replace(form, title=f"{form.title} igjen") for form in content.forms))
    return f"{reverse('web:contribution', args=[text.pk])}?steg=1", fields_of(changed, page=Page.CONTENT) | {"seen": text.version}


def _submit(text: Any) -> Form:
    return f"{reverse('web:contribution', args=[text.pk])}?steg=4", {"do": "send", "picture_rights": "1", "seen": text.version}


BUTTONS: dict[str, Callable[[Any], Form]] = {
    "start": lambda text: (reverse("web:contribute"), {"key": f"start-{text.pk}", "way": "own"}),
    "revise": lambda text: (f"{reverse('web:contribute')}?ressurs={text.resource.slug}", {}),
    "save": _save,
    "submit": _submit,
    "take_back": _mine("take-back"),
    "discard": _mine("discard"),
    "take": _review("take"),
    "hand_back": _review("hand_back"),
    "request_changes": _review("request_changes", note="Kort ned."),
    "reject": _review("reject", note="Nei.", reason="duplicate"),
    "approve": _approve,
    "withdraw_approval": _review("withdraw_approval", why="Feil."),
    "publish": _review("publish"),
    "schedule": _review("schedule", publish_at="2030-01-01T09:00"),
    "retire": _review("retire", why="Gammel."),
    "restore": _review("restore", why="God likevel."),
    "comment": _review("comment", comment="Fint."),
    "comment_internal": _review("comment", comment="Mellom oss.", comment_internal="on"),
}


def did(client: Client, form: Form) -> bool:
    """Send it; whether anything was done, by the log and the talk. Raises AssertionError when the site broke."""
    before = AuditEvent.objects.count() + Comment.objects.count()
    response = client.post(*form)
    assert response.status_code < 500, (form, response.status_code)
    return AuditEvent.objects.count() + Comment.objects.count() > before
