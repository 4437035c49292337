"""What a person has written: one of their revisions, the list of all, and what happened to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from resourcebank.errors import NotFound
from resourcebank.languages import FALLBACKS, form_order
from resourcebank.models import AuditEvent, Comment, Decision, Form, PublicHead, Revision, User
from resourcebank.policies import can_comment
from resourcebank.workflow import Status


@dataclass(frozen=True, slots=True)
class Own:
    """A revision of the person's own, with its resource, kind and licence; `sequence` is the number of the last public change."""

    revision: Revision
    sequence: int


def own_revision(user: User, revision_id: int) -> Own:
    """The person's own revision; NotFound for everybody else's, so that nobody learns that a draft exists. One statement."""
    rows = Revision.objects.filter(author=user, pk=revision_id).select_related("resource", "kind", "licence", "author")
    revision = rows.annotate(_sequence=Subquery(PublicHead.objects.values("sequence")[:1])).first()
    if revision is None:
        raise NotFound
    return Own(revision, revision._sequence or 0)


def published_revision(revision: Revision) -> Revision | None:
    """What the public reads of a revision's resource now, or None."""
    return Revision.objects.filter(published_resource=revision.resource_id).select_related("kind", "licence").first()


@dataclass(frozen=True, slots=True)
class Submission:
    """A revision in its author's list. `title` is in `language`; `new` says that the resource was never public."""

    revision: Revision
    title: str
    language: str
    changed_at: datetime
    comments: int
    note: str
    new: bool


def submissions_of(user: User, *, language: str) -> list[Submission]:
    """All a person has written and not dropped, the last changed first: two statements."""
    revisions = list(_with_news(Revision.objects.filter(author=user).exclude(status=Status.DISCARDED)))
    titles = _titles((revision.pk for revision in revisions), language)
    found = [_submission(revision, titles) for revision in revisions]
    return sorted(found, key=lambda each: each.changed_at, reverse=True)


def _with_news(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    events = AuditEvent.objects.filter(revision=OuterRef("pk")).order_by("-number")
    notes = Decision.objects.filter(review__revision=OuterRef("pk")).order_by("-decided_at").values("note_to_author")
    open_comments = Count("comments", filter=Q(comments__internal=False, comments__settled_at__isnull=True), distinct=True)
    return revisions.select_related("resource").annotate(
        _changed_at=Subquery(events.values("at")[:1]), _note=Subquery(notes[:1]), _comments=open_comments
    )


def _submission(revision: Revision, titles: dict[int, tuple[str, str]]) -> Submission:
    tag, title = titles.get(revision.pk, ("", ""))
    return Submission(
        revision=revision,
        title=title,
        language=tag,
        changed_at=revision._changed_at or revision.created_at,  # type: ignore[attr-defined]  # annotated above
        comments=revision._comments,  # type: ignore[attr-defined]
        note=revision._note or "",  # type: ignore[attr-defined]
        new=revision.based_on_id is None,
    )


def _titles(revision_ids: Iterable[int], language: str) -> dict[int, tuple[str, str]]:
    """(language, title) of each revision, in the language asked for or the nearest there is: one statement."""
    forms = defaultdict[int, list[tuple[tuple[int, str, str], str, str]]](list)
    for key, tag, level, title in Form.objects.filter(revision__in=list(revision_ids)).values_list(
        "revision_id", "language", "level", "title"
    ):
        forms[key].append((form_order(tag, level), tag, title))
    return {key: _nearest(sorted(rows), language) for key, rows in forms.items()}


def _nearest(rows: list[tuple[tuple[int, str, str], str, str]], language: str) -> tuple[str, str]:
    titled = [(tag, title) for (_place, _tag, level), tag, title in rows if title and not level] or [
        (tag, title) for _order, tag, title in rows
    ]
    return next((row for wanted in (language, *FALLBACKS) for row in titled if row[0] == wanted), titled[0])


@dataclass(frozen=True, slots=True)
class History:
    """One submission with what happened to it: events in order, the public side of the talk, and decisions. `talks`: the talk goes on."""

    submission: Submission
    events: tuple[AuditEvent, ...]
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]
    talks: bool


def history_of(user: User, revision_id: int, *, language: str) -> History:
    """The person's own revision and all its author may know of it: six statements. Raises NotFound."""
    revision = _with_news(Revision.objects.filter(author=user, pk=revision_id)).first()
    if revision is None:
        raise NotFound
    return History(
        submission=_submission(revision, _titles([revision.pk], language)),
        events=tuple(AuditEvent.objects.filter(revision=revision).order_by("number")),
        comments=tuple(Comment.objects.filter(revision=revision, internal=False).select_related("author").order_by("created_at", "id")),
        decisions=tuple(Decision.objects.filter(review__revision=revision).select_related("review").defer("internal_note")),
        talks=can_comment(user, revision),
    )
