"""The bank's own hands, and roles."""

from __future__ import annotations

from django.db import transaction

from resourcebank.models import Role, User
from resourcebank.workflow import RoleName


@transaction.atomic
def system_user(*, email: str, name: str, role: RoleName) -> User:
    """A user that stands for the bank itself and can never log in; made on the first call."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_system=True)
    give_role(user, role=role)
    return user


def give_role(user: User, *, role: RoleName, scope: str = "") -> None:
    """Give a person a role in the whole bank, or a reviewer's in a part of it; nothing happens when they have it."""
    Role.objects.get_or_create(user=user, role=role, scope=scope)
