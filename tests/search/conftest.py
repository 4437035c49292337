"""Both engines for the same tests, and collections that are taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import hypothesis
import pytest

from search.engines import configured
from search.engines.opensearch import OpenSearchEngine
from search.evaluation import remove
from tests.search.collection import Collection, a_schema
from tests.search.corpus import CORPUS

hypothesis.settings.register_profile("search", deadline=None, database=None, derandomize=True)
hypothesis.settings.load_profile("search")
PREFIX = f"test-{uuid4().hex[:8]}-"
"""Before the names of all indexes of this process on a node that others use too."""


@pytest.fixture(scope="session", params=["embedded", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


def patient_node(address: str) -> OpenSearchEngine:
    """The OpenSearch engine with time to answer on a busy machine: these tests are about what it answers."""
    return OpenSearchEngine(address, prefix=PREFIX, budget=20.0)


@contextmanager
def empty_collection(engine_name: str, opensearch_url: str) -> Iterator[Collection]:
    """A collection on an engine by name, removed at the end."""
    schema = a_schema()
    node = patient_node(opensearch_url) if engine_name == "opensearch" else None
    made = Collection(node or configured.embedded(schema.name), schema)
    yield made
    remove(made.index, made.engine)
    if node:
        node.client.close()


@pytest.fixture
def collection(engine_name: str, opensearch_url: str) -> Iterator[Collection]:
    """An empty collection on the engine whose turn it is."""
    with empty_collection(engine_name, opensearch_url) as made:
        yield made


@pytest.fixture(scope="session")
def library(engine_name: str, opensearch_url: str) -> Iterator[Collection]:
    """The written corpus on the engine whose turn it is; to be read only."""
    with empty_collection(engine_name, opensearch_url) as made:
        made.fill(CORPUS)
        yield made
