"""Documents to token strings: what the engines store, once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.languages import group_of
from search.analysis.lexicon import FORMAT, Lexicon
from search.analysis.normalise import fold, sort_key, words
from search.analysis.stems import STEMMER_VERSION, norwegian, stem
from search.analysis.tables import tables
from search.index import Document
from search.schema import GROUPS, Path, Schema

EMPTY = "_"
"""What stands in a field without words: Lucene's statistics count only documents that have the field."""
_LAST = 9_999_999_999
"""Where a number is missing. A shorter key would be told from a longer one by what follows, so all have ten digits."""
_TIE = 24
"""How many signs of the title part documents with the same number."""
_CODE_VERSION = "2"


def analysis_version() -> str:
    """Changes whenever the same text would give other tokens."""
    return f"{_CODE_VERSION} {STEMMER_VERSION} {tables().version} {FORMAT}"


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document as engines take it: token strings per field, exact values, numbers, and one key per sort, the least of which is first."""

    id: str
    content_hash: str
    tokens: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    sort_keys: Mapping[str, str]


@lru_cache(200_000)
def grams(word: str) -> tuple[str, ...]:
    """The 4-letter windows of `_word_`, folded."""
    text = f"_{fold(word)}_"
    return tuple(text[i : i + 4] for i in range(len(text) - 3))


def document_words(document: Document) -> Iterator[tuple[str, list[str]]]:
    """(group, words) of each passage: what the lexicon counts."""
    for passage in document.passages:
        yield group_of(passage.language), words(f"{passage.title}\n{passage.rest}")


def analyse(document: Document, schema: Schema, lexicon: Lexicon) -> AnalysedDocument:
    """Tokens and values of one document. No analysed field is ever empty."""
    titles: dict[str, list[str]] = {group: [] for group in GROUPS}
    all_words: dict[str, list[str]] = {group: [] for group in GROUPS}
    for passage in document.passages:
        group = group_of(passage.language)
        title = words(passage.title)
        titles[group] += title
        all_words[group] += title + words(passage.rest)
    tokens: dict[str, str] = {}
    for group in GROUPS:
        for name, found in _group_tokens(titles[group], all_words[group], group, lexicon).items():
            tokens[f"{group}_{name}"] = " ".join(found) or EMPTY
    return AnalysedDocument(
        id=document.id,
        content_hash=document.content_hash(),
        tokens=tokens,
        keywords={facet.name: _values(document, facet.name, isinstance(facet, Path)) for facet in schema.facets},
        numbers=document.numbers,
        sort_keys=_sort_keys(document, schema),
    )


def _group_tokens(title: list[str], every: list[str], group: str, lexicon: Lexicon) -> dict[str, Iterable[str]]:
    return {
        "title": [stem(word, group) for word in title],
        "text": [stem(word, group) for word in every],
        "exact": [fold(word) for word in every],
        "parts": [norwegian(part) for word in every for part in lexicon.split(word)] if group == "no" else [],
        "gram": [gram for word in every for gram in grams(word)],
    }


def _values(document: Document, facet: str, hierarchical: bool) -> tuple[str, ...]:
    values = document.keywords.get(facet, ())
    if not hierarchical:
        return tuple(sorted(set(values)))
    steps = [value.split("/") for value in values]
    return tuple(sorted({"/".join(step[: n + 1]) for step in steps for n in range(len(step))}))


def _sort_keys(document: Document, schema: Schema) -> dict[str, str]:
    """Per sort a key in the order of code points: equal numbers are told apart by title, equal titles by id, so that no page shuffles."""
    title = sort_key(document.sort_title)
    keys = {}
    for name, field, ascending in schema.all_sorts:
        if field == "title_sort":
            keys[name] = f"{title} {document.id}"
        else:
            number = document.numbers.get(field, _LAST if ascending else 0)
            keys[name] = f"{number if ascending else _LAST - number:010} {title[:_TIE]} {document.id}"
    return keys
