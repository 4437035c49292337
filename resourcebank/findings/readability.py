"""How heavy a text is to read: sentences, LIX, and LIX against the level a text says it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from resourcebank.content import Content, ContentForm
from resourcebank.findings.finding import Finding, advise

NORWEGIAN = ("nb", "nn")
LEVELS = ("A1", "A2")
HEAVIEST = {"A1": 25, "A2": 30, "B1": 40, "B2": 50}
"""From which LIX on a text is likely heavier than its level. Texts on paper: under 30 very easy, 30-40 easy, 40-50 middling, 50-60 heavy.
A signal for somebody who reads, never a gate: LIX counts letters and full stops and knows nothing of words."""
FEWESTWORDS = 60
"""In a shorter text one long word moves the number too much."""

_SENTENCE_END = re.compile(r"[.!?…]+[»\")\]]*(?=\s+[«\"(]?[A-ZÆØÅ]|\s*$)")
_ABBREVIATIONS = re.compile(r"\b(f\.eks|bl\.a|o\.l|osv|jf|nr|ca|kl|dvs|t\.d|m\.m|mv|e\.g|i\.e)\.", re.IGNORECASE)
_LIST_MARK = re.compile(r"^\s*(?:\d+\.|[-*])\s+", re.MULTILINE)
WORD = re.compile(r"\w+(?:[-’']\w+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, near enough for a rule of thumb: common abbreviations end none."""
    plain = _ABBREVIATIONS.sub(lambda found: found[0].replace(".", ""), _LIST_MARK.sub("", text))
    return [part.strip() for part in _SENTENCE_END.split(plain.replace("\n", ". ")) if WORD.search(part)]


def lix(text: str) -> int | None:
    """Björnsson's readability number: words per sentence plus the percentage of words over six letters. None without words."""
    words = WORD.findall(text)
    if not words:
        return None
    long = sum(len(word) > 6 for word in words)
    return round(len(words) / max(1, len(sentences(text))) + 100 * long / len(words))


def readability(content: Content, form: ContentForm) -> Iterator[Finding]:
    """LIX against the level: of an easy-read form all its text, of an ordinary one what the participant reads."""
    if form.language not in NORWEGIAN:
        return
    easy = form.level in LEVELS
    level = form.level if easy else content.norwegian_level
    most = HEAVIEST.get(level) if easy or not form.level else None
    parts = (form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care) if easy else ()
    text = "\n\n".join((*parts, form.participant_sheet))
    number = lix(text)
    if most is None or number is None or number <= most or len(WORD.findall(text)) < FEWESTWORDS:
        return
    place = f"forms.{form.code}" if easy else f"forms.{form.code}.participant_sheet"
    message = _("Teksten har lesbarhetstall (LIX) %(number)d, og for nivå %(level)s er %(most)d mye. Se om noe kan sies kortere.")
    yield advise("lix-high", place, message % {"number": number, "level": level, "most": most})
