"""Everything a reviewer must know of one revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from resourcebank.content import Content, content_from
from resourcebank.errors import NotAllowed, NotFound, OwnOrganisation, OwnWork
from resourcebank.models import Answer, Comment, Criterion, Decision, PublicHead, Review, Revision, Step, User
from resourcebank.policies import Standing, may_judge, roles_of, standing_in, visible_revisions, with_standing
from resourcebank.quality import Finding, stale_base
from resourcebank.selectors.findings import all_findings
from resourcebank.selectors.gathered import gathered, moment, rows_in
from resourcebank.selectors.resources import Parts, WholeText, parts_of
from resourcebank.workflow import Action, RoleName, Verdict


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered in the latest round before the open one in which anybody answered: by criterion and confirmed term (keys).
    `unchanged` says that the text was not handed in anew since, so that it is the very same."""

    answers: Mapping[int, str]
    confirmed: frozenset[int]
    by: User
    at: datetime
    unchanged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A revision for one judge. `before` is what is published now, None when nothing is or the revision is the published one.
    `approvals` counts those given in the open round. `hindrance` says why the person may not judge it, None when nothing does."""

    text: WholeText
    content: Content
    before: Content | None
    stale: bool
    findings: tuple[Finding, ...]
    criteria: tuple[Criterion, ...]
    earlier: Earlier | None
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
    """The revision for its judge: five statements, six when the text leads to addresses, and one more when something was published since
    this process last asked. Raises NotAllowed for those who judge nothing, NotFound for what the person may not read."""
    if not may_judge(user):
        raise NotAllowed
    row = _row(user, revision_id)
    revision: Revision = row
    published = revision.resource.published if revision.resource.published_id != revision.pk else None
    steps = {revision.pk: _steps(row.steps_here)} | ({published.pk: _steps(row.steps_before)} if published else {})
    parts = parts_of(steps)
    content = _content(revision, parts[revision.pk])
    standing = standing_in(user, row)
    decisions = tuple(_decisions(row, standing))
    open_one = _open_round(row)
    return Case(
        text=WholeText.of(revision.resource, revision, parts[revision.pk]),
        content=content,
        before=_content(published, parts[published.pk]) if published else None,
        stale=stale_base(revision),
        findings=tuple(all_findings(revision, content, sequence=row.sequence or 0)),
        criteria=tuple(sorted((Criterion(**each) for each in rows_in(row.criteria)), key=lambda each: each.position)),
        earlier=_earlier(row, decisions, open_one),
        comments=tuple(_comments(row, standing)),
        decisions=decisions,
        round=open_one,
        approvals=sum(one.verdict == Verdict.APPROVE and one.review.round == open_one.round for one in decisions) if open_one else 0,
        actions=standing.actions(revision.status),
        talks=standing.comments(revision.status),
        internal=standing.reads_internal,
        curator=RoleName.CURATOR in roles_of(user),
        hindrance=standing.hindrance,
    )


_PERSON = ("id", "name", "email", "erased_at")
_COMMENT = ("id", "field", "text", "internal", "created_at", "settled_at", *(f"author__{each}" for each in _PERSON))
_ROUND = ("id", "round", "due_on", *(f"taken_by__{each}" for each in _PERSON))
_DECISION = (
    *("id", "verdict", "reason_code", "note_to_author", "internal_note", "decided_at", "review__round"),
    *(f"reviewer__{each}" for each in _PERSON),
)


def _row(user: User, revision_id: int) -> Any:
    """The revision, and in the same statement all the small things that hang on it."""
    here, before = OuterRef("pk"), OuterRef("resource__published")
    newest = Criterion.objects.order_by("-version").values("version")[:1]
    criteria = Criterion.objects.filter(version=Subquery(newest))
    joined = ("resource__organisation", "resource__published__kind", "resource__published__licence", "kind", "licence", "author")
    rows = with_standing(visible_revisions(user), user).select_related(*joined)
    row = rows.annotate(
        sequence=Subquery(PublicHead.objects.values("sequence")[:1]),
        steps_here=gathered(Step.objects.filter(revision=here), "position", "minutes"),
        steps_before=gathered(Step.objects.filter(revision=before), "position", "minutes"),
        criteria=gathered(criteria, "id", "version", "code", "position", "optional", whole=("labels", "help")),
        open_rounds=gathered(Review.objects.filter(revision=here, closed_at=None), *_ROUND),
        said=gathered(Comment.objects.filter(revision=here), *_COMMENT),
        decided=gathered(Decision.objects.filter(review__revision=here), *_DECISION),
        answered=gathered(Answer.objects.filter(decision__review__revision=here), "decision_id", "criterion_id", "term_id", "value"),
    )
    found = row.filter(pk=revision_id).first()
    if found is None:
        raise NotFound
    return found


def _steps(column: list[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(sorted((Step(**each) for each in rows_in(column)), key=lambda step: step.position))


def _content(revision: Revision, parts: Parts) -> Content:
    return content_from(revision, steps=parts.steps, links=parts.links, forms=parts.forms, attachments=parts.attachments)


def _person(row: Mapping[str, Any], role: str) -> User:
    found = {each: row[f"{role}__{each}"] for each in _PERSON}
    return User(**found | {"erased_at": moment(found["erased_at"]) if found["erased_at"] else None})


def _open_round(row: Any) -> Review | None:
    for each in rows_in(row.open_rounds):
        due_on = date.fromisoformat(each["due_on"]) if each["due_on"] else None
        holder = _person(each, "taken_by") if each["taken_by__id"] else None
        return Review(id=each["id"], revision=row, round=each["round"], due_on=due_on, taken_by=holder)
    return None


def _comments(row: Any, standing: Standing) -> Iterator[Comment]:
    """In the order they were made; those among reviewers only for reviewers."""
    for each in sorted(rows_in(row.said), key=lambda one: (moment(one["created_at"]), one["id"])):
        if standing.reads_internal or not each["internal"]:
            yield Comment(
                id=each["id"],
                revision=row,
                author=_person(each, "author"),
                field=each["field"],
                text=each["text"],
                internal=bool(each["internal"]),
                created_at=moment(each["created_at"]),
                settled_at=moment(each["settled_at"]) if each["settled_at"] else None,
            )


def _decisions(row: Any, standing: Standing) -> Iterator[Decision]:
    """Newest first. The internal note is blank for those who may not read it."""
    for each in sorted(rows_in(row.decided), key=lambda one: (moment(one["decided_at"]), one["id"]), reverse=True):
        yield Decision(
            id=each["id"],
            review=Review(revision=row, round=each["review__round"]),
            reviewer=_person(each, "reviewer"),
            verdict=each["verdict"],
            reason_code=each["reason_code"],
            note_to_author=each["note_to_author"],
            internal_note=each["internal_note"] if standing.reads_internal else "",
            decided_at=moment(each["decided_at"]),
        )


def _earlier(row: Any, decisions: Sequence[Decision], now_open: Review | None) -> Earlier | None:
    """Answers of the open round are left out: two who read the same text do not see each other's. So are those to an older version of
    the checklist, which asked something else."""
    asked = {each["id"] for each in rows_in(row.criteria)}
    answered = defaultdict[int, list[dict[str, Any]]](list)
    for each in rows_in(row.answered):
        if each["term_id"] or each["criterion_id"] in asked:
            answered[each["decision_id"]].append(each)
    for one in decisions if now_open else ():
        if now_open and one.review.round != now_open.round and (rows := answered.get(one.pk)):
            return Earlier(
                answers={each["criterion_id"]: each["value"] for each in rows if each["criterion_id"]},
                confirmed=frozenset(each["term_id"] for each in rows if each["term_id"]),
                by=one.reviewer,
                at=one.decided_at,
                unchanged=row.submitted_at is not None and one.decided_at >= row.submitted_at,
            )
    return None
