"""Both engines give the same hits and the same counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest

from search.engines import configured
from search.engines.opensearch import OpenSearchEngine
from search.evaluation import remove
from search.index import Document
from search.request import SearchPage, SearchRequest
from search.wording import STAGES
from tests.search.collection import FACET_NAMES, Collection, a_schema
from tests.search.conftest import patient_node
from tests.search.made_up import MadeUp

pytestmark = pytest.mark.opensearch
FACTOR = 2.2
"""BM25 as tantivy has it, over BM25 as Lucene has it: the constant k1 + 1."""
DOCUMENTS, REQUESTS, LEAST_PER_STAGE, LEAST_OF_TWO_VALUES = 360, 500, 30, 50
Pair = tuple[Collection, Collection]


@pytest.fixture(scope="module")
def pair(opensearch_url: str) -> Iterator[Pair]:
    """The same documents with the same history on both engines."""
    schema = a_schema()
    both = (Collection(configured.embedded(schema.name), schema), Collection(patient_node(opensearch_url), schema))
    for collection in both:
        _live_through(collection)
    yield both
    for collection in both:
        remove(collection.index, collection.engine)


def _live_through(collection: Collection) -> None:
    """Filled at once, then changed and thinned out in batches, so that there are several segments with deleted documents in them."""
    made_up = MadeUp(1)
    documents = made_up.documents(DOCUMENTS)
    collection.fill(documents)
    for n, batch in enumerate(_batches(documents)):
        changed = [made_up.document(document.id) for document in batch[:24]]
        new = [made_up.document(f"new{n}-{k}") for k in range(12)]
        collection.change([*changed, *new], gone=[document.id for document in batch[24:32]], version=n + 1)


def _batches(documents: list[Document]) -> Iterator[list[Document]]:
    for start in range(0, 200, 40):
        yield documents[start : start + 40]


def asked() -> list[SearchRequest]:
    """The same requests every time."""
    made_up = MadeUp(2)
    return [made_up.request() for _ in range(REQUESTS)]


def ranked(collection: Collection, request: SearchRequest, page: SearchPage) -> list[list[tuple[str, float]]]:
    """All hits of a request, not those of its page alone, in whole groups of equal scores."""
    upto = SearchRequest(text=request.text, filters=request.filters, bounds=request.bounds, page_size=100)
    pages = range(1, page.total // upto.page_size + 2)
    scores = {hit.id: hit.score or 0.0 for n in pages for hit in collection.answer(upto.on_page(n)).hits}
    groups: list[list[tuple[str, float]]] = []
    for document_id, score in sorted(scores.items(), key=lambda pair: -pair[1]):
        if not (groups and groups[-1][-1][1] - score <= 1e-5 * score):
            groups.append([])
        groups[-1].append((document_id, score))
    return [sorted(group) for group in groups]


def assert_same(pair: Pair, request: SearchRequest) -> SearchPage:
    """Answer a request with both engines and compare everything."""
    own, other = (collection.answer(request) for collection in pair)
    assert (own.engine, other.engine) == ("embedded", "opensearch")
    assert (own.total, own.stage, own.facets, own.terms) == (other.total, other.stage, other.facets, other.terms)
    if own.hits and own.hits[0].score is None:
        assert own.hits == other.hits
        return own
    one, two = ranked(pair[0], request, own), ranked(pair[1], request, other)
    assert [[document_id for document_id, _ in group] for group in one] == [[document_id for document_id, _ in group] for group in two]
    for (_, score), (_, theirs) in zip(chain.from_iterable(one), chain.from_iterable(two), strict=True):
        assert score == pytest.approx(theirs * FACTOR, rel=1e-4)
    return own


def test_generated_requests_get_the_same_answer_from_both_engines(pair: Pair) -> None:
    requests = asked()
    pages = [assert_same(pair, request) for request in requests]
    stages = Counter(page.stage for page in pages)
    assert all(stages[stage] >= LEAST_PER_STAGE for stage in STAGES)
    assert sum(any(len(values) > 1 for _, values in request.filters) for request in requests) >= LEAST_OF_TWO_VALUES
    assert {name for request in requests for name, _ in request.filters} == set(FACET_NAMES)
    assert sum(page.total > 0 for page in pages) > len(pages) // 2


def test_the_documents_of_the_comparison_lie_in_segments_with_deleted_ones(pair: Pair) -> None:
    own, other = pair
    assert own.held == other.held
    assert len(own.held) >= 300
    assert isinstance(other.engine, OpenSearchEngine)
    alias = other.engine.alias(other.schema)
    (index,) = other.engine.client.indices.segments(index=alias)["indices"].values()
    segments = next(iter(index["shards"].values()))[0]["segments"].values()
    assert len(segments) > 1
    assert sum(segment["deleted_docs"] for segment in segments) > 0
