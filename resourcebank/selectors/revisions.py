"""One revision for one person."""

from __future__ import annotations

from resourcebank.errors import NotFound
from resourcebank.models import Revision
from resourcebank.policies import Actor, visible_revisions


def revision_for(user: Actor, revision_id: int) -> Revision:
    """The revision if the person may read it; else NotFound, so that nobody learns that a draft exists."""
    revision = visible_revisions(user).select_related("resource__organisation", "kind", "licence", "author").filter(pk=revision_id).first()
    if revision is None:
        raise NotFound
    return revision
