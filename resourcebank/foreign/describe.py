"""From a pasted address to suggestions for the form. Nothing here is believed: a person reads it and decides."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from resourcebank.foreign.clean import clean_address, film_address
from resourcebank.foreign.fetch import HEAD_ONLY, JSON, OPEN, PAGE, SECONDS, Fetched, fetch, web_address
from resourcebank.foreign.guard import FetchProblem, Guard
from resourcebank.foreign.language import language_of
from resourcebank.foreign.page import Said, decoded, said
from resourcebank.foreign.values import MAX_SUMMARY, MAX_TITLE, language_tag, licence_of, minutes_of, plain, web_address_of

AT_ONCE = 2
"""Pages read at the same time in one process: the site has four threads, and slow pages must not take them all."""
CHECK_SECONDS = 20.0
_TURN = threading.BoundedSemaphore(AT_ONCE)
_FILMS = {"www.youtube.com": "https://www.youtube.com/oembed?format=json&url=", "vimeo.com": "https://vimeo.com/api/oembed.json?url="}
_SHUT_TO_ROBOTS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 501, 999})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a page says of itself, ready for the form; "" and None where it says nothing.

    `address` is the cleaned address that was asked for, `canonical` the one to keep (the page's own name for itself, when it is the same
    site). `language` is a short tag, "" when the page only says «Norwegian» and the text does not tell which; `licence` is the slug of a
    licence of ours, "" when unknown; `picture` an address, not yet fetched. `sources` says by field where the value came from (json-ld,
    microdata, opengraph, dublincore, html, text, oembed, file). `problem` is a sentence when nothing could be read, `reason` its short
    code.
    """

    address: str
    canonical: str = ""
    title: str = ""
    summary: str = ""
    language: str = ""
    licence: str = ""
    minutes: int | None = None
    picture: str = ""
    publisher: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    reason: str = ""


def describe(address: str, *, guard: Guard = OPEN, seconds: float = SECONDS) -> Suggestion:
    """What the page at an address says of itself. Never raises for what is outside: then `problem` says why the rest is empty."""
    cleaned = clean_address(address)
    kept = cleaned or address.strip()[:500]
    end = time.monotonic() + seconds
    try:
        if not cleaned:
            raise FetchProblem("address")
        if not _TURN.acquire(timeout=min(2.0, seconds)):
            raise FetchProblem("busy")
        try:
            return _described(cleaned, guard=guard, left=lambda: max(0.1, end - time.monotonic()))
        finally:
            _TURN.release()
    except FetchProblem as problem:
        found = Suggestion(address=kept, canonical=cleaned, problem=problem.message, reason=problem.reason)
        name = _file_name(problem.address) if problem.reason == "type" else ""
        return replace(found, title=name, sources={"title": "file"}) if name else found


def _described(address: str, *, guard: Guard, left: Callable[[], float]) -> Suggestion:
    if film_address(urlsplit(address)):
        return _film(address, fetch(_FILMS[urlsplit(address).netloc] + quote(address, safe=""), wanted=JSON, seconds=left(), guard=guard))
    got = fetch(address, wanted=PAGE, seconds=left(), guard=guard)
    return suggestion(address, got.address, said(decoded(got.body, got.charset), got.address))


def suggestion(address: str, final: str, page: Said) -> Suggestion:
    """The first good value of each field. `final` is where the redirects ended."""
    sources: dict[str, str] = {}

    def first(name: str, read: Callable[[Any], Any]) -> Any:
        for source, value in page.values.get(name, []):
            if good := read(value):
                sources[name] = source
                return good
        return None

    publisher = first("publisher", lambda value: plain(value, 120)) or ""
    title = first("title", lambda value: plain(value, MAX_TITLE)) or ""
    return Suggestion(
        address=address,
        canonical=_canonical(page, final) or clean_address(final),
        title=_without_site(title, publisher),
        summary=first("summary", lambda value: plain(value, MAX_SUMMARY)) or "",
        language=_language(page, sources),
        licence=first("licence", licence_of) or "",
        minutes=first("minutes", minutes_of),
        picture=first("picture", lambda value: web_address_of(value, final)) or "",
        publisher=publisher,
        sources=sources,
    )


def _language(page: Said, sources: dict[str, str]) -> str:
    """What the page says; only «Norwegian», or nothing, and its text decides."""
    for source, value in page.values.get("language", []):
        tag = language_tag(value)
        if tag and tag != "no":
            sources["language"] = source
            return tag
    guessed = language_of(page.text)
    if guessed:
        sources["language"] = "text"
    return guessed


def _without_site(title: str, site: str) -> str:
    for mark in (" | ", " – ", " — ", " - ", " · "):
        head, found, tail = title.rpartition(mark)
        if found and head.strip() and tail.strip().casefold() == site.casefold():
            return head.strip()
    return title


def _canonical(page: Said, final: str) -> str:
    """The page's own name for itself, believed only for the same site over https."""
    for _source, value in page.values.get("canonical", []):
        named = clean_address(web_address_of(value, final))
        parts = urlsplit(named)
        if parts.scheme == "https" and _site(parts.hostname) == _site(urlsplit(final).hostname):
            return named
    return ""


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _file_name(address: str) -> str:
    """A document has a name at least: `/filer/min-plan_2024.pdf` is «min plan 2024»."""
    name = unquote(urlsplit(address).path.rpartition("/")[2]).rpartition(".")[0]
    return plain(name.replace("_", " ").replace("-", " "), MAX_TITLE)


def _film(address: str, got: Fetched) -> Suggestion:
    try:
        told = json.loads(got.body)
    except (ValueError, RecursionError) as error:
        raise FetchProblem("type") from error
    if not isinstance(told, dict):
        raise FetchProblem("type")
    seconds = told.get("duration")
    found = Suggestion(
        address=address,
        canonical=address,
        title=plain(told.get("title"), MAX_TITLE),
        summary=plain(told.get("description")),
        minutes=minutes_of(seconds) if isinstance(seconds, int | float) and seconds > 0 else None,
        picture=web_address_of(told.get("thumbnail_url"), address),
        publisher=plain(told.get("author_name"), 120),
    )
    told_of = ("title", "summary", "minutes", "picture", "publisher")
    return replace(found, sources={name: "oembed" for name in told_of if getattr(found, name)})


@dataclass(frozen=True, slots=True)
class Health:
    """How a link is. `state` is one of LINK_STATES. `detail` is short and the same in every language: the new address of what has moved
    for good, else the status or the reason (`404`, `timeout`)."""

    state: str
    detail: str = ""


def check(address: str, *, guard: Guard = OPEN, seconds: float = CHECK_SECONDS) -> Health:
    """Whether a link still leads somewhere. A site that only shuts its door to programs is `unknown`, not broken. Never raises."""
    try:
        web_address(address)
        got = _head_or_get(address, guard=guard, seconds=seconds)
    except FetchProblem as problem:
        return Health("fails", problem.reason)
    if 200 <= got.status < 300:
        return Health("moved", got.moved_to[:200]) if _elsewhere(got.moved_to, address) else Health("works", str(got.status))
    return Health("unknown" if got.status in _SHUT_TO_ROBOTS else "fails", str(got.status))


def _head_or_get(address: str, *, guard: Guard, seconds: float) -> Fetched:
    """Many servers know no HEAD, or answer it wrongly: only a good answer to it counts."""
    try:
        got = fetch(address, wanted=HEAD_ONLY, method="HEAD", seconds=seconds / 2, guard=guard)
        if got.status < 300:
            return got
    except FetchProblem as problem:
        if problem.reason in ("forbidden", "port", "credentials", "address", "dns"):
            raise
    return fetch(address, wanted=HEAD_ONLY, seconds=seconds / 2, guard=guard)


def _elsewhere(moved_to: str, address: str) -> bool:
    return bool(moved_to) and clean_address(moved_to) != clean_address(address)
