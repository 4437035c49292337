"""Where a hit has the words that were looked for, when neither its title nor its summary shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice

from django.utils.translation import gettext as _

from resourcebank.languages import direction
from resourcebank.models.taxonomy import pick_label
from resourcebank.selectors.bodies import Bodies, Body, FileText
from search.analysis import answering, single_marks, spans
from search.request import Span

LONGEST = 160
"""How many signs an excerpt has at most."""
_LEAD = 40
"""How many signs may stand before the first word that was found."""
_LOOKED_AT = 20
"""How many sentences of a file are compared: the first ones that have any of the words."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*»?")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^\s*(?:\d+\.|-)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand. `part` is a part of a form (`title` and `summary` too), whose code is `form`; or `worksheet` or `captions`, the
    role of a file, which `name`, `sha256` and `media_type` tell of."""

    part: str
    form: str = ""
    name: str = ""
    sha256: str = ""
    media_type: str = ""

    @property
    def label(self) -> str:
        """The place in the words of the interface language: `I deltakerarket`."""
        return place_label(self)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of what stands in a place, with what was found in it: [start, end) in code points of `text`."""

    place: Place
    text: str
    language: str
    dir: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundIn:
    """The places that have any of the words, and the sentence that has the most different ones."""

    places: tuple[Place, ...] = ()
    excerpt: Excerpt | None = None


NOWHERE = FoundIn()


def found_in(bodies: Bodies, marks: Set[str], *, language: str) -> FoundIn:
    """The places of the first form that has any of the words, the one in the language shown before others, and all files that have;
    nothing when it is the names of the links that were found."""
    found = [*_in_forms(bodies.forms, marks, language), *_in_files(bodies, marks, language)]
    if not found:
        return NOWHERE
    best = max(found, key=lambda one: len({one.text[start:end].lower() for start, end in one.spans}))
    text, some = _cut(best.text, best.spans)
    return FoundIn(tuple(dict.fromkeys(one.place for one in found)), Excerpt(best.place, text, best.language, best.dir, some))


def place_label(place: Place) -> str:
    """A place in the words of the interface language."""
    if place.part == "worksheet":
        return _("I filen «%(name)s»") % {"name": place.name}
    return {
        "title": _("I tittelen"),
        "summary": _("I omtalen"),
        "goal": _("I hensikten"),
        "steps": _("I stegene"),
        "questions": _("I spørsmålene"),
        "adaptations": _("I tilpasningene"),
        "care": _("I «Pass på»"),
        "participant_sheet": _("I deltakerarket"),
        "transcript": _("I transkripsjonen"),
        "captions": _("I filmteksten"),
    }[place.part]


def _in_forms(forms: Iterable[Body], marks: Set[str], language: str) -> list[Excerpt]:
    """Every sentence with any of the words, of the first form that has one."""
    single = single_marks(marks)
    for body in sorted(forms, key=lambda body: (body.language != language, body.level != "")):
        parts = [(part, written, written.split()) for part, written in (("title", body.title), ("summary", body.summary), *body.parts)]
        telling = answering({piece for *_, pieces in parts for piece in pieces}, body.language, single)
        found = [
            Excerpt(Place(part, form=body.code), text, body.language, direction(body.language), some)
            for part, written, pieces in parts
            if not telling.isdisjoint(pieces)
            for text, some in _sentences(_MARKDOWN.sub(r"\1", written), body.language, marks)
        ]
        if found:
            return found
    return []


def _in_files(bodies: Bodies, marks: Set[str], language: str) -> Iterator[Excerpt]:
    """The first sentences with any of the words, of every file; of captions in several languages those in the language shown come first."""
    main = bodies.forms[0].language if bodies.forms else language
    for file in sorted(bodies.files, key=lambda file: file.role == "captions" and file.language != language):
        place, spoken = _place_of(file, language), file.language or main
        sentences = _sentences(file.text.replace("\n", " "), spoken, marks)
        yield from (Excerpt(place, text, spoken, direction(spoken), some) for text, some in islice(sentences, _LOOKED_AT))


def _place_of(file: FileText, language: str) -> Place:
    name = pick_label(dict(file.names), language=language, otherwise=next(iter(file.names.values()), ""))
    return Place(file.role, name=name, sha256=file.sha256, media_type=file.media_type)


def _sentences(plain: str, language: str, marks: Set[str]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """(sentence, spans) of every sentence that has any of the words. Each word is looked at once, however often a long file repeats it."""
    sentences = [match.group().split() for match in _SENTENCE.finditer(plain)]
    telling = answering(set(chain.from_iterable(sentences)), language, single_marks(marks))
    for written in sentences:
        if not telling.isdisjoint(written) and (found := spans(sentence := " ".join(written), language, marks)):
            yield sentence, found


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
