"""Which mails a person wants, and the signed address that says no to them without logging in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from resourcebank.errors import NotFound
from resourcebank.models import SavedSearch, User

_SIGNER = Signer(salt="resourcebank.mail_choices")


class Choice(StrEnum):
    """What a person can say no to. The first part of a mail's kind (`own.published`) names its choice; other mails have none. Of `saved`
    the second part is the key of the kept search (`saved.12`), and no is said to that search alone."""

    OWN = "own"
    QUEUE = "queue"
    SAVED = "saved"
    ALL = "daily"


_FIELDS = {Choice.OWN: ("mail_about_own",), Choice.QUEUE: ("mail_about_queue",), Choice.ALL: ("mail_about_own", "mail_about_queue")}


@dataclass(frozen=True, slots=True)
class Goodbye:
    """What a signed address says no to, and whose it is; `saved` is the search when it is about one."""

    user: User
    choice: Choice
    saved: SavedSearch | None = None


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
    if not is_reachable(by):
        return False
    match choice_of(kind):
        case None:
            return True
        case Choice.SAVED:
            return _active(by).filter(pk=_saved_key(kind)).exists()
        case Choice.ALL:
            return any(getattr(by, field) for field in _FIELDS[Choice.ALL]) or _active(by).exists()
        case choice:
            return any(getattr(by, field) for field in _FIELDS[choice])


def stop_link(user: User, kind: str) -> str:
    """The whole address that says no to mails of a kind; empty for those that always come."""
    match choice_of(kind):
        case None:
            return ""
        case Choice.SAVED:
            return settings.SITE_URL + reverse("unsubscribe_search", args=[_SIGNER.sign(f"{user.pk}.{kind}")])
        case choice:
            return goodbye_link(user, choice)


def goodbye_link(user: User, choice: Choice) -> str:
    """The whole address that says no to a choice. The same person and choice always give the same one, and it never runs out."""
    return settings.SITE_URL + reverse("unsubscribe", args=[_SIGNER.sign(f"{user.pk}.{choice}")])


def read_goodbye(signed: str) -> Goodbye:
    """Whose address it is and what it says no to. Raises NotFound unless we made it, and for a search that is kept no longer."""
    try:
        key, _dot, kind = _SIGNER.unsign(signed).partition(".")
        user, choice = User.objects.get(pk=int(key)), Choice(kind.partition(".")[0])
        saved = SavedSearch.objects.get(user=user, pk=_saved_key(kind)) if choice == Choice.SAVED else None
    except (BadSignature, ValueError, User.DoesNotExist, SavedSearch.DoesNotExist) as error:
        raise NotFound from error
    return Goodbye(user, choice, saved)


@transaction.atomic
def say_goodbye(signed: str) -> Goodbye:
    """Turn off what the address says no to; a second time changes nothing. Raises NotFound as `read_goodbye`."""
    found = read_goodbye(signed)
    if found.choice in _FIELDS:
        User.objects.filter(pk=found.user.pk).update(**dict.fromkeys(_FIELDS[found.choice], False))
    if found.choice in (Choice.SAVED, Choice.ALL):
        stopped = _active(found.user).filter(pk=found.saved.pk) if found.saved else _active(found.user)
        stopped.update(frequency="never", next_at=None)
    return found


def _active(user: User) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(user=user).exclude(frequency="never")


def _saved_key(kind: str) -> int:
    key = kind.partition(".")[2]
    return int(key) if key.isdecimal() else 0
