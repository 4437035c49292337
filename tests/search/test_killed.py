"""A process that is killed loses nothing: what it noted is indexed by the next, what it was building was never seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from resourcebank.catalogue import CATALOGUE
from resourcebank.models import Resource, User
from search.comparison import differences
from search.engines import configured
from search.engines.opensearch import OpenSearchEngine
from search.indexing import catch_up, rebuild, rebuild_reason
from search.request import SearchRequest
from search.searching import search
from search.upkeep import Upkeep
from tests.factories import load_whole_framework
from tests.search.another_process import KILLED, run
from tests.search.collection import Collection, a_document
from tests.search.conftest import PREFIX

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """An index folder that the other process finds under its DATA_DIR."""
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "index"}


def address(collection: Collection, opensearch_url: str) -> list[str]:
    """The arguments by which another process finds the same engine."""
    return [opensearch_url, PREFIX] if isinstance(collection.engine, OpenSearchEngine) else []


def test_what_was_committed_before_a_process_died_is_indexed_by_the_next(alice: User, carl: User) -> None:
    load_whole_framework()
    engines = configured.engines(CATALOGUE.name)
    rebuild(CATALOGUE, engines)
    assert run("publish_and_die") == KILLED
    assert Resource.objects.filter(published__isnull=False).count() == 1
    assert search(CATALOGUE, SearchRequest("stoler")).total == 0
    assert Upkeep(CATALOGUE).tend() == 1
    assert search(CATALOGUE, SearchRequest("stoler")).total == 1
    assert differences(CATALOGUE, engines[0]) == {}


def test_a_rebuild_that_was_killed_leaves_the_old_index_serving(collection: Collection, opensearch_url: str) -> None:
    collection.fill([a_document("1", "stol")])
    assert run("rebuild_and_die", collection.schema.name, *address(collection, opensearch_url)) == KILLED
    assert (collection.ids("stol"), collection.ids("seng")) == (["1"], [])
    assert rebuild_reason(collection.index, collection.engine) is None
    collection.note(a_document("2", "bord"))
    catch_up(collection.index, collection.engine)
    assert collection.ids("bord") == ["2"]
    rebuild(collection.index, [collection.engine])
    assert set(collection.ids()) == {"1", "2"}
    assert generations(collection) == 1


def generations(collection: Collection) -> int:
    """How many generations there are, live or left over."""
    engine = collection.engine
    if isinstance(engine, OpenSearchEngine):
        return len(engine.generations_of(engine.alias(collection.schema)))
    return len(list(configured.index_dir(collection.schema.name).glob("g-*")))


def test_a_word_that_another_process_learnt_is_known_here(collection: Collection, opensearch_url: str) -> None:
    collection.fill(a_document(str(n), "kalender") for n in range(3))
    assert set(collection.ids("kalendir")) == {"0", "1", "2"}  # unknown: taken for a slip
    assert run("learn_a_word", collection.schema.name, "kalendir", *address(collection, opensearch_url)) == 0
    assert set(collection.ids("kalendir")) == {"new0", "new1", "new2"}
