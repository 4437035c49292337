"""Possible personal data in a text. An identity number stops a submission; a telephone number or a mail address is only pointed at,
since a text may well name a public help line. The finding never repeats what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from resourcebank.content import Content
from resourcebank.findings.finding import Finding, advise, block
from resourcebank.findings.texts import texts_of

_ELEVEN = re.compile(r"(?<![\d.,/-])(\d{2})[.]?(\d{2})[.]?(\d{2})[ \u00a0-]?(\d{5})(?![\d/-]|[.,]\d)")
_FIRST, _SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_D_NUMBER = 40
"""Added to the day for somebody who has no national identity number yet."""

_DIGITS = r"[2-9]\d{7}|[2-9]\d(?:[ \u00a0]\d\d){3}|[2-9]\d\d[ \u00a0]\d\d[ \u00a0]\d{3}"
"""As Norwegian numbers are written: whole, in pairs, or three, two and three. «20 000 000» is another thing."""
_TELEPHONE = re.compile(rf"(?<![\d.,/-])(?P<abroad>(?:\+|00)\d{{2,3}}[ \u00a0]?)?(?P<number>{_DIGITS})(?![\d/-]|[.,]\d)")
_NAMED = re.compile(r"\b(tlf|telefon\w*|mobil\w*|mob|ring(?:er|e)?|sms|phone|call|whatsapp|vipps)\b[^\d\n]{0,25}\Z", re.IGNORECASE)
_FREE = ("800", "815", "810")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>(?:[\w-]{1,63}\.){1,4}[a-zA-Z]{2,24})\b")
_EXAMPLES = re.compile(r"(^|\.)(example|eksempel)\.[a-z]+$", re.IGNORECASE)


def personal_data(content: Content) -> Iterator[Finding]:
    """Each place once for each sort of data."""
    for place, text in texts_of(content):
        if has_identity_number(text):
            message = _("Dette ser ut som et fødselsnummer eller D-nummer. Ta det bort, og skriv aldri noe om en virkelig person.")
            yield block("identity-number", place, message)
        if has_telephone_number(text):
            yield advise("telephone-number", place, _("Her står et telefonnummer. Ta det bort hvis det går til en privatperson."))
        if has_mail_address(text):
            yield advise("mail-address", place, _("Her står en e-postadresse. Ta den bort hvis den går til en privatperson."))


def has_identity_number(text: str) -> bool:
    """A national identity number or D-number: eleven digits that begin with a date and whose two check digits are right."""
    return any(_is_identity_number("".join(found.groups())) for found in _ELEVEN.finditer(text))


def _is_identity_number(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    right = all(sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11 == 0 for weights in (_FIRST, _SECOND))
    return right and _is_a_day(int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def _is_a_day(day: int, month: int, year: int) -> bool:
    try:
        date(2000 + year, month, day - _D_NUMBER if day > _D_NUMBER else day)
    except ValueError:
        # 29 February of a year that is a leap year in one century alone
        return (day % _D_NUMBER, month) == (29, 2)
    return True


def has_telephone_number(text: str) -> bool:
    """Eight digits after a word that says telephone, or after a code for a country. Free and joint numbers of services are none."""
    for found in _TELEPHONE.finditer(text):
        digits = re.sub(r"\D", "", found["number"])
        if not digits.startswith(_FREE) and (found["abroad"] or _NAMED.search(text, 0, found.start())):
            return True
    return False


def has_mail_address(text: str) -> bool:
    """A mail address at a domain that is not there to be an example."""
    return any(not _EXAMPLES.search(found["domain"]) for found in _MAIL.finditer(text))
