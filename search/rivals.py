"""What OpenSearch does with Norwegian text by its own means, to be measured against.

`standard` and `norwegian` are its analyzers over one field. `native` is the best we know to make of it without words prepared by us:
stems, plain words, compound parts, the same pairs of synonyms and 4-letter grams, each in a field with a weight of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import uuid4

from search.engines.opensearch import OpenSearchEngine
from search.evaluation import DEPTH, Tally
from search.index import Document

RIVALS = ("standard", "norwegian", "native")
Body = dict[str, Any]
_SLOWLY = {"request_timeout": 60}


def measure_rival(
    name: str,
    engine: OpenSearchEngine,
    documents: Sequence[Document],
    queries: Sequence[tuple[str, Mapping[str, int]]],
    *,
    synonyms: Collection[Sequence[str]] = (),
    parts: Collection[str] = (),
) -> Tally:
    """Index the documents as a rival would, ask every query, count.

    `synonyms` are groups of words of one meaning, `parts` the words that compounds are made of; only `native` uses them.
    """
    client, index = engine.client, f"rival-{name}-{uuid4().hex[:8]}"
    client.indices.create(index=index, body=_index(name, synonyms, parts), params=_SLOWLY)
    try:
        for start in range(0, len(documents), 200):
            lines = [line for document in documents[start : start + 200] for line in _lines(index, document)]
            client.bulk(body="".join(json.dumps(line) + "\n" for line in lines), params=_SLOWLY)
        client.indices.refresh(index=index, params=_SLOWLY)
        tally = Tally()
        for text, grades in queries:
            body = {"query": _query(name, text), "size": DEPTH, "track_total_hits": True, "_source": False}
            answer = client.search(index=index, body=body, params=_SLOWLY)
            ids = [hit["_id"] for hit in answer["hits"]["hits"]]
            tally.count(ids, int(answer["hits"]["total"]["value"]), grades)
        return tally
    finally:
        client.indices.delete(index=index, params=_SLOWLY)


def _lines(index: str, document: Document) -> tuple[Body, Body]:
    text = "\n".join(part for passage in document.passages for part in (passage.title, passage.rest, passage.inside) if part)
    return {"index": {"_index": index, "_id": document.id}}, {"text": text}


def _index(name: str, synonyms: Collection[Sequence[str]], parts: Collection[str]) -> Body:
    settings: Body = {"number_of_shards": 1, "number_of_replicas": 0}
    if name != "native":
        return {"settings": settings, "mappings": {"properties": {"text": {"type": "text", "analyzer": name}}}}
    fields = {part: {"type": "text", "analyzer": part} for part in ("no", "parts", "grams")}
    fields["no"] |= {"search_analyzer": "no_asked"}
    text = {"type": "text", "analyzer": "standard", "fields": fields}
    return {"settings": settings | {"analysis": _analysis(synonyms, parts)}, "mappings": {"properties": {"text": text}}}


def _analysis(synonyms: Collection[Sequence[str]], parts: Collection[str]) -> Body:
    filters: Body = {
        "stop": {"type": "stop", "stopwords": "_norwegian_"},
        "stem": {"type": "stemmer", "language": "norwegian"},
        "same": {"type": "synonym_graph", "lenient": True, "synonyms": [", ".join(group) for group in synonyms]},
        "split": {"type": "dictionary_decompounder", "word_list": sorted(parts), "min_subword_size": 4},
        "four": {"type": "ngram", "min_gram": 4, "max_gram": 4},
    }

    def chain(*names: str) -> Body:
        return {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", *names]}

    return {
        "filter": filters,
        "analyzer": {
            "no": chain("stop", "stem"),
            "no_asked": chain("same", "stop", "stem"),
            "parts": chain("split", "stop", "stem"),
            "grams": chain("asciifolding", "four"),
        },
    }


def _query(name: str, text: str) -> Body:
    if name != "native":
        return {"match": {"text": {"query": text}}}
    fields = ["text^0.5", "text.no", "text.parts^0.3"]
    best: Body = {"multi_match": {"query": text, "fields": fields, "type": "best_fields", "tie_breaker": 0.3}}
    grams: Body = {"match": {"text.grams": {"query": text, "boost": 0.2}}}
    return {"bool": {"should": [best, grams], "minimum_should_match": 1}}
