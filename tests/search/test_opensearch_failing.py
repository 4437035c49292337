"""When OpenSearch fails, the embedded index answers in time and says so; when it is back, it is used again by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import now
from pytest_django.fixtures import Settings

from search.engines import configured
from search.engines.opensearch import OpenSearchEngine
from search.errors import SearchDown
from search.evaluation import remove
from search.index import Index
from search.indexing import catch_up_soon, rebuild
from search.models import IndexChange, UnindexedDocument
from search.request import SearchPage, SearchRequest
from search.searching import forget_totals, search
from search.upkeep import Upkeep
from tests.search.collection import FACET_NAMES, Collection, a_document, a_schema
from tests.search.conftest import PREFIX
from tests.search.corpus import CORPUS
from tests.search.gate import Gate, Way

pytestmark = [pytest.mark.opensearch, pytest.mark.django_db]
IN_TIME, BACK_WITHIN, AT_ONCE = 1.5, 10.0, 0.3
WAYS: list[Way] = ["refuse", "hang", "hang_after_headers", "slow", "drip", "trickle", "cut", "babble", "other", "busy", "error", "partial"]


@pytest.fixture
def gate(opensearch_url: str) -> Iterator[Gate]:
    node = urlsplit(opensearch_url)
    made = Gate(node.hostname or "127.0.0.1", node.port or 9200)
    yield made
    made.close()


@pytest.fixture
def site(settings: Settings, gate: Gate) -> Iterator[Index]:
    """An index on both engines of a site whose OpenSearch stands behind the gate."""
    settings.SEARCH = {**settings.SEARCH, "OPENSEARCH_URL": gate.url, "PREFIX": PREFIX}
    schema = a_schema()
    engines = configured.engines(schema.name)
    for engine in reversed(engines):
        collection = Collection(engine, schema)
        collection.fill(CORPUS)
    yield collection.index
    gate.turn("through")
    for engine in engines:
        remove(collection.index, engine)


def node_of(index: Index) -> OpenSearchEngine:
    engine = configured.engines(index.name)[0]
    assert isinstance(engine, OpenSearchEngine)
    return engine


def ask(index: Index, text: str = "stol") -> SearchPage:
    return search(index, SearchRequest(text=text, facets=FACET_NAMES))


def timed(question: Callable[[], SearchPage]) -> tuple[SearchPage, float]:
    start = time.monotonic()
    return question(), time.monotonic() - start


def until(question: Callable[[], SearchPage], engine: str, seconds: float) -> SearchPage:
    """Ask over and over until an engine answers."""
    end = time.monotonic() + seconds
    while (page := question()).engine != engine:
        assert time.monotonic() < end, f"{engine} did not answer within {seconds} s"
        time.sleep(0.1)
    return page


def test_opensearch_answers_while_it_can(site: Index) -> None:
    page = until(lambda: ask(site), "opensearch", BACK_WITHIN)
    assert not page.fallback


@pytest.mark.parametrize("way", WAYS)
def test_the_embedded_index_answers_in_time_and_opensearch_again_when_it_is_back(site: Index, gate: Gate, way: Way) -> None:
    before = until(lambda: ask(site), "opensearch", BACK_WITHIN)
    gate.turn(way)
    page, took = timed(lambda: ask(site, "stol og bord"))
    assert (page.engine, page.fallback) == ("embedded", True)
    assert took < IN_TIME
    page, took = timed(lambda: ask(site))
    assert (page.total, page.facets, page.stage, page.fallback) == (before.total, before.facets, before.stage, True)
    assert took < AT_ONCE  # whoever just failed is not asked again at once
    gate.turn("through")
    after = until(lambda: ask(site), "opensearch", BACK_WITHIN)
    assert (after.total, after.facets, after.fallback) == (before.total, before.facets, False)


@pytest.mark.parametrize("way", WAYS)
def test_a_process_that_starts_while_opensearch_fails_answers_in_time(site: Index, gate: Gate, way: Way) -> None:
    gate.turn(way)
    engines = (OpenSearchEngine(gate.url, prefix=PREFIX), configured.embedded(site.name))
    page, took = timed(lambda: search(site, SearchRequest(text="stol"), engines=engines))
    assert (page.engine, page.fallback) == ("embedded", True)
    assert page.total > 0
    assert took < IN_TIME


def test_a_node_that_refuses_is_passed_over_for_the_next(site: Index, gate: Gate, opensearch_url: str) -> None:
    gate.turn("refuse")
    for order in ([gate.url, opensearch_url], [opensearch_url, gate.url]):
        engines = (OpenSearchEngine(", ".join(order), prefix=PREFIX), configured.embedded(site.name))
        question = partial(search, site, SearchRequest(text="stol"), engines=engines)
        for _ in range(4):  # whichever it begins with
            page, took = timed(question)
            assert (page.engine, page.fallback) == ("opensearch", False)
            assert took < IN_TIME


def test_with_both_engines_down_search_is_down(site: Index, gate: Gate) -> None:
    gate.turn("refuse")
    configured.embedded(site.name).drop(site.schema)
    with pytest.raises(SearchDown):
        ask(site)


def test_without_its_index_opensearch_is_left_out_and_its_index_built_anew(site: Index) -> None:
    until(lambda: ask(site), "opensearch", BACK_WITHIN)
    node_of(site).drop(site.schema)
    page, took = timed(lambda: ask(site))
    assert (page.engine, page.fallback) == ("embedded", True)
    assert page.total > 0
    assert took < IN_TIME
    Upkeep(site).tend()
    assert until(lambda: ask(site), "opensearch", BACK_WITHIN).total == page.total


@pytest.mark.parametrize("text", ["stol", "", "xyzzy"])
def test_an_opensearch_that_was_emptied_never_gives_a_false_nothing(site: Index, text: str) -> None:
    before = until(lambda: ask(site, text), "opensearch", BACK_WITHIN)
    _empty(node_of(site), site)
    page = ask(site, text)
    assert (page.engine, page.fallback, page.total) == ("embedded", True, before.total)
    Upkeep(site).tend()
    assert until(lambda: ask(site, text), "opensearch", BACK_WITHIN).total == before.total


def test_an_opensearch_that_lost_many_documents_is_left_out(site: Index) -> None:
    _empty(node_of(site), site, but=9)
    page = ask(site, "stol")
    assert (page.engine, page.fallback) == ("embedded", True)


def _empty(node: OpenSearchEngine, index: Index, *, but: int = 0) -> None:
    """Delete documents behind everybody's back."""
    gone = [document.id for document in CORPUS][but:]
    query = {"query": {"terms": {"id": gone}}}
    node.client.delete_by_query(index=node.alias(index.schema), body=query, params={"refresh": "true", "request_timeout": 20})


def test_an_opensearch_that_may_not_be_written_to_is_left_out_until_it_may(site: Index) -> None:
    """Else what was published an hour ago could not be found, and what was withdrawn could."""
    collection = Collection(configured.embedded(site.name), site.schema, {d.id: d for d in CORPUS})
    node, worker = node_of(site), Upkeep(collection.index)
    until(lambda: ask(site), "opensearch", BACK_WITHIN)
    _closed_for_writing(node, site, closed=True)
    collection.note(a_document("new", "hengekøye"))
    IndexChange.objects.filter(document_id="new").update(at=now() - timedelta(seconds=6))
    forget_totals()
    worker.tend()
    page, took = timed(lambda: ask(site, "hengekøye"))
    assert (page.engine, page.fallback, [hit.id for hit in page.hits]) == ("embedded", True, ["new"])
    assert took < IN_TIME
    assert not UnindexedDocument.objects.exists()  # nothing is wrong with the document
    _closed_for_writing(node, site, closed=False)

    def after_a_round() -> SearchPage:
        worker.tend()
        return ask(site, "hengekøye")

    assert [hit.id for hit in until(after_a_round, "opensearch", BACK_WITHIN).hits] == ["new"]


def _closed_for_writing(node: OpenSearchEngine, index: Index, *, closed: bool) -> None:
    node.client.indices.put_settings(index=node.alias(index.schema), body={"index.blocks.write": closed})


@pytest.mark.parametrize("way", ["refuse", "hang"])
def test_a_dead_opensearch_does_not_hold_back_the_embedded_index(site: Index, gate: Gate, way: Way) -> None:
    """A publication while OpenSearch fails is found at once, and on OpenSearch when it is back."""
    collection = Collection(configured.embedded(site.name), site.schema, {d.id: d for d in CORPUS})
    gate.turn(way)
    collection.note(a_document("new", "hengekøye"))
    start = time.monotonic()
    catch_up_soon(collection.index)
    assert time.monotonic() - start < IN_TIME
    page = ask(site, "hengekøye")
    assert (page.engine, [hit.id for hit in page.hits]) == ("embedded", ["new"])
    gate.turn("through")
    worker = Upkeep(collection.index)

    def after_a_round() -> SearchPage:
        worker.tend()
        return ask(site, "hengekøye")

    assert [hit.id for hit in until(after_a_round, "opensearch", BACK_WITHIN).hits] == ["new"]


def test_a_rebuild_without_opensearch_builds_the_embedded_index(site: Index, gate: Gate) -> None:
    gate.turn("refuse")
    assert rebuild(site, configured.engines(site.name)) == {"embedded": len(CORPUS)}
    assert ask(site).engine == "embedded"
