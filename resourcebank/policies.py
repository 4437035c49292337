"""Who may do what, and who may see what. Nothing else decides either."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from resourcebank.errors import LoginNeeded, NotAllowed, OwnWork
from resourcebank.models import Resource, Revision, User
from resourcebank.workflow import TRANSITIONS, Action, RoleName, Status

Actor = User | AnonymousUser


JUDGES = frozenset({RoleName.REVIEWER, RoleName.CURATOR})
WITH_SECOND_FACTOR = JUDGES | {RoleName.ADMIN}
"""Who decides about others' work, or about others' rights, proves twice who they are."""


def _held(user: User) -> list[tuple[RoleName, str]]:
    """Each role with its scope. Read anew by every call, unless the caller has prefetched `roles` for the length of one request."""
    return [(RoleName(row.role), row.scope) for row in user.roles.all()]


def roles_of(user: Actor) -> frozenset[RoleName]:
    """The roles a person has in the whole bank: a role taken away counts at once."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset(role for role, scope in _held(user) if not scope)


def may_judge(user: Actor) -> bool:
    """Whether the person reviews at all, be it only a part of the bank."""
    return isinstance(user, User) and user.is_active and any(role in JUDGES for role, _scope in _held(user))


def needs_second_factor(user: User) -> bool:
    """Whether the person's role asks for a second factor that is not set up. The users of a demo site need none."""
    if user.is_demo and settings.DEMO:
        return False
    asked = any(role in WITH_SECOND_FACTOR for role, _scope in _held(user))
    return asked and not Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def is_author(user: Actor, revision: Revision) -> bool:
    """The person wrote the revision."""
    return isinstance(user, User) and user.pk == revision.author_id


def can(user: Actor, action: Action, revision: Revision) -> bool:
    """Whether the person may do it, whatever status the revision has (the table answers that)."""
    return _refusal(user, action, revision) is None


def require(user: Actor, action: Action, revision: Revision) -> None:
    """Raise LoginNeeded, OwnWork or NotAllowed unless the person may do it."""
    if refusal := _refusal(user, action, revision):
        raise refusal


def _refusal(user: Actor, action: Action, revision: Revision) -> LoginNeeded | NotAllowed | None:
    if not isinstance(user, User):
        return LoginNeeded()
    if not user.is_active:
        return NotAllowed()
    row = TRANSITIONS[action]
    if row.author and is_author(user, revision):
        return None
    if not row.roles & roles_of(user):
        return NotAllowed()
    return OwnWork() if row.never_author and is_author(user, revision) else None


_STARTERS = frozenset({RoleName.CONTRIBUTOR, RoleName.REVIEWER, RoleName.CURATOR})


def can_start(user: Actor) -> bool:
    """Whether the person may begin a new resource, or a new revision of a published one."""
    return bool(roles_of(user) & _STARTERS)


def require_start(user: Actor) -> None:
    """Raise LoginNeeded or NotAllowed unless the person may begin something new."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_start(user):
        raise NotAllowed


def can_rename(user: Actor, resource: Resource) -> bool:
    """Whether the person may give the resource another address."""
    return RoleName.CURATOR in roles_of(user)


def require_rename(user: Actor, resource: Resource) -> None:
    """Raise LoginNeeded or NotAllowed unless the person may give the resource another address."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_rename(user, resource):
        raise NotAllowed


def visible_revisions(user: Actor) -> QuerySet[Revision]:
    """What the person may read. Everybody: what is or was public of a resource that is. An author: own work. A reviewer: what waits for
    review, and what they took or decided. A curator: all. An administrator runs the site and reads no drafts."""
    public = Q(status=Status.PUBLISHED) | Q(status=Status.SUPERSEDED, resource__published__isnull=False)
    roles = roles_of(user)
    if RoleName.CURATOR in roles:
        return Revision.objects.all()
    if not isinstance(user, User) or not user.is_active:
        return Revision.objects.filter(public)
    seen = public | Q(author=user)
    if RoleName.REVIEWER in roles:
        mine = Revision.objects.filter(Q(reviews__taken_by=user) | Q(reviews__decisions__reviewer=user))
        seen |= Q(status=Status.IN_REVIEW) | Q(pk__in=mine.values("pk"))
    return Revision.objects.filter(seen)
