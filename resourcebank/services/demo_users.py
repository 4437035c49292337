"""Four people everybody knows, for trying the site on one machine."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from resourcebank.errors import NotAllowed
from resourcebank.models import User
from resourcebank.services.people import give_role
from resourcebank.workflow import RoleName

DEMO_USERS = (
    ("bidragsyter@demo.invalid", "Demo Bidragsyter", RoleName.CONTRIBUTOR),
    ("fagvurderer@demo.invalid", "Demo Fagvurderer", RoleName.REVIEWER),
    ("redaktor@demo.invalid", "Demo Redaktør", RoleName.CURATOR),
    ("administrator@demo.invalid", "Demo Administrator", RoleName.ADMIN),
)


def demo_password() -> str:
    """The password of all four: another one on each machine, the same each time it is started there."""
    return f"demo-{hmac.new(settings.SECRET_KEY.encode(), b'demo users', hashlib.sha256).hexdigest()[:12]}"


@transaction.atomic
def demo_users(*, password: str, now: datetime) -> tuple[User, ...]:
    """The four, made on the first call. Raises NotAllowed where DEMO is off, which it always is on a public site."""
    if not settings.DEMO:
        raise NotAllowed
    found = tuple(_demo_user(email, name, role, password, now) for email, name, role in DEMO_USERS)
    if not found[0].check_password(password):
        for user in found:
            user.set_password(password)
            user.save(update_fields=["password"])
    return found


def _demo_user(email: str, name: str, role: RoleName, password: str, now: datetime) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, is_demo=True, accepted_terms_at=now, created_at=now)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        give_role(user, role=role, now=now)
    return user
