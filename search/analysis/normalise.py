"""Text to words: one normal form, words with their places, folding, and the Norwegian alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MAX_WORD = 60
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_SILENT = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_APOSTROPHES = "'’‘´`"
_LETTER = r"[^\W_\u0640]"
_ONE_TO_ONE = re.compile(rf"(?<!{_LETTER})1[-:–]1(?!{_LETTER})")
_WORD = re.compile(rf"{_ONE_TO_ONE.pattern}|[^\W_]+(?:[{_MARKS}]+[^\W_]*|'[^\W_]+)*")
_PLACED_WORD = re.compile(rf"{_ONE_TO_ONE.pattern}|{_LETTER}[{_MARKS}{_SILENT}]*(?:[{_APOSTROPHES}]?{_LETTER}[{_MARKS}{_SILENT}]*)*")
_DROPPED = re.compile(f"[{_SILENT}\ud800-\udfff]")
_FOLD = str.maketrans("æøʼłđðıəىیکةٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ao'lddieييكها01234567890123456789") | {ord("ß"): "ss", ord("þ"): "th"}
_ALPHABET = {letter: chr(35 + place) for place, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyzæøå")}
_SORT = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "é": "e", "è": "e", "ê": "e", "ó": "o", "ò": "o", "ô": "o", "à": "a"})


def normal(text: str) -> str:
    """NFC, lower case, one apostrophe, `1:1` as `1-1`; without soft hyphens, tatweel, zero-width signs and lone surrogates."""
    text = unicodedata.normalize("NFC", text)
    if not text.isascii() and _DROPPED.search(text):
        text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = unicodedata.normalize("NFC", text.lower())
    for sign in _APOSTROPHES[1:]:
        text = text.replace(sign, "'")
    return _ONE_TO_ONE.sub("1-1", text) if "1" in text else text


def words(text: str) -> list[str]:
    """The words of a text in order, in normal form, each cut at 60 letters. `1:1` and `1-1` are one word."""
    found: list[str] = _WORD.findall(normal(text))
    return found if max(map(len, found), default=0) <= MAX_WORD else [word[:MAX_WORD] for word in found]


def placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) for each word: code points of the text as given, end excluded, the word in normal form."""
    for start, end, written in placed_as_written(text):
        yield start, end, normal(written)[:MAX_WORD]


def placed_as_written(text: str) -> Iterator[tuple[int, int, str]]:
    """The same with each word as it stands in the text."""
    for match in _PLACED_WORD.finditer(text):
        yield match.start(), match.end(), match.group()


@lru_cache(200_000)
def fold(word: str) -> str:
    """A word without what a hurried hand leaves out: å, ä, æ as a; ø, ö as o; other letters of any script without their marks.

    Arabic letters that are typed one for the other (ى and ي, ة and ه, Persian ی and ک) are one, and so are all digits.
    """
    if word.isascii():
        return word
    parted = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter)).translate(_FOLD)
    return unicodedata.normalize("NFC", bare) or word


def sort_key(title: str) -> str:
    """A key whose code point order is Norwegian alphabetical order: digits, a–z, æ, ø, å (aa as å); at most 80 signs.

    Letters of other scripts come after å in their own order.
    """
    text = normal(title).replace("aa", "å").translate(_SORT)
    key = [_ALPHABET.get(letter) or (letter if letter.isalnum() else " ") for letter in text]
    return " ".join("".join(key).split())[:80].rstrip()
