"""What a machine can say about the language of a text: how long its sentences are, and whether nynorsk is nynorsk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resourcebank.quality import MAX_EASY_SENTENCE, sentences

_MARKER = re.compile(r"^\s*(?:\d+[.)]|[-*]|#+)\s+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Blanks to fill in (____) are no words.
_WORD = re.compile(r"[^\W_]+(?:[-'’./:][^\W_]+)*")

_BOKMAL = dict(line.split("\t") for line in Path(__file__).with_name("bokmal.tsv").read_text(encoding="utf-8").splitlines())
# Endings that only bokmål has (muligheter, vanskelig, erfaringer), with what nynorsk has and the words that only look like it.
_ENDINGS = (
    (re.compile(r"\w{3,}(?:het|heten|heter|hetene)"), "-heit", ()),
    (re.compile(r"\w{2,}lig(?:e|ere|st|ste|het)?"), "-leg", ("villig", "villige", "billig", "billige")),
    (re.compile(r"\w{4,}(?:inger|ingene)"), "-ingar", ("finger",)),
)
# The name keeps the spelling of the framework's own page, also alone as a title or quoted; running text writes "tilfeldigheiter".
_PAIR = re.compile(r"\bval og tilfeldigheter\b|^tilfeldigheter$|«tilfeldigheter»", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a text, and on which line of it (from 0)."""

    line: int
    message: str


def words(text: str) -> list[str]:
    """The words of a text, without Markdown and blanks to fill in."""
    return _WORD.findall(_LINK.sub(r"\1", text))


def long_sentences(text: str) -> Iterator[Remark]:
    """Every sentence with more words than easy-read allows."""
    for line, block in _blocks(text):
        for sentence in sentences(_LINK.sub(r"\1", block.replace("**", ""))):
            if (count := len(words(sentence))) > MAX_EASY_SENTENCE:
                yield Remark(line, f"Setningen har {count} ord, og lettlest har høyst {MAX_EASY_SENTENCE}: «{sentence}»")


def bokmal_in_nynorsk(text: str) -> Iterator[Remark]:
    """Every word that no nynorsk text has."""
    for number, line in enumerate(text.splitlines()):
        for word in words(_PAIR.sub("", line)):
            if better := _nynorsk(word.casefold()):
                yield Remark(number, f"«{word}» er bokmål. På nynorsk: {better}.")


def _nynorsk(word: str) -> str:
    if word in _BOKMAL:
        return _BOKMAL[word]
    for ending, better, alike in _ENDINGS:
        if ending.fullmatch(word) and not any(word.endswith(each) for each in alike):
            return f"«{better}»"
    return ""


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every list point and every paragraph: each begins a new sentence."""
    block: list[str] = []
    first = 0
    for number, line in enumerate([*text.splitlines(), ""]):
        if block and (not line.strip() or _MARKER.match(line)):
            yield first, " ".join(block)
            block = []
        if line.strip():
            first = first if block else number
            block.append(_MARKER.sub("", line))
