"""Where a hit has the words that were looked for, when neither its title nor its summary shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from resourcebank.languages import direction
from resourcebank.selectors.bodies import Body
from search.analysis import spans
from search.request import Span

LONGEST = 160
"""How many signs an excerpt has at most."""
_LEAD = 40
"""How many signs may stand before the first word that was found."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*»?")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^\s*(?:\d+\.|-)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a part (`title` and `summary` are parts too) of one form, with what was found in it: [start, end) in code points of
    `text`."""

    part: str
    text: str
    language: str
    dir: str
    spans: tuple[Span, ...]


def excerpt(bodies: Iterable[Body], marks: Set[str], *, language: str) -> Excerpt | None:
    """The sentence with the most different words found, in the language shown if it has any; None when it is the names of the links that
    were found."""
    for body in sorted(bodies, key=lambda body: (body.language != language, body.level != "")):
        found = list(_sentences(body, marks))
        if found:
            part, text, some = max(found, key=lambda one: len({one[1][start:end].lower() for start, end in one[2]}))
            text, some = _cut(text, some)
            return Excerpt(part, text, body.language, direction(body.language), some)
    return None


def _sentences(body: Body, marks: Set[str]) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """(part, sentence, spans) of every sentence that has any of the words."""
    for part, text in (("title", body.title), ("summary", body.summary), *body.parts):
        plain = _MARKDOWN.sub(r"\1", text)
        found = spans(plain, body.language, marks)
        for match in _SENTENCE.finditer(plain) if found else ():
            first = match.start() + len(match.group()) - len(match.group().lstrip())
            if some := tuple((start - first, end - first) for start, end in found if match.start() <= start and end <= match.end()):
                yield part, match.group().strip(), some


def _cut(text: str, found: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """At most `LONGEST` signs around the first word found, cut between words."""
    start = 0
    if len(text) > LONGEST and found[0][0] > _LEAD:
        start = text.rfind(" ", 0, found[0][0] - _LEAD // 2) + 1
    end = len(text)
    if end - start > LONGEST:
        end = max(text.rfind(" ", start, start + LONGEST), found[0][1])
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(head) - start
    return head + text[start:end] + tail, tuple((a + shift, b + shift) for a, b in found if start <= a and b <= end)
