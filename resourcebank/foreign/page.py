"""What a page says of itself: JSON-LD, then microdata, OpenGraph, Dublin Core, and last its own title and first heading."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import extruct
from extruct.utils import parse_html

from resourcebank.foreign.tamed import tamed

_DESCRIBED = ("LearningResource", "Course", "VideoObject", "CreativeWork", "Article", "WebPage")
_BETTER = {name: place for place, name in enumerate(_DESCRIBED)}
_LIKE = {
    "NewsArticle": "Article", "BlogPosting": "Article", "Report": "Article", "HowTo": "LearningResource", "Quiz": "LearningResource",
    "PodcastEpisode": "CreativeWork", "Book": "CreativeWork", "Movie": "VideoObject", "Episode": "CreativeWork",
}  # fmt: skip
_MOST_ITEMS = 2_000
_MOST_PROPERTIES = 1_000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DUBLIN_CORE = {"title": "title", "description": "summary", "language": "language", "rights": "licence", "publisher": "publisher"}
_OPEN_GRAPH = {
    "og:title": "title", "og:description": "summary", "og:image": "picture", "og:site_name": "publisher", "og:video:duration": "minutes",
    "video:duration": "minutes", "og:locale": "language",
}  # fmt: skip
_SCHEMA = {
    "title": ("name", "headline"),
    "summary": ("description", "abstract"),
    "minutes": ("timeRequired", "duration"),
    "language": ("inLanguage",),
    "licence": ("license",),
    "publisher": ("publisher", "provider", "author", "creator"),
    "picture": ("image", "thumbnailUrl"),
}

Found = tuple[str, Any]
"""Where a value came from, and the value."""


@dataclass(slots=True)
class Said:
    """Everything a page says, best first: by field, the values with where each came from. `text` is what is to be read on it."""

    values: dict[str, list[Found]] = field(default_factory=dict)
    text: str = ""

    def add(self, name: str, source: str, value: Any) -> None:
        """One more value, the last choice so far."""
        if value not in (None, "", [], {}):
            self.values.setdefault(name, []).append((source, value))


def decoded(body: bytes, charset: str) -> str:
    """The text of a page: byte order mark, then what the server says, then what the page says, then UTF-8, then Windows-1252."""
    named = _META_CHARSET.search(body[:4_096])
    tries = ["utf-8-sig" if body.startswith(codecs.BOM_UTF8) else "", charset, named[1].decode("ascii") if named else "", "utf-8"]
    for name in tries:
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return body.decode("cp1252" if name in ("iso-8859-1", "latin1", "latin-1") else name)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def said(text: str, address: str) -> Said:
    """What the page says of itself. Broken data is passed over; nothing is raised."""
    found = Said()
    try:
        tree = parse_html(tamed(text).encode("utf-8", "replace"), encoding="utf-8")
    except Exception:  # noqa: BLE001 - a page may be anything at all, and the parser's errors are not ours to list
        return found
    data = extruct.extract(tree, base_url=address, syntaxes=["json-ld", "opengraph", "dublincore"], errors="ignore")
    _schema(found, "json-ld", data.get("json-ld", []))
    _schema(found, "microdata", _microdata(tree))
    for graph in data.get("opengraph", []):
        for name, value in graph.get("properties", []):
            if name in _OPEN_GRAPH:
                found.add(_OPEN_GRAPH[name], "opengraph", value)
    for core in data.get("dublincore", []):
        for element in core.get("elements", []):
            name = str(element.get("name", "")).lower().rpartition(".")[2]
            if name in _DUBLIN_CORE:
                found.add(_DUBLIN_CORE[name], "dublincore", element.get("content"))
    _own_words(found, tree)
    return found


def _own_words(found: Said, tree: Any) -> None:
    """The head of the page and its first heading."""
    for name, path in (
        ("title", "string(//head/title | //title)"),
        ("title", "string((//h1)[1])"),
        ("summary", "string(//meta[translate(@name, 'DESCRIPTON', 'descripton')='description']/@content)"),
        ("language", "string(/html/@lang)"),
        ("licence", "string((//a | //link)[contains(concat(' ', @rel, ' '), ' license ')]/@href)"),
        ("canonical", "string(//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href)"),
    ):
        found.add(name, "html", str(tree.xpath(path)).strip())
    parts = tree.xpath("//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]")
    found.text = " ".join(" ".join(parts[:5_000]).split())[:20_000]


def _schema(found: Said, source: str, items: list[Any]) -> None:
    """The best described thing of schema.org, references to other things followed."""
    nodes = list(_nodes(items))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    described = sorted((rank, place) for place, node in enumerate(nodes) if (rank := _rank(node)) is not None)
    for _rank_of, place in described[:3]:
        for name, properties in _SCHEMA.items():
            for each in properties:
                found.add(name, source, _value(nodes[place].get(each), by_id))


def _nodes(items: list[Any]) -> Iterator[Mapping[str, Any]]:
    """Every thing in the data, however deep; a hostile page may nest without end, so it is a heap and not a recursion."""
    waiting, seen = list(reversed(items[:_MOST_ITEMS])), 0
    while waiting and seen < _MOST_ITEMS:
        item = waiting.pop()
        seen += 1
        if isinstance(item, Mapping):
            yield item
            waiting += [value for value in reversed(list(item.values())) if isinstance(value, Mapping | list)]
        elif isinstance(item, list):
            waiting += list(reversed(item[:_MOST_ITEMS]))


def _rank(node: Mapping[str, Any]) -> int | None:
    kinds = node.get("@type")
    names = [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]
    ranks = [_BETTER[_LIKE.get(name, name)] for name in names if _LIKE.get(name, name) in _BETTER]
    return min(ranks, default=None)


def _value(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """A plain value: of a list the first, of a thing its address or name."""
    for _depth in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, Mapping):
            whole = by_id.get(value["@id"], value) if isinstance(value.get("@id"), str) else value
            value = whole.get("name") or whole.get("url") or whole.get("contentUrl") or whole.get("@value") or whole.get("@id")
        else:
            return value
    return None


def _microdata(tree: Any) -> list[dict[str, Any]]:
    """Things of microdata in the shape of JSON-LD. Our own reading, since extruct's takes minutes for a page that nests on purpose."""
    things: dict[Any, dict[str, Any]] = {}
    for element in tree.xpath("//*[@itemscope or @itemprop]")[:_MOST_PROPERTIES]:
        if element.get("itemscope") is not None:
            things[element] = {"@type": element.get("itemtype", "").split()}
        around = next((above for above in element.iterancestors() if above in things), None)
        if around is not None and element.get("itemprop"):
            value = things.get(element) or _content(element)
            for name in element.get("itemprop").split()[:5]:
                things[around].setdefault(name, value)
    return list(things.values())


def _content(element: Any) -> str:
    for name in ("content", "datetime", "src", "href"):
        if element.get(name):
            return str(element.get(name))
    return "".join(islice(element.itertext(), 200))
