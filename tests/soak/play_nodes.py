"""A cluster of three nodes loses one after the other while people search; `make soak` plays it (SOAK_SEARCHING: seconds each time).

The suite does not find this file by itself: three nodes take a minute to come up.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from search.engines import configured
from search.evaluation import remove
from search.request import SearchPage, SearchRequest
from search.searching import search
from tests.search.collection import Collection, a_schema
from tests.search.made_up import MadeUp
from tests.soak.cluster import Cluster, three_nodes

SECONDS = float(os.environ.get("SOAK_SEARCHING", "20"))
DOCUMENTS, SEARCHERS, REQUESTS = 2_000, 4, 300
IN_TIME, BACK_WITHIN = 1.5, 10.0
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with three_nodes(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def site(settings: Settings, cluster: Cluster) -> Iterator[Collection]:
    """An index of made-up documents on both engines."""
    settings.SEARCH = {**settings.SEARCH, "OPENSEARCH_URL": ",".join(cluster.addresses)}
    schema, made = a_schema(), MadeUp(1)
    documents = made.documents(DOCUMENTS)
    node, own = configured.engines(schema.name)
    for engine in (own, node):
        collection = Collection(engine, schema)
        collection.fill(documents)
    yield collection
    for engine in (node, own):
        remove(collection.index, engine)


@dataclass(slots=True)
class Told:
    """What the searchers were told since the last look."""

    engines: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    first_embedded: float | None = None
    last_embedded: float | None = None


class Searchers:
    """People who search without a pause. Every answer is compared with what is right, and its time noted."""

    def __init__(self, collection: Collection, requests: list[SearchRequest], right: list[int]) -> None:
        self._index, self._requests, self._right = collection.index, requests, right
        self._told, self._lock, self._stop = Told(), threading.Lock(), threading.Event()
        self._pool = ThreadPoolExecutor(SEARCHERS)

    def __enter__(self) -> Searchers:
        self._all = [self._pool.submit(self._search, number) for number in range(SEARCHERS)]
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown()

    def look(self) -> Told:
        """What was told until now; the next look begins from here. Raises what a searcher raised."""
        for each in self._all:
            if each.done():
                each.result()
        with self._lock:
            told, self._told = self._told, Told()
        return told

    def _search(self, place: int) -> None:
        while not self._stop.is_set():
            place = (place + 1) % len(self._requests)
            start = time.monotonic()
            page = search(self._index, self._requests[place])
            self._note(page, start, self._right[place])
        connection.close()

    def _note(self, page: SearchPage, start: float, right: int) -> None:
        ended = time.monotonic()
        with self._lock:
            self._told.engines[page.engine] += 1
            self._told.slowest = max(self._told.slowest, ended - start)
            if page.total != right:
                self._told.wrong.append(f"{page.request.to_query()}: {page.total} by {page.engine}, right is {right}")
            if page.engine == "embedded":
                self._told.first_embedded = self._told.first_embedded or start
                self._told.last_embedded = ended


def row(name: str, told: Told) -> str:
    lasted = f"{told.last_embedded - told.first_embedded:.1f}" if told.last_embedded and told.first_embedded else "0"
    counts = f"{told.engines['opensearch']} | {told.engines['embedded']} | {lasted}"
    return f"| {name} | {counts} | {told.slowest:.2f} | {len(told.wrong)} |"


def test_a_node_dies_and_comes_back_while_people_search(site: Collection, cluster: Cluster) -> None:
    made = MadeUp(2)
    requests = [made.request() for _ in range(REQUESTS)]
    right = [search(site.index, request, engines=(configured.embedded(site.schema.name),)).total for request in requests]
    rows = []
    with Searchers(site, requests, right) as searchers:

        def searched(name: str) -> None:
            time.sleep(SECONDS)
            told = searchers.look()
            rows.append(row(name, told))
            assert told.engines
            assert not told.wrong, told.wrong[:5]
            assert told.slowest < IN_TIME
            if told.first_embedded and told.last_embedded:
                assert told.last_embedded - told.first_embedded < BACK_WITHIN

        searched("three nodes (cold)")
        searched("three nodes")
        for number in (1, 2, 3):
            cluster.kill(number)
            searched(f"node {number} is killed")
            cluster.start(number)
            cluster.wait(3, "green", seconds=400, ask=number % 3 + 1)
            searched(f"node {number} is back")
    print("\n| | by OpenSearch | by the embedded index | for s | slowest s | wrong |\n|---|---|---|---|---|---|")
    print("\n".join(rows))
