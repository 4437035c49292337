"""What a person settles about their own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from resourcebank.errors import NameNeeded
from resourcebank.models import OutgoingMail, User
from resourcebank.services import outbox
from resourcebank.services.account_words import WORDS, AccountMatter
from resourcebank.services.people import give_role
from resourcebank.workflow import RoleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person chooses: the name others see, the language of pages and mails, and which mails come."""

    name: str
    language: str
    mail_about_own: bool = True
    mail_about_queue: bool = True
    mail_daily: bool = False


@transaction.atomic
def welcome(user: User, *, name: str, language: str, now: datetime) -> User:
    """A new person with a name who has accepted the terms, and so may contribute. Raises NameNeeded."""
    user.name, user.language = _tidied(name), _known(language)
    user.save(update_fields=["name", "language"])
    return accept_terms(user, now=now)


@transaction.atomic
def accept_terms(user: User, *, now: datetime) -> User:
    """The person grants the licence of the contributor terms: from now on they may contribute. The first day it was given stands."""
    if user.accepted_terms_at is None:
        user.accepted_terms_at = now
        user.save(update_fields=["accepted_terms_at"])
    give_role(user, role=RoleName.CONTRIBUTOR, now=now)
    return user


@transaction.atomic
def change_profile(user: User, *, profile: Profile) -> User:
    """Keep what the person chose. Raises NameNeeded."""
    user.name, user.language = _tidied(profile.name), _known(profile.language)
    user.mail_about_own, user.mail_about_queue, user.mail_daily = profile.mail_about_own, profile.mail_about_queue, profile.mail_daily
    user.save(update_fields=["name", "language", "mail_about_own", "mail_about_queue", "mail_daily"])
    return user


@transaction.atomic
def tell(user: User, *, about: str, matter: AccountMatter, address: str = "") -> OutgoingMail | None:
    """Put a mail about the account itself in the outbox, `about` being one of `account_words.WORDS`; None when they cannot be reached.

    Nobody can say no to these, and they never wait for the daily mail. `address` is where it goes when that is not the person's own now.
    """
    return outbox.write(user, kind=f"account.{about}", letter=partial(WORDS[about], matter), now=matter.at, address=address)


def _tidied(name: str) -> str:
    tidied = " ".join(name.split())[:120]
    if not tidied:
        raise NameNeeded
    return tidied


def _known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
