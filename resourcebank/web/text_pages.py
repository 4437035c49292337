"""Pages that are only text: one Markdown file a language in `fixtures/pages/`, with one title (`#`) and headings (`##`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from resourcebank.web import words
from resourcebank.web.markup import blocks
from resourcebank.web.page import page


@dataclass(frozen=True, slots=True)
class TextPage:
    """A title, what stands under it, and each heading with its text."""

    title: str
    lead: SafeString
    parts: tuple[tuple[str, SafeString], ...]


@cache
def text_page(name: str, language: str) -> TextPage:
    """The page in the language; every page has a file for each."""
    source = (settings.BASE_DIR / "fixtures" / "pages" / name / f"{language}.md").read_text(encoding="utf-8")
    first, *rest = source.removeprefix("# ").split("\n## ")
    title, _newline, lead = first.partition("\n")
    parts = [part.partition("\n") for part in rest]
    return TextPage(title.strip(), blocks(lead), tuple((heading.strip(), blocks(text)) for heading, _newline, text in parts))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the bank keeps about people."""
    return _text(request, "personvern")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What a contributor agrees to."""
    return _text(request, "vilkar")


def _text(request: HttpRequest, name: str) -> HttpResponse:
    return page(request, "web/text_page.html", text_page(name, words.interface_language()))
