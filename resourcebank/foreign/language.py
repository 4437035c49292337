"""Which language a text is in. The library is heavy (numpy, 120 MB), so it is brought when the first text needs it."""

from __future__ import annotations

LEAST_LETTERS = 200
"""A guess from less is no better than none."""
_MOST_LETTERS = 5_000
_TAGS = {"no": "nb"}


def language_of(text: str) -> str:
    """The tag of the language, "" when there is too little text to tell. Bokmål and nynorsk are told apart."""
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return ""
    import py3langid  # noqa: PLC0415 - heavy, and not every process needs it

    tag, _score = py3langid.classify(text[:_MOST_LETTERS])
    return _TAGS.get(str(tag), str(tag))
