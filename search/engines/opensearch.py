"""The OpenSearch engine. The only file that imports opensearchpy."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from opensearchpy import OpenSearch, Urllib3HttpConnection
from opensearchpy.exceptions import NotFoundError, OpenSearchException
from urllib3 import Timeout

from search.engines.base import About, Delete, Put, RawPage, Refusal, Stored, Totals, Write
from search.engines.breaker import Breaker
from search.engines.punctual import make_punctual
from search.errors import EngineUnavailable, IndexBroken
from search.leaning import FOREMOST
from search.plan import FacetPlan, Filter, Limit, Plan, Values
from search.schema import Schema
from search.tree import Best, Bool, Node, Phrase, Side, Term

_CONNECT, _BUDGET, _WRITE = 0.2, 0.8, 60.0
_ABOUT_FOR = 10.0
_ALL_VALUES = 10_000
_BATCH = 500
Body = dict[str, Any]


class _Connection(Urllib3HttpConnection):
    """The client's own connection, with answers that are complete in time or fail."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        make_punctual(self.pool)


def index_body(schema: Schema, about: About) -> Body:
    """Settings and strict mapping of a generation. Text arrives as finished tokens; nothing but the search needs the source."""
    fields: Body = {"id": {"type": "keyword"}, "content_hash": {"type": "keyword"}}
    for name, text in schema.text_fields():
        fields[name] = {"type": "text", "analyzer": "whitespace", "index_options": "positions" if text.positions else "freqs"}
    fields |= {facet.name: {"type": "keyword"} for facet in schema.facets}
    fields |= {field.name: {"type": "long"} for field in schema.numbers}
    fields |= {f"sort_{name}": {"type": "keyword"} for name, _, _ in schema.all_sorts}
    return {
        "settings": {
            "number_of_shards": 1,  # scores are then those of the whole collection
            "number_of_replicas": 0,
            "auto_expand_replicas": "0-2",
            "gc_deletes": "1h",  # how long a late write is known to be late
            "index.search.concurrent_segment_search.mode": "none",  # with several slices, counts of terms are wrong
        },
        "mappings": {"dynamic": "strict", "_source": {"enabled": False}, "_meta": asdict(about), "properties": fields},
    }


def _source(put: Put) -> Body:
    analysed = put.document
    return {
        "id": analysed.id,
        "content_hash": analysed.content_hash,
        **analysed.tokens,
        **{name: list(values) for name, values in analysed.keywords.items() if values},
        **analysed.numbers,
        **{f"sort_{name}": key for name, key in analysed.sort_keys.items()},
    }


def _render(node: Node) -> Body:
    match node:
        case Term(field, token, boost):
            return {"term": {field: {"value": token, "boost": boost}}}
        case Phrase(field, tokens, boost):
            return {"match_phrase": {field: {"query": " ".join(tokens), "analyzer": "whitespace", "boost": boost}}}
        case Best(tie, nodes):
            return {"dis_max": {"tie_breaker": tie, "queries": [_render(n) for n in nodes]}}
        case Side(facet, value, there, boost):
            having: Body = {"term": {facet: value}}
            return {"constant_score": {"filter": having if there else {"bool": {"must_not": [having]}}, "boost": boost}}
        case Bool(must, should, least, without):
            clauses: Body = {"must": [_render(n) for n in must], "should": [_render(n) for n in should]}
            clauses |= {"must_not": [_render(n) for n in without]} if without else {}
            return {"bool": clauses | ({"minimum_should_match": least} if least else {})}


def _filter(asked: Filter) -> Body:
    match asked:
        case Values(facet, values, every):
            if every:
                return {"bool": {"filter": [{"term": {facet: value}} for value in values]}}
            return {"terms": {facet: list(values)}}
        case Limit(field, number, at_most):
            return {"range": {field: {"lte" if at_most else "gte": number}}}


def _filters(asked: Iterable[Filter]) -> Body:
    return {"bool": {"filter": [_filter(f) for f in asked]}}


def _counting(facets: FacetPlan, shared: Sequence[Filter]) -> Body:
    terms = {
        name: {"terms": {"field": name, "size": _ALL_VALUES, "shard_size": _ALL_VALUES, "order": {"_key": "asc"}}} for name in facets.names
    }
    own = [f for f in facets.filters if f not in shared]
    return {"filter": _filters(own) if own else {"match_all": {}}, "aggs": terms}


def search_body(plan: Plan) -> Body:
    """The request that answers a plan: hits see every filter, each facet its own."""
    shared = [f for f in plan.filters if all(f in facets.filters for facets in plan.facets)]
    rest = [f for f in plan.filters if f not in shared]
    query = _render(plan.query) if plan.query else {"match_all": {}}
    sort: list[Body] = [{"_score": "desc"}, {"id": "asc"}]
    if plan.order:
        sort = [{f"sort_{plan.order}": {"order": "asc"}}]
    body: Body = {
        "query": {"bool": {"must": [query], "filter": [_filter(f) for f in shared]}},
        "from": plan.offset,
        "size": plan.limit,
        "sort": sort,
        "track_total_hits": True,
        "_source": False,
        "aggs": {str(n): _counting(facets, shared) for n, facets in enumerate(plan.facets)},
    }
    return body | ({"post_filter": _filters(rest)} if rest else {})


class OpenSearchView:
    """The live generation behind the alias, for one request and its budget of time."""

    far = True

    def __init__(self, engine: OpenSearchEngine, alias: str, about: About) -> None:
        self.about = about
        self.stamp = f"{about.generation} {engine.writes}"
        self._engine, self._alias = engine, alias
        self._ends = time.monotonic() + engine.budget

    def totals(self, queries: Sequence[Node], foremost: Sequence[Node] = ()) -> Totals:
        counted: list[Body] = [{"query": query, "size": 0} for query in ({"match_all": {}}, *map(_render, queries))]
        ranked: list[Body] = [{"query": _render(query), "size": FOREMOST, "_source": False} for query in foremost]
        lines = [line for body in (*counted, *ranked) for line in ({"index": self._alias}, body | {"track_total_hits": True})]
        answer = self._ask(lambda timeout: self._engine.client.msearch(body=lines, params={"request_timeout": timeout}))
        responses = _responses(answer, len(counted) + len(ranked))
        size, *totals = [_total(response) for response in responses[: len(counted)]]
        return Totals(size, tuple(totals), tuple(_scores(response) for response in responses[len(counted) :]))

    def search(self, plan: Plan) -> RawPage:
        body = search_body(plan)
        answer = self._ask(lambda timeout: self._engine.client.search(index=self._alias, body=body, params={"request_timeout": timeout}))
        try:
            hits = tuple((str(hit["_id"]), None if plan.order else float(hit["_score"])) for hit in answer["hits"]["hits"])
            counts = {
                name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["aggregations"][str(n)][name]["buckets"]}
                for n, facets in enumerate(plan.facets)
                for name in facets.names
            }
            if any(hit["_index"] != self.about.generation for hit in answer["hits"]["hits"]):
                self._engine.forget(self._alias)
            return RawPage(total=_total(answer), hits=hits, counts=counts)
        except (KeyError, TypeError, ValueError) as error:
            raise EngineUnavailable("the answer has another shape than asked for") from error

    def _ask(self, request: Callable[[Timeout], Any]) -> Any:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise EngineUnavailable("the time for this request is used up")
        with self._engine.breaker.passage():
            return self._engine.ask(lambda: request(Timeout(connect=min(_CONNECT, left), read=left)))


def _responses(answer: Any, many: int) -> list[Any]:
    responses = answer.get("responses") if isinstance(answer, dict) else None
    if not isinstance(responses, list) or len(responses) != many:
        raise EngineUnavailable("the answer has another shape than asked for")
    return responses


def _total(answer: Any) -> int:
    try:
        if answer.get("timed_out") or answer["_shards"]["failed"]:
            raise EngineUnavailable("part of the index did not answer")
        return int(answer["hits"]["total"]["value"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineUnavailable("the answer has another shape than asked for") from error


def _scores(answer: Any) -> tuple[float, ...]:
    _total(answer)
    try:
        return tuple(float(hit["_score"]) for hit in answer["hits"]["hits"])
    except (KeyError, TypeError, ValueError) as error:
        raise EngineUnavailable("the answer has another shape than asked for") from error


class OpenSearchWriter:
    """Changes to the live generation. The number of the newest change travels along, so a late write does no harm."""

    position: int | None = None

    def __init__(self, engine: OpenSearchEngine, about: About, wait: float) -> None:
        self.about = about
        self._engine, self._timeout = engine, max(wait, _BUDGET)

    def write(self, writes: Iterable[Write], *, position: int) -> tuple[Refusal, ...]:
        changes = list(writes)
        refused: list[Refusal] = []
        for start in range(0, len(changes), _BATCH):
            refused += self._engine.bulk(self.about.generation, changes[start : start + _BATCH], refresh=True, timeout=self._timeout)
        return tuple(refused)


class OpenSearchGeneration:
    """An index being filled beside the one the alias points to."""

    def __init__(self, engine: OpenSearchEngine, schema: Schema, about: About) -> None:
        self.name = about.generation
        self._engine, self._alias = engine, engine.alias(schema)
        engine.ask(lambda: engine.client.indices.create(index=self.name, body=index_body(schema, about), params=_slowly()))

    def write(self, writes: Iterable[Write]) -> tuple[Refusal, ...]:
        return self._engine.bulk(self.name, list(writes), refresh=False, timeout=_WRITE)

    def finish(self) -> int:
        indices = self._engine.client.indices
        self._engine.ask(lambda: indices.refresh(index=self.name, params=_slowly()))
        return int(self._engine.ask(lambda: self._engine.client.count(index=self.name, params=_slowly()))["count"])

    def publish(self, position: int) -> None:
        old = self._engine.generations_of(self._alias)
        actions: list[Body] = [{"add": {"index": self.name, "alias": self._alias}}]
        actions += [{"remove_index": {"index": name}} for name in old if name != self.name]
        self._engine.ask(lambda: self._engine.client.indices.update_aliases(body={"actions": actions}, params=_slowly()))
        self._engine.forget(self._alias)

    def abandon(self) -> None:
        self._engine.ask(lambda: self._engine.client.indices.delete(index=self.name, params={**_slowly(), "ignore_unavailable": "true"}))


def _slowly() -> dict[str, Any]:
    return {"request_timeout": Timeout(connect=_CONNECT, read=_WRITE)}


class OpenSearchEngine:
    """An index on an OpenSearch node or cluster: the alias is the schema's name, a generation is one index.

    `url` is the address of a node, or those of several parted by commas: one that refuses is passed over for the next.
    `budget` is how many seconds all requests of one search may take together.
    """

    name = "opensearch"
    keeps_position = False

    def __init__(self, url: str, ca: str = "", prefix: str = "", *, budget: float = _BUDGET) -> None:
        secure: Body = {"ca_certs": ca, "verify_certs": True} if ca else {}
        nodes = [address.strip() for address in url.split(",") if address.strip()]
        self.client = OpenSearch(
            nodes,
            pool_maxsize=10,
            max_retries=len(nodes) - 1,  # each node is asked once; of a single node nothing is asked twice
            retry_on_timeout=False,  # what came too late has used up the time of the search
            timeout=_BUDGET,
            connection_class=_Connection,
            **secure,
        )
        self.breaker = Breaker()
        self.budget = budget
        self.writes = 0
        self._prefix = prefix
        self._abouts: dict[str, tuple[float, About]] = {}

    def version(self) -> str:
        return "opensearch 2"

    def ask(self, request: Callable[[], Any]) -> Any:
        """Send one request; every way in which it can fail is EngineUnavailable, a missing index IndexBroken."""
        try:
            return request()
        except NotFoundError as error:
            raise IndexBroken(str(error.error)[:200]) from error
        except OpenSearchException as error:
            raise EngineUnavailable(f"{type(error).__name__}: {str(error)[:200]}") from error
        except (ValueError, OSError) as error:
            raise EngineUnavailable(f"unreadable answer: {str(error)[:200]}") from error

    def alias(self, schema: Schema) -> str:
        """The name searches go to."""
        return self._prefix + schema.name

    def view(self, schema: Schema) -> OpenSearchView:
        """What the live generation was built with is remembered for ten seconds, so that a search is two requests."""
        alias = self.alias(schema)
        known = self._abouts.get(alias)
        if known and time.monotonic() < known[0]:
            return OpenSearchView(self, alias, known[1])
        with self.breaker.passage():
            return OpenSearchView(self, alias, self._about(alias))

    def _about(self, alias: str) -> About:
        timeout = Timeout(connect=_CONNECT, read=self.budget / 2)
        answer = self.ask(lambda: self.client.indices.get_mapping(index=alias, params={"request_timeout": timeout}))
        try:
            ((name, body),) = answer.items()
            about = About(**body["mappings"]["_meta"])
        except (AttributeError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken("the index does not say what it is") from error
        if about.generation != name:
            raise IndexBroken("the alias points to another index than ours")
        self._abouts[alias] = (time.monotonic() + _ABOUT_FOR, about)
        return about

    def forget(self, alias: str) -> None:
        """Ask anew which generation is live."""
        self._abouts.pop(alias, None)

    def generations_of(self, alias: str) -> list[str]:
        """Every index of ours that belongs to an alias, live or left over."""
        answer = self.ask(lambda: self.client.indices.get(index=f"{alias}-g*", params={**_slowly(), "ignore_unavailable": "true"}))
        return sorted(answer)

    @contextmanager
    def writer(self, schema: Schema, *, wait: float) -> Iterator[OpenSearchWriter]:
        """Many may write at once: versions keep order. A caller in a hurry does not ask an engine that just failed."""
        self.forget(self.alias(schema))
        with self.breaker.passage() if wait < 1 else nullcontext():
            yield OpenSearchWriter(self, self._about(self.alias(schema)), wait)

    def bulk(self, index: str, changes: Sequence[Write], *, refresh: bool, timeout: float) -> tuple[Refusal, ...]:
        """Send changes with external versions. A newer version on the node and a delete of what is gone are successes."""
        if not changes:
            return ()
        lines: list[Body] = []
        for change in changes:
            meta = {"_index": index, "version": change.version, "version_type": "external_gte"}
            match change:
                case Put():
                    lines += [{"index": {**meta, "_id": change.document.id}}, _source(change)]
                case Delete():
                    lines.append({"delete": {**meta, "_id": change.id}})
        body = "".join(json.dumps(line, ensure_ascii=True) + "\n" for line in lines)
        params: Body = {"request_timeout": Timeout(connect=_CONNECT, read=timeout), "refresh": "true" if refresh else "false"}
        answer = self.ask(lambda: self.client.bulk(body=body, params=params))
        self.writes += 1
        return tuple(_refusals(answer))

    def position(self, schema: Schema) -> int | None:
        return None

    def begin(self, schema: Schema, *, fingerprint: str, lexicon: str) -> OpenSearchGeneration:
        name = f"{self.alias(schema)}-g{uuid4().hex[:12]}"
        return OpenSearchGeneration(self, schema, About(generation=name, fingerprint=fingerprint, lexicon=lexicon))

    def contents(self, schema: Schema) -> Iterator[Stored]:
        after: list[Any] = []
        while True:
            body: Body = {"size": 1000, "sort": [{"id": "asc"}], "version": True, "docvalue_fields": ["content_hash"], "_source": False}
            body |= {"search_after": after} if after else {}
            answer = self._page(schema, body)
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield Stored(hit["_id"], hit["_version"], hit["fields"]["content_hash"][0])
            if not hits:
                return
            after = hits[-1]["sort"]

    def _page(self, schema: Schema, body: Body) -> Any:
        return self.ask(lambda: self.client.search(index=self.alias(schema), body=body, params=_slowly()))

    def check(self, schema: Schema) -> tuple[About, int]:
        alias = self.alias(schema)
        self.forget(alias)
        answer = self.ask(lambda: self.client.count(index=alias, params={"request_timeout": Timeout(connect=_CONNECT, read=self.budget)}))
        return self._about(alias), int(answer["count"])

    def size(self, schema: Schema) -> int:
        """Bytes on the node's disk."""
        answer = self.ask(lambda: self.client.indices.stats(index=self.alias(schema), metric="store", params=_slowly()))
        return int(answer["_all"]["primaries"]["store"]["size_in_bytes"])

    def drop(self, schema: Schema) -> None:
        alias = self.alias(schema)
        self.forget(alias)
        if generations := ",".join(self.generations_of(alias)):
            self.ask(lambda: self.client.indices.delete(index=generations, params=_slowly()))


def _refusals(answer: Any) -> Iterator[Refusal]:
    for item in answer["items"]:
        ((_, result),) = item.items()
        status = result.get("status", 500)
        if status >= 300 and status != 409 and not (status == 404 and result.get("result") == "not_found"):
            if status in (403, 404, 429, 503):  # 403: the index is closed for writing, which is no fault of the document
                raise EngineUnavailable(f"the index would not take documents now ({status})")
            yield Refusal(result.get("_id", ""), json.dumps(result.get("error"))[:300])
