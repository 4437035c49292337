"""Forms that anybody may send, without account, cookie or session: a signed mark in the form, a bait, and a limit per address.

The mark says which form of which resource it is, when it was shown, and a random word that makes it good for one effect. It is what
protects such a view in place of Django's CSRF token, which would need a cookie: a foreign page cannot make one, and the one it could
fetch gives it nothing a visitor does not have.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from resourcebank.errors import FormBaited, FormTooFresh, FormWorn, TooManySent, TooMuchSent

BAIT = "nettsted"
"""A field nobody sees. Machines fill in whatever is called so."""
MARK = "merke"
SHORTEST = 3
LONGEST = 2 * 3600
"""Seconds from showing a form to sending it."""
PER_HOUR = 10
"""So many forms may come from one address within an hour, refused ones among them."""
MOST_BYTES = 100_000
"""Far more than the longest text such a form takes."""
_SALT = "resourcebank.open-form"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form carries: its kind and resource, the second it was shown, and a word of its own."""

    kind: str
    resource: int
    shown: int
    word: str

    @property
    def text(self) -> str:
        """As it stands in the form."""
        return signing.dumps([self.kind, self.resource, self.shown, self.word], salt=_SALT)


def new_mark(kind: str, resource: int, *, now: datetime) -> Mark:
    """The mark of a form shown now."""
    return Mark(kind, resource, int(now.timestamp()), secrets.token_urlsafe(9))


def posted(request: HttpRequest) -> QueryDict:
    """What was sent. Raises TooMuchSent, also where other forms of the site take more."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooMuchSent
    try:
        return request.POST
    except RequestDataTooBig as error:
        raise TooMuchSent from error


def admit(request: HttpRequest, sent: QueryDict, kind: str, resource: int, *, now: datetime) -> Mark:
    """The mark of a form that may be acted on. Raises TooManySent, FormBaited, FormWorn, FormTooFresh."""
    _count(client_address(request), now=now)
    mark = read_mark(sent.get(MARK, ""), kind, resource, now=now)
    if sent.get(BAIT, "").strip():
        raise FormBaited
    return mark


def read_mark(text: str, kind: str, resource: int, *, now: datetime) -> Mark:
    """The mark in a text, if it is ours, for this form, and neither too young nor too old. Raises FormWorn, FormTooFresh."""
    try:
        mark = Mark(*signing.loads(text, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise FormWorn from error
    age = int(now.timestamp()) - mark.shown
    if (mark.kind, mark.resource) != (kind, resource) or age > LONGEST:
        raise FormWorn
    if age < SHORTEST:
        raise FormTooFresh
    return mark


@contextmanager
def once(mark: Mark) -> Iterator[bool]:
    """True the first time a mark is used, False when the same form comes again (a double click, a page loaded anew).

    The use is noted in the transaction of what is done inside, so that a form that was refused, or whose writing failed, can be sent again.
    """
    with transaction.atomic():
        yield cache.add(f"open-form:{mark.word}", 1, LONGEST + _HOUR)


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the last one that a trusted proxy saw, else the other end. One network of IPv6 counts as one."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    trusted = "*" in settings.TRUSTED_PROXIES or direct in settings.TRUSTED_PROXIES
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() if trusted else ""
    try:
        address = ip_address(seen or direct)
    except ValueError:
        return direct
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped) if address.ipv4_mapped else address.exploded[:19]
    return str(address)


def _count(address: str, *, now: datetime) -> None:
    """Count one form from an address in this hour; the cache holds a keyed hash, never the address, and for an hour at most.

    Two at the same moment may count as one: the limit is against floods, not exact.
    """
    hour = int(now.timestamp()) // _HOUR
    key = f"open-form:{salted_hmac(_SALT, f'{hour} {address}', algorithm='sha256').hexdigest()}"
    so_far = int(cache.get(key, 0))
    if so_far >= PER_HOUR:
        raise TooManySent
    cache.set(key, so_far + 1, _HOUR)
