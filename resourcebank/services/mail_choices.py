"""Which mails a person wants, and the signed address that says no to them without logging in."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from resourcebank.errors import NotFound
from resourcebank.models import User

_SIGNER = Signer(salt="resourcebank.mail_choices")


class Choice(StrEnum):
    """What a person can say no to. The first part of a mail's kind (`own.published`) names its choice; other mails have none."""

    OWN = "own"
    QUEUE = "queue"
    ALL = "daily"


_FIELDS = {Choice.OWN: ("mail_about_own",), Choice.QUEUE: ("mail_about_queue",), Choice.ALL: ("mail_about_own", "mail_about_queue")}


def choice_of(kind: str) -> Choice | None:
    """The choice a kind of mail belongs to; None for mails that belong to the account itself and always come."""
    first = kind.partition(".")[0]
    return Choice(first) if first in set(Choice) else None


def is_reachable(user: User) -> bool:
    """Whether the person gets mail at all. The demo users do only while no mail leaves the machine."""
    if not user.is_active or user.is_system or user.erased_at:
        return False
    return not user.is_demo or (settings.DEMO and not settings.EMAIL_URL)


def is_wanted(kind: str, *, by: User) -> bool:
    """Whether the person can be reached and wants mails of the kind."""
    choice = choice_of(kind)
    return is_reachable(by) and (choice is None or any(getattr(by, field) for field in _FIELDS[choice]))


def goodbye_link(user: User, choice: Choice) -> str:
    """The whole address that says no to a choice. The same person and choice always give the same one, and it never runs out."""
    return settings.SITE_URL + reverse("unsubscribe", args=[_SIGNER.sign(f"{user.pk}.{choice}")])


def read_goodbye(signed: str) -> tuple[User, Choice]:
    """Whose address it is and what it says no to. Raises NotFound unless we made it."""
    try:
        key, _dot, name = _SIGNER.unsign(signed).partition(".")
        return User.objects.get(pk=int(key)), Choice(name)
    except (BadSignature, ValueError, User.DoesNotExist) as error:
        raise NotFound from error


@transaction.atomic
def say_goodbye(signed: str) -> tuple[User, Choice]:
    """Turn off what the address says no to; a second time changes nothing. Raises NotFound unless we made it."""
    user, choice = read_goodbye(signed)
    User.objects.filter(pk=user.pk).update(**dict.fromkeys(_FIELDS[choice], False))
    return user, choice
