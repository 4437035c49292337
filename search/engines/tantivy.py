"""The embedded engine. The only file that imports tantivy."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import FieldType, Occur, Order, Query

from search.engines.base import About, Delete, Put, RawPage, Refusal, Stored, Totals, Write
from search.engines.folder import IndexFolder
from search.errors import EngineBusy, IndexBroken
from search.leaning import FOREMOST
from search.plan import FacetPlan, Filter, Limit, Plan, Values
from search.schema import Schema
from search.tree import Best, Bool, Node, Phrase, Side, Term

_LAYOUT = 3
"""Raise it when `tantivy_schema` changes: an index laid out otherwise is then built anew."""
_VERSION = f"tantivy {'.'.join(version('tantivy').split('.')[:2])} layout {_LAYOUT}"
_WHITESPACE = "whitespace"
_ALL_VALUES = 10_000
_SMALL_HEAP, _LARGE_HEAP = 15_000_000, 256_000_000
_LONGEST_PAUSE = 0.06
_TIES, _MOST_TIES = 12, 20_000
Hits = tuple[tuple[str, float | None], ...]


def tantivy_schema(schema: Schema) -> tantivy.Schema:
    """The engine's own form of a schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("content_hash", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True, fast=True)
    for name, text in schema.text_fields():
        builder.add_text_field(name, tokenizer_name=_WHITESPACE, index_option="position" if text.positions else "freq")
    for facet in schema.facets:
        builder.add_text_field(facet.name, tokenizer_name="raw", index_option="basic", fast=True)
    for field in schema.numbers:
        builder.add_integer_field(field.name, indexed=True, fast=True)
    for name, _, _ in schema.all_sorts:
        builder.add_text_field(f"sort_{name}", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


@contextmanager
def _guarded() -> Iterator[None]:
    """The binding raises ValueError for damaged files and a BaseException of its own for a panic; both mean: rebuild."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexBroken(str(error)[:300]) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise IndexBroken(str(error)[:300]) from error
        raise


def _open(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    _register(index)
    return index


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_WHITESPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def _document(put: Put) -> tantivy.Document:
    analysed = put.document
    document = tantivy.Document()
    document.add_text("id", analysed.id)
    document.add_text("content_hash", analysed.content_hash)
    document.add_integer("version", put.version)
    for name, tokens in analysed.tokens.items():
        document.add_text(name, tokens)
    for name, values in analysed.keywords.items():
        for value in values:
            document.add_text(name, value)
    for name, number in analysed.numbers.items():
        document.add_integer(name, number)
    for name, key in analysed.sort_keys.items():
        document.add_text(f"sort_{name}", key)
    return document


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # the stub lacks `count`


def _apply(writer: tantivy.IndexWriter, writes: Iterable[Write]) -> tuple[Refusal, ...]:
    refused = []
    for change in writes:
        match change:
            case Put():
                try:
                    document = _document(change)
                except (ValueError, TypeError, OverflowError) as error:
                    refused.append(Refusal(change.document.id, str(error)[:300]))
                    continue
                writer.delete_documents_by_term("id", change.document.id)
                writer.add_document(document)
            case Delete():
                writer.delete_documents_by_term("id", change.id)
    return tuple(refused)


class TantivyView:
    """One commit of one generation."""

    far = False

    def __init__(self, folder: Path, about: About, stamp: str) -> None:
        self.about = about
        self.stamp = stamp
        with _guarded():
            index = _open(folder)
            index.config_reader("manual")
            index.reload()
            self._searcher = index.searcher()
            self._schema = index.schema

    def totals(self, queries: Sequence[Node], foremost: Sequence[Node] = ()) -> Totals:
        with _guarded():
            counts = tuple(self._count(self._render(query)) for query in queries)
            best = [self._searcher.search(self._render(query), limit=FOREMOST, count=False).hits for query in foremost]
            return Totals(self._searcher.num_docs, counts, tuple(tuple(float(score) for score, _ in hits) for hits in best))

    def search(self, plan: Plan) -> RawPage:
        with _guarded():
            full = self._with_filters(self._render(plan.query) if plan.query else Query.all_query(), plan.filters)
            total, hits = self._sorted(full, plan, plan.order) if plan.order else self._ranked(full, plan)
            counts: dict[str, dict[str, int]] = {}
            matching = self._render(plan.matching) if plan.matching else Query.all_query()
            for facets in plan.facets:
                counts |= self._counts(matching, facets)
            return RawPage(total=total, hits=hits, counts=counts)

    def _sorted(self, query: Query, plan: Plan, order: str) -> tuple[int, Hits]:
        """A page in the order of one field; its keys end in the id, so nothing ties."""
        field = f"sort_{order}"
        found = self._searcher.search(query, limit=plan.limit, offset=plan.offset, count=True, order_by_field=field, order=Order.Asc)
        return _total(found), tuple((self._id(address), None) for _, address in found.hits)

    def _ranked(self, query: Query, plan: Plan) -> tuple[int, Hits]:
        """A page by score, equal scores by id as on OpenSearch. The engine itself orders them by address, which moves with merges,
        so hits beyond the page are fetched until the last group of equals is whole."""
        end = plan.offset + plan.limit
        most = end + _TIES
        while True:
            found = self._searcher.search(query, limit=most, count=True)
            total, hits = _total(found), found.hits
            if len(hits) < most or hits[-1][0] < hits[end - 1][0] or most > _MOST_TIES:
                break
            most *= 4
        ranked: list[tuple[str, float | None]] = []
        for score, group in groupby(hits, key=itemgetter(0)):
            equals = [address for _, address in group]
            passed = len(ranked)
            if passed >= end:
                break
            in_page = passed + len(equals) > plan.offset
            ids = sorted(map(self._id, equals)) if in_page else [""] * len(equals)
            ranked += [(document_id, float(score)) for document_id in ids]
        return total, tuple(ranked[plan.offset : end])

    def contents(self) -> Iterator[Stored]:
        with _guarded():
            found = self._searcher.search(Query.all_query(), limit=max(1, self._searcher.num_docs), count=False)
            for _, address in found.hits:
                document = self._searcher.doc(address)
                yield Stored(document["id"][0], document["version"][0], document["content_hash"][0])

    def _id(self, address: tantivy.DocAddress) -> str:
        return str(self._searcher.doc(address)["id"][0])

    def _count(self, query: Query) -> int:
        """Every document has one version. Counting values computes no scores, which counting hits does."""
        answer = self._searcher.aggregate(query, {"all": {"value_count": {"field": "version"}}})
        return int(answer["all"]["value"])

    def _counts(self, matching: Query, facets: FacetPlan) -> dict[str, dict[str, int]]:
        query = self._with_filters(matching, facets.filters)
        asked = {name: {"terms": {"field": name, "size": _ALL_VALUES, "segment_size": _ALL_VALUES}} for name in facets.names}
        answer = self._searcher.aggregate(query, asked)
        return {name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]} for name in facets.names}

    def _with_filters(self, query: Query, filters: Sequence[Filter]) -> Query:
        if not filters:
            return query
        limits = [(Occur.Must, Query.const_score_query(self._filter(f), 0.0)) for f in filters]
        return Query.boolean_query([(Occur.Must, query), *limits])

    def _filter(self, asked: Filter) -> Query:
        match asked:
            case Values(facet, values, every):
                terms = [Query.term_query(self._schema, facet, value, index_option="basic") for value in values]
                if len(terms) == 1:
                    return terms[0]
                return Query.boolean_query([(Occur.Must if every else Occur.Should, term) for term in terms])
            case Limit(field, number, at_most):
                low, high = (None, number) if at_most else (number, None)
                return Query.range_query(self._schema, field, FieldType.Integer, low, high)

    def _render(self, node: Node) -> Query:
        match node:
            case Term(field, token, boost):
                term = Query.term_query(self._schema, field, token, index_option="freq")
                return term if boost == 1.0 else Query.boost_query(term, boost)
            case Phrase(field, tokens, boost):
                return Query.boost_query(Query.phrase_query(self._schema, field, list(tokens)), boost)
            case Best(tie, nodes):
                return Query.disjunction_max_query([self._render(n) for n in nodes], tie)
            case Side(facet, value, there, boost):
                having = Query.term_query(self._schema, facet, value, index_option="basic")
                lacking = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, having)])
                return Query.const_score_query(having if there else lacking, boost)
            case Bool(must, should, least, without):
                clauses = [(Occur.Must, self._render(n)) for n in must] + [(Occur.Should, self._render(n)) for n in should]
                clauses = clauses or [(Occur.Must, Query.all_query())]
                clauses += [(Occur.MustNot, self._render(n)) for n in without]
                return Query.boolean_query(clauses, minimum_number_should_match=least) if least else Query.boolean_query(clauses)


class TantivyWriter:
    """Changes to the live generation under the engine's own lock."""

    def __init__(self, folder: IndexFolder, path: Path, writer: tantivy.IndexWriter) -> None:
        self.about = folder.about(path)
        self.position: int | None = folder.position(path)
        self._folder, self._path, self._writer = folder, path, writer

    def write(self, writes: Iterable[Write], *, position: int) -> tuple[Refusal, ...]:
        with _guarded():
            refused = _apply(self._writer, writes)
            self._writer.commit()
            self._folder.seal(self._path)
            self._folder.keep_position(self._path, position)
        self.position = position
        return refused


class TantivyGeneration:
    """A generation being filled in its own folder."""

    def __init__(self, folder: IndexFolder, path: Path, schema: Schema) -> None:
        self.name = path.name
        self._folder, self._path = folder, path
        index = tantivy.Index(tantivy_schema(schema), path=str(path))
        _register(index)
        self._writer = index.writer(_LARGE_HEAP, 1)  # analysis is slower than one thread, and one segment is searched faster than two

    def write(self, writes: Iterable[Write]) -> tuple[Refusal, ...]:
        with _guarded():
            return _apply(self._writer, writes)

    def finish(self) -> int:
        with _guarded():
            self._writer.commit()
            self._writer.wait_merging_threads()
            index = _open(self._path)
            index.reload()
            self._folder.seal(self._path)
            return int(index.searcher().num_docs)

    def publish(self, position: int) -> None:
        self._folder.keep_position(self._path, position)
        self._folder.point_to(self._path)
        self._folder.remove_others(self._path)

    def abandon(self) -> None:
        self._folder.remove(self._path)


class TantivyEngine:
    """The embedded index in one folder of this host's disk: no server, one writer at a time, any number of readers."""

    name = "embedded"
    keeps_position = True

    def __init__(self, path: Path) -> None:
        self.folder = IndexFolder(path)
        self._lock = Lock()
        self._view: TantivyView | None = None

    def version(self) -> str:
        return _VERSION

    def view(self, schema: Schema) -> TantivyView:
        """The newest commit: one small read and one stat a request, so a commit by any process is seen at once."""
        while True:
            path = self.folder.current()
            try:
                return self._view_of(path)
            except IndexBroken:
                if not self._overtaken(path):
                    raise

    def _view_of(self, path: Path) -> TantivyView:
        stamp = _stamp(path)
        view = self._view
        if view is None or view.stamp != stamp:
            with self._lock:
                self.folder.prove(path)
                view = TantivyView(path, self.folder.about(path), stamp)
                if self._overtaken(path):  # the engine takes a positions file that is gone for an empty one, and says so only when asked
                    raise IndexBroken(f"{path.name} was taken away while it was opened")
                self._view = view
        return view

    def _overtaken(self, path: Path) -> bool:
        """Has a rebuild put another generation in the place of this one, and taken its files away?"""
        return self.folder.current() != path

    @contextmanager
    def writer(self, schema: Schema, *, wait: float) -> Iterator[TantivyWriter]:
        """A fresh index and a short writer each time: a long-lived one leaves orphan files when several processes write.

        EngineBusy also when a rebuild took the generation away meanwhile: the changes are still in the log.
        """
        path, raw = self._locked(wait)
        try:
            with self._closing(path, raw):
                yield TantivyWriter(self.folder, path, raw)
        except IndexBroken as error:
            if self._overtaken(path):
                raise EngineBusy("the index was rebuilt meanwhile") from error
            raise

    @contextmanager
    def _closing(self, path: Path, raw: tantivy.IndexWriter) -> Iterator[None]:
        try:
            yield
        except BaseException:
            with _guarded():
                raw.rollback()
            raise
        finally:
            with _guarded():
                raw.wait_merging_threads()
                self.folder.seal(path)

    def _locked(self, wait: float) -> tuple[Path, tantivy.IndexWriter]:
        """Poll for the engine's lock in short, uneven pauses: it is not fair, and a long pause starves."""
        end, pause = time.monotonic() + wait, 0.005
        while True:
            path = self.folder.current()
            try:
                raw = _open(path).writer(_SMALL_HEAP, 1)
            except (ValueError, OSError) as error:
                if "LockBusy" not in str(error):
                    if self._overtaken(path):
                        continue
                    raise IndexBroken(str(error)[:300]) from error
                if time.monotonic() > end:
                    raise EngineBusy("another process is writing to the index") from error
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  # jitter, no secret
                pause = min(pause * 1.5, _LONGEST_PAUSE)
                continue
            if not self._overtaken(path):
                return path, raw
            with suppress(ValueError):  # its files are gone already
                raw.rollback()
                raw.wait_merging_threads()

    def begin(self, schema: Schema, *, fingerprint: str, lexicon: str) -> TantivyGeneration:
        return TantivyGeneration(self.folder, self.folder.new(fingerprint=fingerprint, lexicon=lexicon), schema)

    def position(self, schema: Schema) -> int | None:
        return self.folder.position(self.folder.current())

    def contents(self, schema: Schema) -> Iterator[Stored]:
        return self.view(schema).contents()

    def check(self, schema: Schema) -> tuple[About, int]:
        path = self.folder.current()
        self.folder.prove(path)
        return self.folder.about(path), self.view(schema).totals(()).size

    def drop(self, schema: Schema) -> None:
        self._view = None
        self.folder.remove_all()


def _stamp(path: Path) -> str:
    try:
        meta = (path / "meta.json").stat()
    except OSError as error:
        raise IndexBroken("meta.json is missing") from error
    return f"{path.name} {meta.st_ino} {meta.st_mtime_ns} {meta.st_size}"
