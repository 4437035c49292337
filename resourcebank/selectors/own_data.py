"""Everything the bank keeps about a person, for that person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from resourcebank.content import contents_of
from resourcebank.models import (
    AccountEvent,
    AuditEvent,
    Comment,
    Contribution,
    Decision,
    IdempotencyKey,
    Membership,
    OutgoingMail,
    ProblemReport,
    Resource,
    Review,
    Revision,
    Role,
    SavedSearch,
    SynonymChange,
    User,
)

Rows = list[dict[str, Any]]


def own_data(user: User) -> dict[str, Any]:
    """What a person may take with them: names of parts to rows, with dates as they are kept. Secrets of factors are left out: they are
    keys, not information. Revisions hold their whole text, also of drafts nobody else has read."""
    return {
        "account": {name: getattr(user, name) for name in _ACCOUNT},
        "addresses": _rows(EmailAddress.objects.filter(user=user), "email", "verified", "primary"),
        "factors": _rows(Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"),
        "logins_elsewhere": _rows(SocialAccount.objects.filter(user=user), "provider", "uid", "date_joined", "last_login", "extra_data"),
        "roles": _rows(Role.objects.filter(user=user), "role", "scope"),
        "organisations": _rows(Membership.objects.filter(user=user), "organisation__slug", "organisation__name", "created_at"),
        "changes_of_the_account": _rows(AccountEvent.objects.filter(person=user), "at", "action", "subject"),
        "changes_of_other_accounts": _rows(AccountEvent.objects.filter(actor=user).exclude(person=user), "at", "action", "subject"),
        "changes_of_synonyms": _rows(SynonymChange.objects.filter(actor=user), "at", "action", "word", "other", "both_ways", "off"),
        "resources": _rows(Resource.objects.filter(owner=user), "public_id", "slug", "created_at"),
        "revisions": _revisions(user),
        "contributions": _rows(Contribution.objects.filter(user=user), *_PLACE, "part", "form"),
        "reviews_held": _rows(Review.objects.filter(taken_by=user), *_PLACE, "round", "taken_at", "due_on", "closed_at"),
        "decisions": _decisions(user),
        "comments": _rows(Comment.objects.filter(author=user), *_PLACE, "field", "text", "internal", "created_at", "settled_at"),
        "reports_handled": _rows(ProblemReport.objects.filter(handled_by=user), "resource__slug", "handled_at", "answer"),
        "mails": _rows(OutgoingMail.objects.filter(to=user), "kind", "address", "subject", "text", "created_at", "sent_at"),
        "audit_events": _rows(
            AuditEvent.objects.filter(actor=user).order_by("at"), *_PLACE, "at", "action", "from_status", "to_status", "details"
        ),
        "saved_searches": _rows(SavedSearch.objects.filter(user=user), "name", "stored__query", "frequency", "created_at", "told_until"),
        "requests": _rows(IdempotencyKey.objects.filter(user=user), "key", "created_at"),
    }


_ACCOUNT = (
    *("email", "name", "language", "mail_about_own", "mail_about_queue", "mail_daily"),
    *("accepted_terms_at", "created_at", "last_login", "is_active"),
)
_PLACE = ("revision__resource__slug", "revision__number")
_REVISION = ("resource__slug", "number", "status", "created_at", "submitted_at", "publish_at", "published_at", "change_note", "pk")


def _rows(found: Any, *names: str) -> Rows:
    return [{name.replace("revision__", "").replace("__", "_"): value for name, value in row.items()} for row in found.values(*names)]


def _revisions(user: User) -> Rows:
    revisions = list(Revision.objects.filter(author=user).select_related("resource", "kind", "licence").order_by("created_at"))
    contents = contents_of(revisions)
    rows = Revision.objects.filter(author=user).order_by("created_at").values(*_REVISION)
    return [_named(row, content=asdict(contents[row["pk"]])) for row in rows]


def _named(row: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {name.replace("__", "_"): value for name, value in row.items() if name != "pk"} | more


def _decisions(user: User) -> Rows:
    found: Iterable[Decision] = Decision.objects.filter(reviewer=user).select_related("review__revision__resource").order_by("decided_at")
    return [
        {
            "resource_slug": decision.review.revision.resource.slug,
            "number": decision.review.revision.number,
            "verdict": decision.verdict,
            "level": decision.level,
            "reason_code": decision.reason_code,
            "note_to_author": decision.note_to_author,
            "internal_note": decision.internal_note,
            "decided_at": decision.decided_at,
            "answers": [
                {"about": answer.criterion.code if answer.criterion else str(answer.term), "value": answer.value}
                for answer in decision.answers.select_related("criterion", "term")
            ],
        }
        for decision in found
    ]
