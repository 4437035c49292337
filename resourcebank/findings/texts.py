"""Every text of a content with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from resourcebank.content import Content, ContentForm

_OUTSIDE = frozenset({"language", "level", "made_from", "made_from_hash", "translated_by", "checked_by", "checked_on"})


def texts_of(content: Content) -> Iterator[tuple[str, str]]:
    """The place and the text of all that is read by somebody: forms, reasons for a link to the framework, and what is said of files."""
    for form in content.forms:
        yield from _form_texts(form)
    for term in content.terms:
        for text in term.reason.values():
            yield f"terms.{term.vocabulary}:{term.slug}", text
    for number, picture in enumerate(content.pictures, start=1):
        for text in picture.alt.values():
            yield f"pictures.{number}.alt", text
    for number, file in enumerate(content.files, start=1):
        for part, texts in (("alt", file.alt), ("caption", file.caption)):
            yield from ((f"files.{number}.{part}", text) for text in texts.values())


def _form_texts(form: ContentForm) -> Iterator[tuple[str, str]]:
    for each in fields(form):
        if each.name in _OUTSIDE:
            continue
        value = getattr(form, each.name)
        if isinstance(value, str):
            yield f"forms.{form.code}.{each.name}", value
        else:
            yield from ((f"forms.{form.code}.{each.name}.{number}", text) for number, text in enumerate(value, start=1))
