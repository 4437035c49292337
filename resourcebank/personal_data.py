"""What in a text may point to a person. A guard, not a proof. Digits of any script count, and characters that cannot be seen hide nothing.

A text of a contributor may well name a public help line or an example, so only what is hardly anything else is found in it; a short
text of a stranger is refused for whatever is in `doubtful` too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Literal

Kind = Literal["identity-number", "telephone-number", "mail-address"]

_BEFORE = r"(?<![\d+/-])(?<!\d[.,])"
_AFTER = r"(?![\d/-]|[.,]\d)"
_ELEVEN = re.compile(rf"{_BEFORE}\d(?:[ .-]?\d){{10}}{_AFTER}")
_FIRST, _SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_D_NUMBER = 40
"""Added to the day for somebody who has no national identity number yet."""

_NORWEGIAN = r"[2-9]\d{7}|[2-9]\d(?:[ .]\d\d){3}|[2-9]\d\d[ .]\d\d[ .]\d{3}"
"""As Norwegian numbers are written: whole, in pairs, or three, two and three. «20 000 000» is another thing."""
_TELEPHONE = re.compile(rf"{_BEFORE}(?:(?P<abroad>(?:\+|00)[1-9]\d{{0,2}}(?:[ .()-]{{0,2}}\d){{6,12}})|(?P<number>{_NORWEGIAN})){_AFTER}")
_NAMED = re.compile(r"\b(tlf|telefon\w*|mobil\w*|mob|ring(?:er|e)?|sms|phone|call|whatsapp|vipps)\b[^\d\n]{0,25}\Z", re.IGNORECASE)
_FREE = ("800", "815", "810")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?P<domain>(?:[\w-]{1,63}\.){1,4}[a-zA-Z]{2,24})\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"(^|\.)(example|eksempel)\.[a-z]+$", re.IGNORECASE)


def personal_data(text: str, *, doubtful: bool = False) -> Iterator[Kind]:
    """Each kind that is found, once, the gravest first."""
    if has_identity_number(text):
        yield "identity-number"
    if has_mail_address(text, doubtful=doubtful):
        yield "mail-address"
    if has_telephone_number(text, doubtful=doubtful):
        yield "telephone-number"


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")


def has_identity_number(text: str) -> bool:
    """A national identity number or D-number: eleven digits that begin with a date and whose two check digits are right, as in
    Skatteetaten's description of them."""
    return any(_is_identity_number([int(char) for char in found[0] if char.isdecimal()]) for found in _ELEVEN.finditer(_plain(text)))


def _is_identity_number(digits: list[int]) -> bool:
    right = all(sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0 for weights in (_FIRST, _SECOND))
    day, month, year = (10 * digits[place] + digits[place + 1] for place in (0, 2, 4))
    return right and _is_a_day(day, month, year)


def _is_a_day(day: int, month: int, year: int) -> bool:
    try:
        date(2000 + year, month, day - _D_NUMBER if day > _D_NUMBER else day)
    except ValueError:
        # 29 February of a year that is a leap year in one century alone
        return (day % _D_NUMBER, month) == (29, 2)
    return True


def has_telephone_number(text: str, *, doubtful: bool = False) -> bool:
    """Eight digits after a word that says telephone, or a number with the code of a country. Free and joint numbers of services are none.
    `doubtful`: whatever is written as a telephone number."""
    plain = _plain(text)
    for found in _TELEPHONE.finditer(plain):
        if doubtful or found["abroad"]:
            return True
        digits = re.sub(r"\D", "", found["number"])
        if not digits.startswith(_FREE) and _NAMED.search(plain, 0, found.start()):
            return True
    return False


def has_mail_address(text: str, *, doubtful: bool = False) -> bool:
    """A mail address at a domain that is not there to be an example. `doubtful`: at those too."""
    return any(doubtful or not _EXAMPLES.search(found["domain"]) for found in _MAIL.finditer(_plain(text)))
