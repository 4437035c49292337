"""The chain of who did what: one per resource, each event sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from resourcebank.models import AuditEvent, AuditHead, Resource, Revision, User


def hold(resource_id: int) -> None:
    """Take the resource's turn: first statement of every action on it, in the caller's transaction.

    On PostgreSQL others wait at this row; on SQLite the transaction itself is the turn.
    """
    AuditHead.objects.filter(pk=resource_id).update(number=F("number"))


def begin_chain(resource: Resource) -> None:
    """The head of a new resource's chain."""
    AuditHead.objects.create(resource=resource)


def record(
    revision: Revision,
    *,
    by: User,
    action: str,
    now: datetime,
    from_status: str,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add an event to the chain of the revision's resource. The caller holds the resource; `revision` already has its new status."""
    head = AuditHead.objects.get(pk=revision.resource_id)
    event = AuditEvent(
        resource_id=revision.resource_id,
        number=head.number + 1,
        at=now,
        actor=by,
        action=action,
        revision=revision,
        from_status=from_status,
        to_status=revision.status,
        details=dict(details or {}),
        previous_hash=head.hash,
    )
    event.hash = seal(event)
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(number=event.number, hash=event.hash)
    return event


def seal(event: AuditEvent) -> str:
    """SHA-256 (hexadecimal) over the event and the hash of the one before."""
    body = {
        "resource": event.resource_id,
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "action": str(event.action),
        "revision": event.revision_id,
        "from": str(event.from_status),
        "to": str(event.to_status),
        "details": event.details,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
