"""What was said and decided about a revision, as threads by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from resourcebank.models import Comment, Decision
from resourcebank.web.fields import field_name
from resourcebank.web.markup import blocks
from resourcebank.web.review_words import moment, reason_name, verdict_name
from resourcebank.web.words import Labels


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment."""

    number: int
    author: str
    said_at: str
    text: SafeString
    internal: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said about one field."""

    name: str
    comments: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One decision. The notes are empty when there are none, or when they are not for the reader."""

    name: str
    reason: str
    by: str
    decided_at: str
    round: int
    note: SafeString
    internal: SafeString


def threads(comments: Iterable[Comment], order: Sequence[str], labels: Labels) -> tuple[Thread, ...]:
    """The comments by field, the fields in the order they are read; those of a field that is gone stand last."""
    by_field: dict[str, list[CommentView]] = {}
    for comment in comments:
        view = CommentView(
            comment.pk,
            str(comment.author),
            moment(comment.created_at),
            blocks(comment.text),
            comment.internal,
            comment.settled_at is not None,
        )
        by_field.setdefault(comment.field, []).append(view)
    places = {field: place for place, field in enumerate(order)}
    names = sorted(by_field, key=lambda field: (places.get(field, len(places)), field))
    return tuple(Thread(field_name(field, labels), tuple(by_field[field])) for field in names)


def verdicts(decisions: Iterable[Decision]) -> tuple[VerdictView, ...]:
    """The decisions in words."""
    return tuple(
        VerdictView(
            name=verdict_name(one.verdict),
            reason=reason_name(one.reason_code) if one.reason_code else "",
            by=str(one.reviewer),
            decided_at=moment(one.decided_at),
            round=one.review.round,
            note=blocks(one.note_to_author),
            internal=blocks(one.internal_note),
        )
        for one in decisions
    )
