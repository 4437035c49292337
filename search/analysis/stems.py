"""Words to stems: the field's own words by table, everything else by Snowball."""

from __future__ import annotations

from functools import lru_cache
from threading import local

import Stemmer

from search.analysis.normalise import fold
from search.analysis.tables import tables

STEMMER_VERSION = "snowball " + Stemmer.version()
_FOREIGN_LETTERS = str.maketrans("äö", "æø")
_threads = local()


def stem(word: str, group: str) -> str:
    """The stem of a word in normal form, within a field group (`no`, `en`, `other`)."""
    if group == "no":
        return norwegian(word)
    return english(word) if group == "en" else fold(word)


@lru_cache(400_000)
def norwegian(word: str) -> str:
    """The stem of a bokmål or nynorsk word; the forms of the field's nouns share one key whatever Snowball does to them."""
    return tables().stems.get(word) or str(_stemmer("norwegian").stemWord(word.translate(_FOREIGN_LETTERS)))


@lru_cache(100_000)
def english(word: str) -> str:
    """The stem of an English word."""
    return str(_stemmer("english").stemWord(word))


def _stemmer(language: str) -> Stemmer.Stemmer:
    """Stemmers keep a buffer, so each thread has its own."""
    held: dict[str, Stemmer.Stemmer] = _threads.__dict__.setdefault("stemmers", {})
    if language not in held:
        held[language] = Stemmer.Stemmer(language)
    return held[language]
