"""Documents to token strings: what the engines store, once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter

from search.analysis.languages import group_of
from search.analysis.lexicon import FORMAT, Lexicon
from search.analysis.normalise import fold, sort_key, words
from search.analysis.stems import STEMMER_VERSION, stem
from search.analysis.tables import tables
from search.index import Document
from search.schema import GROUPS, Path, Schema

EMPTY = "_"
"""What stands in a field without words: Lucene's statistics count only documents that have the field."""
_LAST = 9_999_999_999
"""Where a number is missing. A shorter key would be told from a longer one by what follows, so all have ten digits."""
_TIE = 24
"""How many signs of the title part documents with the same number."""
MAX_INSIDE = 20_000
"""How many words are read inside one passage: a book must not outweigh a bank of exercises."""
MAX_GRAMS_INSIDE = 500
"""Of how many of them there are grams: all of a handout, but a long file would hold nearly every gram there is and be like anything."""
_CODE_VERSION = "3"


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


def grams(word: str) -> tuple[str, ...]:
    """The 4-letter windows of `_word_`, folded."""
    text = f"_{fold(word)}_"
    return tuple(text[i : i + 4] for i in range(len(text) - 3))


def document_words(document: Document) -> Iterator[tuple[str, list[str]]]:
    """(group, words) of title and rest of each passage: what the lexicon counts."""
    for passage in document.passages:
        yield group_of(passage.language), words(f"{passage.title}\n{passage.rest}")


def words_inside(document: Document) -> Iterator[tuple[str, list[str]]]:
    """(group, words) of what is inside each passage: what the lexicon knows but does not count."""
    for passage in document.passages:
        if passage.inside:
            yield group_of(passage.language), words(passage.inside)[:MAX_INSIDE]


def lexicon_of(documents: Iterable[Document]) -> Lexicon:
    """The lexicon of a collection. A word that stands only inside is known like one that came later: a long file decides neither what
    compounds are made of nor which of two words is the commoner."""
    known: set[tuple[str, str]] = set()

    def counted() -> Iterator[tuple[str, list[str]]]:
        for document in documents:
            known.update((group, word) for group, some in words_inside(document) for word in some)
            yield from document_words(document)

    lexicon = Lexicon.from_words(counted())
    lexicon.learn(sorted(known))
    return lexicon


def analyse(document: Document, schema: Schema, lexicon: Lexicon) -> AnalysedDocument:
    """Tokens and values of one document. No analysed field is ever empty."""
    read = {group: _Read() for group in GROUPS}
    for passage in document.passages:
        read[group_of(passage.language)].title += words(passage.title)
    for group, some in document_words(document):
        read[group].told += some
    for group, some in words_inside(document):
        read[group].inside += some
        read[group].alike += some[:MAX_GRAMS_INSIDE]
    tokens: dict[str, str] = {}
    for group in GROUPS:
        for name, found in _group_tokens(read[group], group, lexicon).items():
            tokens[f"{group}_{name}"] = " ".join(found) or EMPTY
    return AnalysedDocument(
        id=document.id,
        content_hash=document.content_hash(),
        tokens=tokens,
        keywords={facet.name: _values(document, facet.name, isinstance(facet, Path)) for facet in schema.facets},
        numbers=document.numbers,
        sort_keys=_sort_keys(document, schema),
    )


@dataclass(slots=True)
class _Read:
    """The words of a document in one field group: of its titles, of titles and text, inside, and those inside that have grams."""

    title: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)


def _group_tokens(read: _Read, group: str, lexicon: Lexicon) -> dict[str, Iterable[str]]:
    look_up = _LOOK_UP[group]
    title, told, inside, alike = (list(map(look_up, some)) for some in (read.title, read.told, read.inside, read.alike))
    return {
        "title": map(_STEM, title),
        "text": map(_STEM, told),
        "inside": map(_STEM, inside),
        "exact": map(_FOLDED, told),
        "parts": filter(None, map(lexicon.part_tokens, chain(read.told, read.inside))) if group == "no" else (),
        "gram": filter(None, map(_GRAMS, chain(told, alike))),
    }


def _tokens_of(group: str, word: str) -> tuple[str, str, str]:
    """The stem of a word, the word folded, and its grams side by side: looked up together, since every word of every text asks for all."""
    return stem(word, group), fold(word), " ".join(grams(word))


_LOOK_UP = {group: lru_cache(200_000)(partial(_tokens_of, group)) for group in GROUPS}
_STEM, _FOLDED, _GRAMS = itemgetter(0), itemgetter(1), itemgetter(2)


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
    for name, number_field, ascending in schema.all_sorts:
        if number_field == "title_sort":
            keys[name] = f"{title} {document.id}"
        else:
            number = document.numbers.get(number_field, _LAST if ascending else 0)
            keys[name] = f"{number if ascending else _LAST - number:010} {title[:_TIE]} {document.id}"
    return keys
