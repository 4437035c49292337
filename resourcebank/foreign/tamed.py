"""A page written anew in one plain way, before a parser sees it.

A start tag with 250,000 attributes holds libxml2 for minutes, and looking for such tags in text that is not parsed yet can be fooled. So
the page is read once, from the front, and what is of use is written out: the tags, few attributes of each, text, and linked data.
Time is proportional to the length of the page, whatever is on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_TAGS = 60_000
MOST_ATTRIBUTES = 40
"""Read of one tag; the rest is passed over."""
_MOST_LETTERS = 5_000
_KEPT = frozenset({
    "name", "property", "content", "lang", "rel", "href", "src", "datetime", "itemprop", "itemscope", "itemtype", "type", "prefix",
})  # fmt: skip
_TEXT_ONLY = frozenset(
    {"script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext", "template"}
)

_TOKEN = re.compile(r"<!--(?:.*?-->|.*)|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)|<[!?/][^>]*>?", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:>|(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"(?P<two>[^\"]*)\"?|'(?P<one>[^']*)'?|(?P<bare>[^\s>]*+)))?)"
)
_ENDS = {name: re.compile(rf"</{name}\b[^>]*>?", re.IGNORECASE) for name in _TEXT_ONLY}


def tamed(page: str) -> str:
    """The page in a form that no parser reads in two ways or for long."""
    return "".join(_pieces(page.replace("\0", "")))


def _pieces(page: str) -> Iterator[str]:
    place = 0
    for _tag in range(MOST_TAGS):
        found = _TOKEN.search(page, place)
        yield _text(page[place : found.start() if found else len(page)])
        if not found:
            return
        place = found.end()
        name = (found["name"] or "").lower()
        if not name:
            continue
        attributes, place = _attributes(page, place)
        if found["end"]:
            yield f"</{name}>"
        elif name in _TEXT_ONLY:
            end = _ENDS[name].search(page, place)
            yield _text_only(name, attributes, page[place : end.start() if end else len(page)])
            place = end.end() if end else len(page)
        else:
            written = " ".join(f'{key}="{_text(value)}"' for key, value in attributes.items())
            yield f"<{name} {written}>"


def _attributes(page: str, place: int) -> tuple[dict[str, str], int]:
    """What is of use in the tag, and where it ends."""
    kept: dict[str, str] = {}
    count = 0
    while found := _ATTRIBUTE.match(page, place):
        place = found.end()
        name = (found["name"] or "").lower()
        if not name:
            break
        count += 1
        value = found["two"] or found["one"] or found["bare"] or ""
        if name in _KEPT and name not in kept and count <= MOST_ATTRIBUTES and len(value) <= _MOST_LETTERS:
            kept[name] = value
    return kept, place


def _text_only(name: str, attributes: dict[str, str], text: str) -> str:
    if name == "title":
        return f"<title>{_text(text)}</title>"
    if name == "script" and attributes.get("type", "").strip().lower() == "application/ld+json":
        data = re.sub(r"^\s*(<!--|//\s*<!\[CDATA\[)|(-->|//\s*\]\]>)\s*$", "", text).replace("<", "\\u003c")
        return f'<script type="application/ld+json">{data}</script>'
    return " "


def _text(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
