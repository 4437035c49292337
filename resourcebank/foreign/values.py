"""What a page says, in our terms: minutes, languages, licences, plain text. Plain functions that never raise."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

MAX_TITLE = 200
MAX_SUMMARY = 600
_TAG = re.compile(r"<[^<>]{0,500}>")
_ISO = re.compile(r"^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?)?$", re.IGNORECASE)
_WORDS = re.compile(r"(\d{1,4})\s*(min|minutt(?:er|ar)?|minutes?|t|timer?|timar|hours?|h)\b", re.IGNORECASE)
_SECONDS = re.compile(r"^\d{1,6}$")
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/?(\d\.\d)?", re.IGNORECASE)
_WRITTEN = re.compile(r"\b(cc[ -]?0|cc[ -]by(?:[ -](?:nc|nd|sa)){0,2})(?:[ -]v?(\d\.\d))?\b", re.IGNORECASE)
_NLOD = re.compile(r"nlod(?:[/ -]no)?[/ -]?v?(\d\.\d)", re.IGNORECASE)
_LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "NLOD-2.0")
_MARKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(value: object, most: int = MAX_SUMMARY) -> str:
    """One line of text without tags, without signs that hide or turn it, at most so many letters."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(_TAG.sub(" ", value[: 20 * most]))
    text = " ".join(_MARKS.sub("", text).split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def minutes_of(value: object) -> int | None:
    """Whole minutes of an ISO 8601 duration, of a number of seconds, or of words («45 minutter»); None when it says nothing."""
    text = plain(str(value) if isinstance(value, int | float | str) else "", 60)
    if found := _ISO.match(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        total = days * 1440 + hours * 60 + minutes + seconds / 60
    elif _SECONDS.match(text):
        total = int(text) / 60
    else:
        total = sum(int(number) * (1 if unit.lower().startswith("min") else 60) for number, unit in _WORDS.findall(text))
    return max(1, round(total)) if 0 < total <= 10_000 else None


def licence_of(value: object) -> str:
    """The slug of a licence we have, or "". What is not surely open is never guessed to be."""
    text = plain(value, 300)
    if found := _CREATIVE_COMMONS.search(text):
        name, version = found[1].lower(), found[2] or ""
        slug = f"CC0-{version or '1.0'}" if name == "zero" else f"CC-{name.upper()}-{version}"
    elif found := _NLOD.search(text):
        slug = f"NLOD-{found[1]}"
    elif found := _WRITTEN.search(text):
        name = found[1].upper().replace(" ", "-")
        slug = "CC0-1.0" if name in ("CC0", "CC-0") else f"{name}-{found[2] or ''}"
    else:
        return ""
    return slug if slug in _LICENCES else ""


def language_tag(value: object) -> str:
    """The short tag of a language (`nb-NO` is `nb`), "" when it is none. `no` stays, since it does not say which Norwegian."""
    text = value.strip().replace("_", "-").lower() if isinstance(value, str) else ""
    found = re.match(r"^([a-z]{2,3})(?:-[a-z0-9]{2,8})*$", text)
    if not found:
        return ""
    return {"nob": "nb", "nno": "nn", "nor": "no", "eng": "en"}.get(found[1], found[1])


def web_address_of(value: object, base: str) -> str:
    """An absolute http(s) address, or ""."""
    if not isinstance(value, str) or not value.strip() or len(value) > 2_000:
        return ""
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else ""
    except ValueError:
        return ""
