"""Words to stems: the field's own words by table, everything else by Snowball."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import local

import Stemmer

from search.analysis.normalise import fold
from search.analysis.tables import tables

STEMMER_VERSION = "snowball " + Stemmer.version()
_FOREIGN_LETTERS = str.maketrans("äö", "æø")
_GENITIVE = re.compile("(?<=[^\\W_]{3})(?:ers|ars|anes|as)$")
_SUFFIX = re.compile("(?<=[^\\W_]{2})(heit|het|itet|skap)(?:e[nrt]|ene|a|ar|ane)?s?$")
_APOSTROPHE = re.compile("(?<=[^\\W_])'(?:s|en|et|er|ene|a|ar|ane)$")
_MIN_HEAD, _MIN_TAIL = 3, 4
"""How many letters stand at least before a word of the table, and how many it has, for a compound to go by it."""
_threads = local()


def stem(word: str, group: str) -> str:
    """The stem of a word in normal form, within a field group (`no`, `en`, `other`)."""
    if group == "no":
        return norwegian(word)
    return english(word) if group == "en" else fold(word)


@lru_cache(400_000)
def norwegian(word: str) -> str:
    """The stem of a bokmål or nynorsk word. A word of the table, and a compound that ends in one, has the table's stem."""
    stems = tables().stems
    if found := stems.get(word):
        return found
    word = _evened(word.translate(_FOREIGN_LETTERS))
    for start in (0, *range(_MIN_HEAD, len(word) - _MIN_TAIL + 1)):
        if found := stems.get(word[start:]):
            return word[:start] + found
    stemmed = str(_stemmer("norwegian").stemWord(word))
    # Only m stands single at the end of a word whose forms double it: rom, rommet.
    return stemmed[:-1] if stemmed.endswith("mm") else stemmed


def _evened(word: str) -> str:
    """Forms whose endings Snowball does not know, as those it knows: genitives, with an apostrophe, of -het (also -heit), -itet, -skap."""
    word = _APOSTROPHE.sub("", word)
    if _GENITIVE.search(word):
        word = word[:-1]
    return _SUFFIX.sub(lambda found: "het" if found[1] == "heit" else found[1], word)


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
