"""What was said about a revision, as far as a person may read it."""

from __future__ import annotations

from resourcebank.errors import NotFound
from resourcebank.models import AuditEvent, Comment, Revision
from resourcebank.policies import Actor, can_read_internal, visible_revisions


def comments_on(user: Actor, revision: Revision) -> list[Comment]:
    """The comments on a revision in their order, with their authors: all for its judges, without the internal ones for everybody else.
    Nothing about a revision the person may not read."""
    found = Comment.objects.filter(revision=revision, revision__in=visible_revisions(user)).select_related("author")
    return list(found if can_read_internal(user, revision) else found.filter(internal=False))


def comment_for(user: Actor, revision: Revision, comment_id: int) -> Comment:
    """One of them; else NotFound."""
    found = next((comment for comment in comments_on(user, revision) if comment.pk == comment_id), None)
    if found is None:
        raise NotFound
    found.revision = revision
    return found


def last_event_on(revision_id: int) -> AuditEvent | None:
    """What happened last to a revision, with who did it."""
    return AuditEvent.objects.filter(revision=revision_id).select_related("actor").order_by("-number").first()
