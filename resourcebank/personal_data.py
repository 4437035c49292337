"""What in a short text from a stranger may point to a person: it is refused before it is kept. A guard, not a proof."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Kind = Literal["identity-number", "e-mail", "phone"]

_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_ELEVEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){10}(?!\d)")
_ABROAD = re.compile(r"(?<![\d+])(?:\+|00)[1-9]\d{0,2}(?:[ .()-]{0,2}\d){6,12}(?!\d)")
_PHONE = re.compile(r"(?<![\d-])(?:[2-9]\d{7}|[2-9]\d{2}[ .]\d{2}[ .]\d{3}|[2-9]\d[ .]\d{2}[ .]\d{2}[ .]\d{2})(?![\d-])")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def personal_data(text: str) -> Kind | None:
    """The first kind that is found, or None. Digits of any script count; characters that cannot be seen hide nothing."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    if any(_is_identity_number(found[0]) for found in _ELEVEN.finditer(plain)):
        return "identity-number"
    if _MAIL.search(plain):
        return "e-mail"
    if _ABROAD.search(plain) or _PHONE.search(plain):
        return "phone"
    return None


def _is_identity_number(text: str) -> bool:
    """Eleven digits whose two last check the others, as in Skatteetaten's description of fødselsnummer and D-number."""
    digits = [int(char) for char in text if char.isdecimal()]
    first = 11 - sum(weight * digit for weight, digit in zip(_FIRST, digits, strict=False)) % 11
    second = 11 - sum(weight * digit for weight, digit in zip(_SECOND, digits, strict=False)) % 11
    return digits[9] == first % 11 and digits[10] == second % 11 and any(digits)
