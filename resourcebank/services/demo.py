"""Made-up resources written in bulk: the rows that the services would write one by one, history and approval included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from resourcebank.catalogue import note_change
from resourcebank.content import Content, tidy
from resourcebank.models import (
    AuditEvent,
    AuditHead,
    Criterion,
    Decision,
    PublicChange,
    PublicHead,
    Resource,
    Review,
    Revision,
    Term,
    TermLink,
    User,
)
from resourcebank.services.audit import seal
from resourcebank.services.checklist import complete_answers, current_criteria
from resourcebank.services.insert import insert_rows
from resourcebank.services.people import system_user
from resourcebank.services.publication import review_due
from resourcebank.services.published_links import keep_links
from resourcebank.services.rows import columns_of, form_of, links_of, steps_of
from resourcebank.services.structure import Terms
from resourcebank.workflow import Action, Assurance, RoleName, Status, Verdict

AUTHOR, CURATOR = "demo@bank.invalid", "demo-redaksjon@bank.invalid"
_BATCH = 250
_PATH = (
    ("start", "", Status.DRAFT),
    (Action.SUBMIT, Status.DRAFT, Status.IN_REVIEW),
    (Action.APPROVE, Status.IN_REVIEW, Status.APPROVED),
    (Action.PUBLISH, Status.APPROVED, Status.PUBLISHED),
)
T = TypeVar("T")


def add_demo(contents: Iterable[Content], *, now: datetime, tell: Callable[[int], None] = lambda _: None) -> int:
    """Publish made-up contents, each as a new resource; gives how many. The indexes follow through the log.

    Every promise `verify` checks holds for them: sealed history, an approval by somebody else than the author, numbered changes.
    """
    author = system_user(email=AUTHOR, name="Demo", role=RoleName.CONTRIBUTOR)
    curator = system_user(email=CURATOR, name="Demo (redaksjon)", role=RoleName.CURATOR)
    terms: Terms = {(term.vocabulary_id, term.slug): term for term in Term.objects.all()}
    criteria = current_criteria()
    done = 0
    for batch in _batches(map(tidy, contents)):
        _write(batch, author=author, curator=curator, terms=terms, criteria=criteria, now=now)
        done += len(batch)
        tell(done)
    return done


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


@transaction.atomic
def _write(contents: Sequence[Content], *, author: User, curator: User, terms: Terms, criteria: Sequence[Criterion], now: datetime) -> None:
    first = (Resource.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    resources = Resource.objects.bulk_create(
        [Resource(slug=f"demo-{first + number}", owner=author, created_at=now) for number in range(len(contents))]
    )
    revisions = Revision.objects.bulk_create(
        [
            Revision(resource=resource, number=1, author=author, created_at=now, submitted_at=now, **columns_of(content, terms))
            for resource, content in zip(resources, contents, strict=True)
        ]
    )
    pairs = list(zip(revisions, contents, strict=True))
    insert_rows([step for revision, content in pairs for step in steps_of(revision, content)])
    links = [link for revision, content in pairs for link in links_of(revision, content, terms)]
    insert_rows(links)
    insert_rows([form_of(revision, form) for revision, content in pairs for form in content.forms])
    _approve(revisions, links, curator=curator, criteria=criteria, now=now)
    _publish(resources, revisions, now=now)
    _write_history(revisions, author=author, curator=curator, now=now)


def _approve(
    revisions: Sequence[Revision], links: Iterable[TermLink], *, curator: User, criteria: Sequence[Criterion], now: datetime
) -> None:
    reviews = Review.objects.bulk_create([Review(revision=each, round=1, opened_at=now, closed_at=now) for each in revisions])
    decisions = Decision.objects.bulk_create(
        [
            Decision(
                review=review,
                reviewer=curator,
                verdict=Verdict.APPROVE,
                level=Assurance.CHECKED,
                content_hash=revision.content_hash,
                decided_at=now,
            )
            for review, revision in zip(reviews, revisions, strict=True)
        ]
    )
    confirmed: dict[int, list[TermLink]] = {revision.pk: [] for revision in revisions}
    for link in links:
        if link.role != "facet":
            confirmed[link.revision_id].append(link)
    pairs = zip(decisions, revisions, strict=True)
    answers = (complete_answers(decision, criteria=criteria, links=confirmed[revision.pk]) for decision, revision in pairs)
    insert_rows([answer for some in answers for answer in some])


def _publish(resources: Sequence[Resource], revisions: Sequence[Revision], *, now: datetime) -> None:
    day = timezone.localdate(now)
    keys = [revision.pk for revision in revisions]
    Revision.objects.filter(pk__in=keys).update(
        status=Status.PUBLISHED, version=len(_PATH), published_at=now, assurance=Assurance.CHECKED, assured_on=day
    )
    own = Revision.objects.filter(resource=OuterRef("pk")).values("pk")
    Resource.objects.filter(pk__in=[resource.pk for resource in resources]).update(published=Subquery(own), review_due_on=review_due(day))
    keep_links([resource.pk for resource in resources])
    PublicHead.objects.get_or_create(pk=1)
    PublicHead.objects.filter(pk=1).update(sequence=F("sequence") + len(resources))
    last = PublicHead.objects.values_list("sequence", flat=True).get(pk=1)
    numbers = range(last - len(resources) + 1, last + 1)
    insert_rows(
        [PublicChange(sequence=number, resource=each, kind="published", at=now) for number, each in zip(numbers, resources, strict=True)]
    )
    note_change(resources, soon=False)


def _write_history(revisions: Sequence[Revision], *, author: User, curator: User, now: datetime) -> None:
    events: list[AuditEvent] = []
    heads: list[AuditHead] = []
    for revision in revisions:
        sealed = ""
        for number, (action, before, after) in enumerate(_PATH, start=1):
            event = AuditEvent(
                resource_id=revision.resource_id,
                number=number,
                at=now,
                actor=author if number < 3 else curator,
                action=action,
                revision=revision,
                from_status=before,
                to_status=after,
                details={"made_up": True},
                previous_hash=sealed,
            )
            event.hash = sealed = seal(event)
            events.append(event)
        heads.append(AuditHead(resource_id=revision.resource_id, number=len(_PATH), hash=sealed))
    insert_rows(events)
    insert_rows(heads)
