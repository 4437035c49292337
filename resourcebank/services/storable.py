"""Whether a content can be kept: its words, its numbers and its files."""

from __future__ import annotations

from resourcebank.content import Content
from resourcebank.errors import Invalid
from resourcebank.services.attachments import attachment_problems
from resourcebank.services.structure import Terms, structure_problems


def require_storable(content: Content, terms: Terms) -> None:
    """Raise Invalid with every fault that keeps the (tidied) content from being stored."""
    problems = (*structure_problems(content, terms), *attachment_problems(content))
    if problems:
        raise Invalid(problems=problems)
