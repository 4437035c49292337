"""What author and reviewers say to each other about a revision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from resourcebank.content import tidy_text
from resourcebank.errors import CommentEmpty, Invalid
from resourcebank.models import Comment, Revision, User
from resourcebank.policies import require_comment
from resourcebank.services import audit
from resourcebank.services.news import announce_comment
from resourcebank.services.structure import MAX_TEXT, too_long

MAX_FIELD = 120


@transaction.atomic
def add_comment(revision: Revision, *, by: User, now: datetime, text: str, field: str = "", internal: bool = False) -> Comment:
    """Say something about a field (`forms.nb.care`) or the whole (""); `internal` to reviewers alone. Saying the same twice while the
    first is unsettled (a double click, a page sent again) is saying it once. Raises LoginNeeded, NotAllowed, CommentEmpty, Invalid."""
    audit.hold(revision.resource_id)
    require_comment(by, Revision.objects.select_related("resource").get(pk=revision.pk), internal=internal)
    said = tidy_text(text)
    if not said:
        raise CommentEmpty
    problems = (*too_long("comment", said, MAX_TEXT), *too_long("comment_field", field, MAX_FIELD))
    if problems:
        raise Invalid(problems=problems)
    same = {"revision": revision, "author": by, "field": field, "text": said, "internal": internal}
    if twice := Comment.objects.filter(**same, settled_at=None).first():
        return twice
    comment = Comment.objects.create(**same, created_at=now)
    announce_comment(comment)
    return comment


@transaction.atomic
def settle_comment(comment: Comment, *, by: User, now: datetime) -> Comment:
    """Say that a comment was dealt with; the first time counts. Raises LoginNeeded, NotAllowed."""
    require_comment(by, comment.revision, internal=comment.internal)
    Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=now)
    return Comment.objects.select_related("author", "revision__resource").get(pk=comment.pk)
