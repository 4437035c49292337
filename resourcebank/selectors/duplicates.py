"""Published resources that a new one may be the same as: a warning to its author, never a stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import connection
from rapidfuzz import fuzz, process, utils

from resourcebank.content import Content
from resourcebank.models import Form
from resourcebank.selectors.coverage import public_sequence

Why = Literal["address", "title", "text"]
NEAR_TITLE = 88
NEAR_TEXT = 72
SHORTEST_TEXT = 60
SHOWN = 5
"""Likeness in percent (rapidfuzz), set so that no two exercises of the starter bank warn of each other."""


@dataclass(frozen=True, slots=True)
class Near:
    """A published resource and why it may be the same: its address, its title or its text. `likeness` is percent."""

    slug: str
    title: str
    language: str
    why: Why
    likeness: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """The published forms, column by column, as the comparison wants them."""

    sequence: int
    resources: tuple[int, ...]
    slugs: tuple[str, ...]
    languages: tuple[str, ...]
    shown: tuple[str, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    addresses: tuple[str, ...]


_lock = Lock()
_kept: dict[str, _Kept] = {}


def near(content: Content, *, resource_id: int | None = None, sequence: int | None = None) -> list[Near]:
    """What is published and near, the surest first; a resource once, and not `resource_id` itself. Two statements when something was
    published since the last time, else none if `sequence` (the number of the last public change) is given."""
    kept = _shelf(public_sequence() if sequence is None else sequence)
    found: dict[int, Near] = {}
    for place, why, likeness in _matches(content, kept):
        resource = kept.resources[place]
        if resource != resource_id and resource not in found:
            found[resource] = Near(kept.slugs[place], kept.shown[place], kept.languages[place], why, round(likeness))
    return list(found.values())[:SHOWN]


def _matches(content: Content, kept: _Kept) -> Iterator[tuple[int, Why, float]]:
    if address := plain_address(content.source_url):
        yield from ((place, "address", 100.0) for place, other in enumerate(kept.addresses) if other == address)
    for form in content.forms:
        title = utils.default_process(form.title)
        if len(title) > 3:
            for _text, likeness, place in process.extract(title, kept.titles, scorer=fuzz.ratio, score_cutoff=NEAR_TITLE, limit=SHOWN):
                yield place, "title", likeness
    for form in content.forms:
        text = utils.default_process(f"{form.summary} {form.goal}")
        if len(text) >= SHORTEST_TEXT:
            for _text, likeness, place in process.extract(text, kept.texts, scorer=fuzz.ratio, score_cutoff=NEAR_TEXT, limit=SHOWN):
                yield place, "text", likeness


def plain_address(address: str) -> str:
    """An address without what does not tell one page from another: scheme, `www.`, trailing slash, fragment, campaign parameters."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")])
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}" if host else ""


def _shelf(sequence: int) -> _Kept:
    name = str(connection.settings_dict["NAME"])
    kept = _kept.get(name)
    if kept is None or kept.sequence != sequence:
        kept = _read(sequence)
        with _lock:
            _kept[name] = kept
    return kept


def _read(sequence: int) -> _Kept:
    columns = ("revision__resource_id", "revision__resource__slug", "language", "title", "summary", "goal", "revision__source_url")
    rows = Form.objects.filter(revision__published_resource__isnull=False, level="").order_by("revision__resource_id", "language")
    found = list(rows.values_list(*columns))
    return _Kept(
        sequence=sequence,
        resources=tuple(row[0] for row in found),
        slugs=tuple(row[1] for row in found),
        languages=tuple(row[2] for row in found),
        shown=tuple(row[3] for row in found),
        titles=tuple(utils.default_process(row[3]) for row in found),
        texts=tuple(utils.default_process(f"{row[4]} {row[5]}") for row in found),
        addresses=tuple(plain_address(row[6]) for row in found),
    )


def forget_published() -> None:
    """Read what is published anew at the next comparison of this process."""
    with _lock:
        _kept.clear()
