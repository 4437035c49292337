"""What a list of search words may be. Plain Python, no database."""

from __future__ import annotations

from collections.abc import Iterable

LANGUAGES = ("nb", "nn", "en")
MAX_WORDS = 150
MAX_LENGTH = 60
"""Letters of one word or phrase."""


def tidy_words(lines: Iterable[str]) -> tuple[str, ...]:
    """The words and phrases without spaces around them, empty ones and those that stand twice, in their order."""
    tidy = (" ".join(line.split()) for line in lines)
    first: dict[str, str] = {}
    for line in tidy:
        first.setdefault(line.casefold(), line)
    return tuple(line for line in first.values() if line)
