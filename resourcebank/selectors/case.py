"""Everything a reviewer must know of one revision."""

from __future__ import annotations

from dataclasses import dataclass

from resourcebank.content import Content, content_from, content_of
from resourcebank.errors import NotAllowed, OwnOrganisation, OwnWork
from resourcebank.models import Comment, Decision, Review, Revision, User
from resourcebank.policies import barred, can_comment, can_read_internal, may_judge, open_actions, roles_of
from resourcebank.quality import Finding, stale_base
from resourcebank.selectors.findings import all_findings
from resourcebank.selectors.resources import WholeText, text_for
from resourcebank.selectors.talk import comments_on, decisions_on, open_round
from resourcebank.workflow import Action, RoleName, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A revision for one judge. `before` is what is published now, None when nothing is or the revision is the published one.
    `approvals` counts those given in the open round. `hindrance` says why the person may not judge it, None when nothing does."""

    text: WholeText
    content: Content
    before: Content | None
    stale: bool
    findings: tuple[Finding, ...]
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]
    round: Review | None
    approvals: int
    actions: frozenset[Action]
    talks: bool
    internal: bool
    curator: bool
    hindrance: OwnWork | OwnOrganisation | None

    @property
    def revision(self) -> Revision:
        """The revision itself."""
        return self.text.revision


def case_for(user: User, revision_id: int) -> Case:
    """The revision for its judge. Raises NotAllowed for those who judge nothing, NotFound for what the person may not read."""
    if not may_judge(user):
        raise NotAllowed
    text = text_for(user, revision_id)
    revision = text.revision
    open_one, decisions = open_round(revision), decisions_on(user, revision)
    given = sum(one.verdict == Verdict.APPROVE and one.review == open_one for one in decisions)
    return Case(
        text=text,
        content=content_from(revision, steps=text.steps, links=text.links, forms=text.forms, attachments=text.attachments),
        before=_published(revision),
        stale=stale_base(revision),
        findings=tuple(all_findings(revision)),
        comments=tuple(comments_on(user, revision)),
        decisions=tuple(decisions),
        round=open_one,
        approvals=given,
        actions=open_actions(user, revision),
        talks=can_comment(user, revision),
        internal=can_read_internal(user, revision),
        curator=RoleName.CURATOR in roles_of(user),
        hindrance=barred(user, revision),
    )


def _published(revision: Revision) -> Content | None:
    if revision.resource.published_id in (None, revision.pk):
        return None
    published = Revision.objects.select_related("kind", "licence").filter(pk=revision.resource.published_id).first()
    return content_of(published) if published else None
