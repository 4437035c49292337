"""What the search package asks of those who own the documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.schema import Schema


@dataclass(frozen=True, slots=True)
class Passage:
    """Text in one language. `title` weighs more than `rest` (summary, body, labels), and `inside` less: what is handed out, said in a film
    or written in a file. `language` is a BCP 47 tag."""

    language: str
    title: str
    rest: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found: its texts in any number of languages and the values of the schema's fields.

    `keywords` maps facet names to values (a Path needs no ancestors: they are added). `numbers` maps field names
    to whole numbers; a missing one matches no bound. `sort_title` is the title the list is ordered by.
    """

    id: str
    passages: tuple[Passage, ...]
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    sort_title: str = ""

    def content_hash(self) -> str:
        """16 hexadecimal digits over everything that is indexed; equal texts and values give equal hashes."""
        passages = [(passage.language, passage.title, passage.rest, passage.inside) for passage in self.passages]
        body = json.dumps([self.id, passages, dict(self.keywords), dict(self.numbers), self.sort_title], sort_keys=True)
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class SynonymRow:
    """Who looks for `word` also finds `other`, and the other way round when `both_ways`; or, `off`, does so no longer.

    Words in normal form. All forms of a word are meant.
    """

    word: str
    other: str
    both_ways: bool = True
    off: bool = False


def no_rows() -> tuple[SynonymRow, ...]:
    """The synonyms of the tables, as they are."""
    return ()


@dataclass(frozen=True, slots=True)
class Index:
    """A schema bound to its source. `documents(ids)` gives the present documents among `ids`; an id it leaves out is deleted
    from the index, so publishing, retiring and deleting are one path. `all_ids()` gives every id that must be found.
    `synonyms()` gives what the owner adds to the synonyms of the tables, and switches off; it is asked at every search."""

    schema: Schema
    documents: Callable[[Sequence[str]], Iterable[Document]]
    all_ids: Callable[[], Iterable[str]]
    synonyms: Callable[[], tuple[SynonymRow, ...]] = no_rows

    @property
    def name(self) -> str:
        """The name of the index, of its log and of its alias."""
        return self.schema.name
