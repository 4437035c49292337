"""The talk about one's own submission: threads by field, each with the way to its field and a place to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resourcebank import catalogue
from resourcebank.models import Comment, User
from resourcebank.selectors.submissions import History
from resourcebank.web import words
from resourcebank.web.contributing_words import label_of, place_of
from resourcebank.web.markup import blocks


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that could not be kept: about which field, what was written, and what is wrong with it."""

    field: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """One remark."""

    author: str
    own: bool
    day: str
    text: SafeString
    settled: bool


@dataclass(frozen=True, slots=True)
class ThreadView:
    """What was said about one field, and where it is mended ("" when it cannot be now). `typed` and `fault` are those of an answer that
    could not be kept."""

    number: int
    field: str
    name: str
    url: str
    comments: tuple[CommentView, ...]
    typed: str
    fault: str


def thread_views(history: History, user: User, *, writable: bool, refused: Answer | None) -> Iterator[ThreadView]:
    """The fields in the order they were first spoken of. Where a message came with a decision, the whole text can be spoken of too."""
    by_field: dict[str, list[Comment]] = {}
    for comment in history.comments:
        by_field.setdefault(comment.field, []).append(comment)
    if history.talks and any(decision.note_to_author for decision in history.decisions):
        by_field.setdefault("", [])
    for number, (field, comments) in enumerate(by_field.items(), start=1):
        kept = refused if refused and refused.field == field else None
        yield ThreadView(
            number=number,
            field=field,
            name=label_of(_field_name(field), catalogue.names()) if field else _("Hele teksten"),
            url=_place(history, field) if writable and field else "",
            comments=tuple(_comment(comment, user) for comment in comments),
            typed=kept.text if kept else "",
            fault=kept.fault if kept else "",
        )


def _comment(comment: Comment, user: User) -> CommentView:
    return CommentView(
        author=str(comment.author),
        own=comment.author_id == user.pk,
        day=words.day(timezone.localtime(comment.created_at).date()),
        text=blocks(comment.text),
        settled=comment.settled_at is not None,
    )


def _place(history: History, field: str) -> str:
    place = place_of(field, codes=_codes(field), terms={})
    url = reverse("web:contribution", args=[history.submission.revision.pk])
    return f"{url}?steg={place.page}#{place.anchor}"


def _codes(field: str) -> tuple[str, ...]:
    root, _dot, rest = field.partition(".")
    return (rest.partition(".")[0],) if root == "forms" else ()


def _field_name(field: str) -> str:
    """`forms.nb.steps.2` is the field `step.nb.2` of a page."""
    root, _dot, rest = field.partition(".")
    if root != "forms":
        return root
    code, _dot, part = rest.partition(".")
    name, _dot, number = part.partition(".")
    return f"{'step' if number else name or 'form'}.{code}{f'.{number}' if number else ''}"
