"""The bank's own hands, and who may do what: roles, and who is shut out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from resourcebank.errors import LastAdmin, UnknownScope
from resourcebank.models import AccountEvent, Organisation, Role, Term, User
from resourcebank.policies import require_run_site
from resourcebank.workflow import RoleName

SCOPED = frozenset({RoleName.REVIEWER})
"""Roles that may be limited to a part of the bank."""


@transaction.atomic
def system_user(*, email: str, name: str, role: RoleName) -> User:
    """A user that stands for the bank itself and can never log in; made on the first call."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_system=True)
    give_role(user, role=role)
    return user


@transaction.atomic
def give_role(user: User, *, role: RoleName, scope: str = "", by: User | None = None, now: datetime | None = None) -> None:
    """Give a person a role; nothing happens when they have it. `by` None is the bank itself (sign-up, a command at the prompt).

    `scope` limits a reviewer: `term:<vocabulary>:<slug>` or `organisation:<slug>`; "" is the whole bank.
    Raises NotAllowed, UnknownScope.
    """
    if by is not None:
        require_run_site(by)
    if scope and (role not in SCOPED or not _exists(scope)):
        raise UnknownScope
    _row, made = Role.objects.get_or_create(user=user, role=role, scope=scope)
    if made:
        note(user, action="role_given", by=by, now=now, subject=f"{role} {scope}".rstrip())


@transaction.atomic
def take_role(user: User, *, role: RoleName, by: User, now: datetime, scope: str = "") -> None:
    """Take a role away; it counts at once. Nothing happens when the person does not have it. Raises NotAllowed, LastAdmin."""
    require_run_site(by)
    if role == RoleName.ADMIN:
        require_another_admin(user)
    if Role.objects.filter(user=user, role=role, scope=scope).delete()[0]:
        note(user, action="role_taken", by=by, now=now, subject=f"{role} {scope}".rstrip())


@transaction.atomic
def set_active(user: User, *, active: bool, by: User, now: datetime) -> None:
    """Shut a person out, or let them in again. What they wrote stays. Raises NotAllowed, LastAdmin."""
    require_run_site(by)
    if not active:
        require_another_admin(user)
    if User.objects.filter(pk=user.pk, is_active=not active, erased_at=None).update(is_active=active):
        note(user, action="opened" if active else "closed", by=by, now=now)


def require_another_admin(user: User) -> None:
    """Raise LastAdmin when the person is an administrator and no other is left who can log in.

    The rows of the administrators are taken first, so that two who take each other's role away at once do not both succeed.
    """
    admins = Role.objects.select_for_update().filter(role=RoleName.ADMIN, user__is_active=True, user__is_system=False)
    holders = set(admins.values_list("user_id", flat=True))
    if holders == {user.pk}:
        raise LastAdmin


def note(user: User, *, action: str, by: User | None, now: datetime | None, subject: str = "") -> None:
    """Write down what changed for a person."""
    AccountEvent.objects.create(at=now or timezone.now(), actor=by, person=user, action=action, subject=subject)


def _exists(scope: str) -> bool:
    match scope.split(":", 2):
        case ["term", vocabulary, slug]:
            return Term.objects.filter(vocabulary=vocabulary, slug=slug).exists()
        case ["organisation", slug]:
            return Organisation.objects.filter(slug=slug).exists()
    return False
