"""Which way a language runs, its valid tag, and in which order languages are shown."""

from __future__ import annotations

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "fa-AF", "ps", "ckb", "ur", "he"})
_VALID = {"prs": "fa-AF"}
FALLBACKS = ("nb", "nn", "en")
"""What is shown when the asked-for language is missing, best first."""


def valid_tag(tag: str) -> str:
    """The BCP 47 tag browsers understand: Dari is `fa-AF`."""
    return _VALID.get(tag, tag)


def direction(tag: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if valid_tag(tag) in _RIGHT_TO_LEFT else "ltr"


def form_code(language: str, level: str) -> str:
    """The short name of a language form: `nb`, `nb-a2`, `nb-none`."""
    return f"{language}-{level.lower()}" if level else language


def form_order(language: str, level: str) -> tuple[int, str, str]:
    """Sort key of forms: ordinary before levels, Norwegian and English before the rest."""
    place = FALLBACKS.index(language) if language in FALLBACKS else len(FALLBACKS)
    return (place, language, level)
