"""Proving the promises about history: chains unbroken, published texts unchanged, nothing public without approval."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from resourcebank.content import content_hash, contents_of
from resourcebank.models import AuditEvent, AuditHead, Decision, PublicChange, PublicHead, Resource, Revision
from resourcebank.services.audit import seal
from resourcebank.workflow import FIXED, TRANSITIONS, Action, Status, Verdict

_BATCH = 500


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`root` is one SHA-256 over the heads of all chains: written down elsewhere, it proves later that nothing was rewritten.
    `problems` says in plain words what does not hold; empty when all is well."""

    root: str
    chains: int
    events: int
    problems: tuple[str, ...]


def verify_audit() -> AuditReport:
    """Walk every chain: each event sealed, numbered and joined to the one before, up to its head, along the table of the workflow."""
    heads = {head.resource_id: head for head in AuditHead.objects.order_by("resource_id")}
    problems: list[str] = []
    count = 0
    reached: dict[int, AuditEvent] = {}
    events = AuditEvent.objects.order_by("resource_id", "number").iterator(chunk_size=2000)
    for resource_id, chain in groupby(events, key=lambda event: event.resource_id):
        previous: AuditEvent | None = None
        statuses: dict[int, str] = {}
        for event in chain:
            count += 1
            problems += _chain_faults(event, previous)
            problems += _path_faults(event, statuses)
            previous = event
        if previous:
            reached[resource_id] = previous
    problems += _head_faults(heads, reached)
    root = hashlib.sha256("\n".join(f"{pk}:{head.number}:{head.hash}" for pk, head in heads.items()).encode()).hexdigest()
    return AuditReport(root=root, chains=len(heads), events=count, problems=tuple(problems))


def _chain_faults(event: AuditEvent, previous: AuditEvent | None) -> Iterator[str]:
    place = f"audit: resource {event.resource_id}, event {event.number}"
    if event.hash != seal(event):
        yield f"{place}: its content does not match its seal"
    if event.number != (previous.number if previous else 0) + 1:
        yield f"{place}: an event before it is missing"
    elif event.previous_hash != (previous.hash if previous else ""):
        yield f"{place}: not joined to the event before it"


def _path_faults(event: AuditEvent, statuses: dict[int, str]) -> Iterator[str]:
    place = f"audit: resource {event.resource_id}, event {event.number}"
    before = statuses.get(event.revision_id, "")
    if event.from_status != before:
        yield f"{place}: starts from {event.from_status!r}, but the revision was {before!r}"
    if event.action in set(Action):
        row = TRANSITIONS[Action(event.action)]
        if event.from_status not in row.sources or event.to_status not in (row.target, event.from_status):
            yield f"{place}: {event.action} does not lead there"
    statuses[event.revision_id] = event.to_status


def _head_faults(heads: dict[int, AuditHead], reached: dict[int, AuditEvent]) -> Iterator[str]:
    for resource_id in sorted(heads.keys() | reached.keys()):
        head, last = heads.get(resource_id), reached.get(resource_id)
        if (head.number, head.hash) != (last.number, last.hash) if head and last else True:
            yield f"audit: resource {resource_id}: the chain does not end at its head"
    for resource in Resource.objects.filter(audit_head__isnull=True).order_by("pk"):
        yield f"audit: resource {resource.pk}: has no chain"


def verify_published() -> tuple[str, ...]:
    """Every text that is or was public is the one that somebody other than its author approved, and the pointers fit."""
    return (*_text_faults(), *_pointer_faults())


def _text_faults() -> Iterator[str]:
    rows = iter(Revision.objects.filter(status__in=sorted(FIXED)).select_related("kind", "licence").order_by("pk").iterator(_BATCH))
    while batch := list(islice(rows, _BATCH)):
        contents, approvals = contents_of(batch), _approvals(batch)
        for revision in batch:
            place = f"published: resource {revision.resource_id}, revision {revision.number}"
            if content_hash(contents[revision.pk]) != revision.content_hash:
                yield f"{place}: the text is not the one that was published"
            if not any(found == revision.content_hash and by != revision.author_id for found, by in approvals[revision.pk]):
                yield f"{place}: nobody but its author approved this text"


def _approvals(revisions: list[Revision]) -> dict[int, list[tuple[str, int]]]:
    found = defaultdict[int, list[tuple[str, int]]](list)
    rows = Decision.objects.filter(review__revision__in=revisions, verdict=Verdict.APPROVE)
    for revision_id, hashed, reviewer in rows.values_list("review__revision_id", "content_hash", "reviewer_id"):
        found[revision_id].append((hashed, reviewer))
    return found


def _pointer_faults() -> Iterator[str]:
    for resource in Resource.objects.filter(published__isnull=False).exclude(published__status=Status.PUBLISHED).order_by("pk"):
        yield f"published: resource {resource.pk}: points at a revision that is not published"
    for revision in Revision.objects.filter(status=Status.PUBLISHED, published_resource__isnull=True).order_by("pk"):
        yield f"published: resource {revision.resource_id}: revision {revision.number} is published, but the resource does not show it"


def verify_public_changes() -> tuple[str, ...]:
    """The public changes are numbered without gaps up to the head."""
    sequences = list(PublicChange.objects.order_by("sequence").values_list("sequence", flat=True))
    head = PublicHead.objects.values_list("sequence", flat=True).first() or 0
    if sequences != list(range(1, head + 1)):
        return (f"changes: {len(sequences)} numbers up to {sequences[-1] if sequences else 0}, but the head says {head}",)
    return ()
