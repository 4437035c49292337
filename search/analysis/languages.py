"""Which group of fields a language belongs to."""

from __future__ import annotations

_NORWEGIAN = frozenset({"nb", "nn", "no"})


def group_of(language: str) -> str:
    """`no` for bokmål and nynorsk, `en` for English, `other` for the rest; region and script do not matter."""
    primary = language.lower().split("-")[0]
    if primary in _NORWEGIAN:
        return "no"
    return "en" if primary == "en" else "other"
