"""The review queue: what waits for whom, for one reviewer, in four statements for any number of submissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from resourcebank.languages import FALLBACKS, direction, form_order
from resourcebank.models import Decision, Form, Review, Revision, TermLink, User
from resourcebank.policies import decided_by, part_of, roles_of, somebody_covers, visible_revisions
from resourcebank.workflow import RoleName, Status

PAGE_SIZE = 20
PARTS = ("mine", "free", "others", "author", "done")
"""The parts of the queue: those I hold, those nobody holds, those another holds, those that wait for their author, those decided."""
_DECIDED = (Status.APPROVED, Status.PUBLISHED, Status.SUPERSEDED, Status.RETIRED, Status.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One submission. `waited_from` is when its text was last handed in, `first_opened` when it was the first time, `answered_at` when
    the first decision came. `pair` is the slug of its first word pair or word. `covered` tells whether anybody may judge it."""

    revision_id: int
    version: int
    status: str
    number: int
    title: str
    language: str
    dir: str
    languages: tuple[str, ...]
    kind: str
    pair: str
    author: str
    waited_from: datetime | None
    first_opened: datetime | None
    answered_at: datetime | None
    due_on: date | None
    publish_at: datetime | None
    holder: str
    own: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of one part of the queue. `counts` has the size of every part; `page` and `pages` start at 1."""

    counts: Mapping[str, int]
    rows: tuple[QueueRow, ...]
    page: int
    pages: int


def queue_of(user: User) -> QuerySet[Revision]:
    """Every submission the person's queue is about, in whatever part. The decided ones are those the person decided, for a curator all."""
    curates = RoleName.CURATOR in roles_of(user)
    judged = Q(Exists(Review.objects.filter(revision=OuterRef("pk")))) if curates else Q(pk__in=decided_by(user))
    waiting = Q(status__in=(Status.IN_REVIEW, Status.CHANGES_REQUESTED))
    return visible_revisions(user).filter(waiting | (Q(status__in=_DECIDED) & judged))


def _with_round(submissions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Joined with the open round, of which a revision has one at most."""
    return submissions.annotate(now_open=FilteredRelation("reviews", condition=Q(reviews__closed_at=None)))


def _part(name: str, user: User) -> Q:
    match name:
        case "mine":
            return Q(status=Status.IN_REVIEW, now_open__taken_by=user)
        case "free":
            return Q(status=Status.IN_REVIEW, now_open__taken_by=None)
        case "others":
            return Q(status=Status.IN_REVIEW, now_open__taken_by__isnull=False) & ~Q(now_open__taken_by=user)
        case "author":
            return Q(status=Status.CHANGES_REQUESTED)
        case _:
            return Q(status__in=_DECIDED)


def queue_page(submissions: QuerySet[Revision], *, user: User, part: str, page: int, language: str) -> QueuePage:
    """A page of one part of `submissions` (those of `queue_of`, perhaps filtered), oldest first; the decided ones newest first.

    A page beyond the last is the last. Four statements: counts, keys, rows, forms.
    """
    joined = _with_round(submissions)
    counts = _counts(joined, user)
    pages = max(1, -(-counts[part] // PAGE_SIZE))
    page = min(max(1, page), pages)
    order = ("-submitted_at", "-pk") if part == "done" else ("submitted_at", "pk")
    here = joined.filter(_part(part, user)).order_by(*order).values_list("pk", flat=True)
    keys = list(here[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return QueuePage(counts, tuple(_rows(keys, user=user, language=language)) if keys else (), page, pages)


def _counts(joined: QuerySet[Revision], user: User) -> dict[str, int]:
    """The size of each part, in one pass: by status and holder, of whom there are few. What `_part` says, for counting."""
    counts = dict.fromkeys(PARTS, 0)
    groups = joined.order_by().annotate(held_by=F("now_open__taken_by")).values_list("status", "held_by").annotate(number=Count("pk"))
    for status, holder, number in groups:
        if status == Status.IN_REVIEW:
            counts["free" if holder is None else "mine" if holder == user.pk else "others"] += number
        else:
            counts["author" if status == Status.CHANGES_REQUESTED else "done"] += number
    return counts


def _rows(keys: Sequence[int], *, user: User, language: str) -> list[QueueRow]:
    """The rows are dressed once their keys are known: their many looks aside would else be paid for every submission of the bank."""
    pair = TermLink.objects.filter(revision=OuterRef("pk"), term__vocabulary="word_pair").order_by("role", "term__position", "pk")
    answers = Decision.objects.filter(review__revision=OuterRef("pk")).order_by("decided_at", "pk")
    dressed = _with_round(Revision.objects.filter(pk__in=keys)).annotate(
        own=part_of(user),
        covered=somebody_covers(),
        pair=Subquery(pair.values("term__slug")[:1]),
        answered_at=Subquery(answers.values("decided_at")[:1]),
        first_opened=Subquery(Review.objects.filter(revision=OuterRef("pk")).order_by("round").values("opened_at")[:1]),
        due_on=F("now_open__due_on"),
        holder_name=F("now_open__taken_by__name"),
        holder_email=F("now_open__taken_by__email"),
    )
    found = {row.pk: row for row in dressed.select_related("author", "kind")}
    faces = _faces(keys)
    return [_row(found[key], faces[key], language) for key in keys]


def _faces(keys: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    """(language, level, title) of each form, in their order."""
    faces = defaultdict[int, list[tuple[str, str, str]]](list)
    for key, *face in Form.objects.filter(revision__in=keys).values_list("revision_id", "language", "level", "title"):
        faces[key].append((face[0], face[1], face[2]))
    for some in faces.values():
        some.sort(key=lambda face: form_order(face[0], face[1]))
    return faces


def _row(found: Any, faces: Sequence[tuple[str, str, str]], language: str) -> QueueRow:
    ordinary = {tag: title for tag, level, title in faces if not level}
    tag = next((tag for tag in (language, *FALLBACKS) if tag in ordinary), faces[0][0] if faces else language)
    return QueueRow(
        revision_id=found.pk,
        version=found.version,
        status=found.status,
        number=found.number,
        title=ordinary.get(tag) or (faces[0][2] if faces else ""),
        language=tag,
        dir=direction(tag),
        languages=tuple(dict.fromkeys(tag for tag, _level, _title in faces)),
        kind=found.kind.slug if found.kind else "",
        pair=found.pair or "",
        author=str(found.author),
        waited_from=found.submitted_at,
        first_opened=found.first_opened,
        answered_at=found.answered_at,
        due_on=found.due_on,
        publish_at=found.publish_at if found.status == Status.APPROVED else None,
        holder=found.holder_name or found.holder_email or "",
        own=found.own,
        covered=found.covered,
    )


def about_pair(submissions: QuerySet[Revision], slug: str) -> QuerySet[Revision]:
    """Those linked to a word pair or to one of its words."""
    term = Q(term__slug=slug) | Q(term__parent__slug=slug)
    return submissions.filter(pk__in=TermLink.objects.filter(term, term__vocabulary="word_pair").values("revision"))


def written_in(submissions: QuerySet[Revision], language: str) -> QuerySet[Revision]:
    """Those with a form in a language."""
    return submissions.filter(pk__in=Form.objects.filter(language=language).values("revision"))
