"""Two texts of one contribution beside each other, field by field: what somebody else saved, and what one typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from resourcebank.catalogue import Names
from resourcebank.content import Content, tidy_text
from resourcebank.languages import direction
from resourcebank.web import words
from resourcebank.web.contributing_form import Fields, Page, fields_of
from resourcebank.web.contributing_words import label_of, value_of

_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two texts say differently; `""` is nothing."""

    label: str
    saved: str
    typed: str
    language: str
    dir: str


def differences(saved: Content, typed: Content, known: Names, *, pages: Iterable[Page] = tuple(Page)) -> list[Difference]:
    """Every field that differs, in the order of the pages."""
    return [found for page in pages for found in _on_page(fields_of(saved, page=page), fields_of(typed, page=page), known)]


def _on_page(saved: Fields, typed: Fields, known: Names) -> Iterator[Difference]:
    for name in dict.fromkeys((*saved, *typed)):
        texts = [tuple(filter(None, map(tidy_text, fields.get(name, ())))) for fields in (saved, typed)]
        if sorted(texts[0]) == sorted(texts[1]):
            continue
        code = next((part for part in name.split(".")[1:] if not part.isdecimal()), "")
        tag = words.form_parts(code)[0] if code else ""
        before, after = (value_of(name, text, known)[:_LONGEST] for text in texts)
        yield Difference(label_of(name, known), before, after, tag, direction(tag) if tag else "")
