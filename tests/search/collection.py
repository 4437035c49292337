"""A small index with every kind of field, filled with documents from memory, on any engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from search.analysis import Lexicon, analyse
from search.analysis.thesaurus import thesaurus_with
from search.analysis.tokens import AnalysedDocument
from search.changelog import record_change
from search.engines.base import Delete, Engine, Put, Write
from search.evaluation import fill
from search.index import Document, Index, Passage, SynonymRow
from search.lexicons import shelf_of
from search.plan import Limit, Values
from search.request import SearchPage, SearchRequest
from search.schema import Bound, Integer, Keyword, Path, Schema
from search.searching import search
from search.tree import Best, Bool, Node, Phrase, Side, Term
from search.wording import Wording, read

FACETS = (
    Path(name="pair", declared=True),
    Keyword(name="kind"),
    Keyword(name="level", declared=True),
    Keyword(name="needs", combine="all"),
    Path(name="ethics", combine="all"),
)
FACET_NAMES = tuple(facet.name for facet in FACETS)


def a_schema(name: str = "") -> Schema:
    """A schema with facets of every kind, bounds on one and on two fields, sorts by number and by title, and guides as a side."""
    return Schema(
        name=name or f"collection-{uuid4().hex[:12]}",
        facets=FACETS,
        numbers=tuple(Integer(name=n) for n in ("minutes", "group_low", "group_high", "published")),
        bounds=(
            Bound(name="minutes_max", field="minutes", at_most=True),
            Bound(name="minutes_min", field="minutes", at_most=False),
            Bound(name="group", field="group_low", at_most=True),
            Bound(name="group", field="group_high", at_most=False),
        ),
        sorts=(("newest", "published", False), ("shortest", "minutes", True), ("title", "title_sort", True)),
        sides=("kind", "guide"),
    )


def a_document(
    document_id: str,
    title: str,
    rest: str = "",
    inside: str = "",
    *,
    language: str = "nb",
    numbers: Mapping[str, int] | None = None,
    **values: str,
) -> Document:
    """A document in one language; values of a facet are parted by spaces."""
    return Document(
        id=document_id,
        passages=(Passage(language, title, rest, inside),),
        keywords={name: tuple(some.split()) for name, some in values.items()},
        numbers=numbers or {},
        sort_title=title,
    )


@dataclass(slots=True)
class Collection:
    """Documents in memory and their index on one engine."""

    engine: Engine
    schema: Schema = field(default_factory=a_schema)
    held: dict[str, Document] = field(default_factory=dict)
    version: int = 0
    rows: tuple[SynonymRow, ...] = ()

    @property
    def index(self) -> Index:
        """The index as the search package is told of it."""
        return Index(self.schema, lambda ids: [self.held[i] for i in ids if i in self.held], lambda: list(self.held), lambda: self.rows)

    def fill(self, documents: Iterable[Document]) -> None:
        """Build and publish a generation of these documents, without a database."""
        self.held = {document.id: document for document in documents}
        fill(self.index, self.engine, list(self.held.values()))

    def refill(self, documents: Iterable[Document]) -> None:
        """Put these documents in the place of all others, in the live generation."""
        wanted = list(documents)
        self.version += 1
        self.change(wanted, gone=self.held.keys() - {document.id for document in wanted}, version=self.version)

    def change(self, documents: Iterable[Document] = (), *, gone: Iterable[str] = (), version: int) -> None:
        """Write to the live generation, as catching up does."""
        changed, gone = list(documents), set(gone)
        self.held |= {document.id: document for document in changed}
        self.held = {i: document for i, document in self.held.items() if i not in gone}
        with self.engine.writer(self.schema, wait=60) as writer:
            lexicon = shelf_of(self.schema.name).get(writer.about.lexicon)
            writes: list[Write] = [Put(analyse(document, self.schema, lexicon), version) for document in changed]
            writes += [Delete(document_id, version) for document_id in gone]
            assert writer.write(writes, position=version) == ()

    def note(self, *documents: Document, gone: Iterable[str] = ()) -> None:
        """Change the source and note it in the log, as a publication does."""
        self.held |= {document.id: document for document in documents}
        for document_id in gone:
            self.held.pop(document_id)
        record_change(self.schema.name, [*(document.id for document in documents), *gone])

    def ask(self, text: str = "", **asked: object) -> SearchPage:
        """Search with this engine alone."""
        return self.answer(a_request(text, **asked))

    def answer(self, request: SearchRequest) -> SearchPage:
        """The answer to a request, from this engine alone."""
        return search(self.index, request, engines=(self.engine,))

    def ids(self, text: str = "", **asked: object) -> list[str]:
        """The ids of at most a hundred hits, in order."""
        return [hit.id for hit in self.ask(text, **{"page_size": 100, **asked}).hits]

    def lexicon(self) -> Lexicon:
        """The lexicon of the live generation."""
        return shelf_of(self.schema.name).get(self.engine.view(self.schema).about.lexicon)

    def worded(self, text: str) -> Wording | None:
        """A text worked out against the live generation."""
        return read(text, self.lexicon(), thesaurus_with(self.rows))

    def analysed(self) -> Iterator[AnalysedDocument]:
        """Every document as the engine was given it."""
        lexicon = self.lexicon()
        return (analyse(document, self.schema, lexicon) for document in self.held.values())


def a_request(text: str = "", **asked: object) -> SearchRequest:
    """A request; a facet takes a value or several parted by spaces, a bound its number, everything else is by name."""
    facets = {name: tuple(str(asked.pop(name)).split()) for name in FACET_NAMES if name in asked}
    bounds = {name: int(str(asked.pop(name))) for name in ("minutes_max", "minutes_min", "group") if name in asked}
    whole = SearchRequest(text=text, filters=tuple(facets.items()), bounds=tuple(bounds.items()), facets=FACET_NAMES)
    return type(whole)(**{**{name: getattr(whole, name) for name in whole.__slots__}, **asked})


def answers_to(node: Node | None, document: AnalysedDocument) -> bool:
    """Does a document belong to a tree? Worked out from its tokens, without any engine."""
    match node:
        case None:
            return True
        case Term(name, token, _):
            return token in document.tokens[name].split()
        case Phrase(name, tokens, _):
            every = document.tokens[name].split()
            return any(tuple(every[n : n + len(tokens)]) == tokens for n in range(len(every)))
        case Best(_, nodes):
            return any(answers_to(n, document) for n in nodes)
        case Bool(must, should, least, without):
            met = sum(answers_to(n, document) for n in should)
            held = all(answers_to(n, document) for n in must) and met >= (least or (0 if must or not should else 1))
            return held and not any(answers_to(n, document) for n in without)
        case Side(facet, value, there, _):
            return (value in document.keywords[facet]) == there


def passes(limit: Values | Limit, document: AnalysedDocument) -> bool:
    """Does a document pass a filter? Worked out from its values, without any engine."""
    match limit:
        case Values(facet, values, every):
            found = [value in document.keywords[facet] for value in values]
            return all(found) if every else any(found)
        case Limit(name, number, at_most):
            own = document.numbers.get(name)
            return own is not None and (own <= number if at_most else own >= number)


def values_of(page: SearchPage, facet: str) -> dict[str, int]:
    """Value -> count of one facet of an answer."""
    return next({value.value: value.count for value in found.values} for found in page.facets if found.name == facet)


def in_groups(page: SearchPage, *, tolerance: float = 1e-4) -> list[list[str]]:
    """The hits in groups of equal scores, each group in the order of its ids."""
    groups: list[list[str]] = []
    last: float | None = None
    for hit in page.hits:
        if groups and (hit.score is None or last is None or abs(hit.score - last) <= tolerance * abs(last)):
            groups[-1].append(hit.id)
        else:
            groups.append([hit.id])
        last = hit.score
    return [sorted(group) for group in groups]


def all_pages(collection: Collection, request: SearchRequest) -> Sequence[SearchPage]:
    """Every page of an answer."""
    first = collection.answer(request.on_page(1))
    return [first, *(collection.answer(request.on_page(n)) for n in range(2, first.pages + 1))]
