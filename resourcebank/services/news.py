"""Who is told what when something happens to a revision: one table over the actions of the workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from resourcebank.models import Comment, ProblemReport, Revision, User
from resourcebank.selectors.recipients import Titles, curators, keepers_of, reviewers_for, reviewers_in
from resourcebank.services import news_words as words
from resourcebank.services import outbox
from resourcebank.services.letters import Letter
from resourcebank.services.news_words import Happening
from resourcebank.workflow import Action, Status

FLOOD, FLOOD_TIME = 20, timedelta(hours=1)
"""More reports than this in so long are a flood."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that has just happened. `holder` held the review until then; `replaced` is the version that gave way."""

    revision: Revision
    by: User
    holder: User | None = None
    replaced: Revision | None = None


Audience = Callable[[News], Iterable[User | None]]


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail that an action gives: to whom, and its words. `receipt`: also to the person who did it."""

    kind: str
    to: Audience
    words: Callable[[Happening], Letter]
    receipt: bool = False


def announce(
    revision: Revision,
    *,
    action: Action,
    by: User,
    now: datetime,
    note: str = "",
    reason: str = "",
    due_on: date | None = None,
    holder: User | None = None,
    replaced: Revision | None = None,
) -> None:
    """Write the mails an action gives, in its own transaction: when that is rolled back, nobody hears of it.

    `revision` has its new status. `note` is what was written to the reader, `reason` the code of a rejection, `due_on` the reviewer's
    date. Nobody is told what they did themselves, but for the receipt of a submission.
    """
    news = News(revision, by, holder, replaced)
    notices = [(notice, people) for notice in _notices(action, revision) if (people := _people(notice, news))]
    if not notices:
        return
    happening = Happening(revision, Titles.of(revision), note=note, reason=reason, due_on=due_on)
    for notice, people in notices:
        for person in people:
            outbox.write(person, kind=notice.kind, letter=partial(notice.words, happening), now=now)


def announce_comment(comment: Comment) -> None:
    """Tell the author (unless it is internal) and those who review the text of a new comment, in the transaction that keeps it."""
    revision = comment.revision
    happening = Happening(revision, Titles.of(revision), note=comment.text, from_name=comment.author.name)
    mails = [("queue.comment", words.comment_for_reviewer, person) for person in reviewers_in(revision)]
    if not comment.internal:
        mails.append(("own.comment", words.comment_for_author, revision.author))
    for kind, said, person in mails:
        if person.pk != comment.author_id:
            outbox.write(person, kind=kind, letter=partial(said, happening), now=comment.created_at)


def announce_report(report: ProblemReport, *, revision: Revision) -> None:
    """Tell the curators what a visitor wrote, and those the resource belongs to that it was reported and why, in the transaction that
    keeps it. What a stranger wrote is for a curator to judge first. A flood goes into the daily mail, since anybody can make one."""
    titles = Titles.of(revision)
    now, lately = report.created_at, ProblemReport.objects.filter(created_at__gt=report.created_at - FLOOD_TIME)
    flood = lately.count() > FLOOD
    readers = curators()
    keepers, _nobody = keepers_of(report.resource)
    for person in readers:
        letter = partial(words.report_for_curator, titles, report.reason, report.text)
        outbox.write(person, kind="queue.report", letter=letter, now=now, gather=flood)
    for person in keepers:
        if person not in readers:
            letter = partial(words.report_for_keeper, titles, report.reason, report.resource.slug)
            outbox.write(person, kind="own.report", letter=letter, now=now, gather=flood)


def announce_stuck(revision: Revision, *, planner: User, now: datetime) -> None:
    """Tell the curator who planned a publication that it could not be done, in the transaction that takes the plan away."""
    happening = Happening(revision, Titles.of(revision))
    outbox.write(planner, kind="queue.stuck", letter=partial(words.stuck, happening), now=now)


def _people(notice: Notice, news: News) -> list[User]:
    people = {person.pk: person for person in notice.to(news) if person}
    if not notice.receipt:
        people.pop(news.by.pk, None)
    return list(people.values())


def _author(news: News) -> Iterable[User | None]:
    return [news.revision.author]


def _author_and_owner(news: News) -> Iterable[User | None]:
    return [news.revision.author, news.revision.resource.owner]


def _reviewers(news: News) -> Iterable[User | None]:
    """What the bank loads itself is approved in the same breath, or is listed by the command that loads it."""
    return [] if news.by.is_system else reviewers_for(news.revision)


def _holder(news: News) -> Iterable[User | None]:
    return [news.holder]


def _those_replaced(news: News) -> Iterable[User | None]:
    """The author of the version that gave way and the owner of the resource, when the new version is not theirs."""
    if news.replaced is None:
        return []
    return [person for person in (news.replaced.author, news.revision.resource.owner) if person.pk != news.revision.author_id]


def _notices(action: Action, revision: Revision) -> Sequence[Notice]:
    if action == Action.APPROVE and revision.status == Status.IN_REVIEW:
        return [Notice("own.one_approval", _author, words.one_approval)]
    return NOTICES[action]


NOTICES: dict[Action, tuple[Notice, ...]] = {
    Action.SAVE: (),
    Action.SUBMIT: (Notice("own.submit", _author, words.submitted, receipt=True), Notice("queue.new", _reviewers, words.new_case)),
    Action.TAKE_BACK: (Notice("queue.take_back", _holder, words.taken_back),),
    Action.TAKE: (Notice("own.take", _author, words.taken),),
    Action.HAND_BACK: (
        Notice("own.hand_back", _author, words.handed_back),
        Notice("queue.hand_back", _holder, words.handed_back_for_holder),
    ),
    Action.SET_DUE: (
        Notice("own.set_due", _author, words.due_date_changed),
        Notice("queue.set_due", _holder, words.due_date_changed_for_holder),
    ),
    Action.REQUEST_CHANGES: (Notice("own.request_changes", _author, words.changes_requested),),
    Action.REJECT: (Notice("own.reject", _author, words.rejected),),
    Action.APPROVE: (Notice("own.approve", _author, words.approved),),
    Action.WITHDRAW_APPROVAL: (
        Notice("own.withdraw_approval", _author, words.approval_withdrawn),
        Notice("queue.new", _reviewers, words.case_again),
    ),
    Action.PUBLISH: (
        Notice("own.publish", _author, words.published),
        Notice("own.superseded", _those_replaced, words.superseded),
    ),
    Action.SCHEDULE: (Notice("own.schedule", _author, words.scheduled),),
    Action.UNSCHEDULE: (Notice("own.unschedule", _author, words.unscheduled),),
    Action.DISCARD: (),
    Action.RETIRE: (Notice("own.retire", _author_and_owner, words.retired),),
    Action.RESTORE: (Notice("own.restore", _author_and_owner, words.restored),),
}
"""Every action once. An empty row: it concerns only the person who does it."""
