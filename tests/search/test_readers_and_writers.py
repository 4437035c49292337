"""Many read while others write and rebuild: every reader gets a whole answer, every time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from search.engines import configured
from search.engines.folder import IndexFolder
from search.engines.tantivy import TantivyEngine
from search.errors import EngineBusy
from search.evaluation import remove
from tests.search.collection import Collection, a_document, a_schema

READERS, ROUNDS, LONGEST = 3, 40, 300.0


@pytest.fixture
def embedded() -> Iterator[Collection]:
    """Forty documents with one word in common, on the embedded index."""
    schema = a_schema()
    made = Collection(configured.embedded(schema.name), schema)
    made.fill(a_document(f"{n:02}", "stol", kind="film" if n % 2 else "text") for n in range(40))
    yield made
    remove(made.index, made.engine)


def another_process(collection: Collection) -> Collection:
    """The same index as another process sees it: nothing remembered."""
    return Collection(TantivyEngine(configured.index_dir(collection.schema.name)), collection.schema, dict(collection.held))


@pytest.mark.timeout(360)
def test_readers_get_whole_answers_while_the_index_is_written_and_rebuilt(embedded: Collection) -> None:
    done = [0] * (READERS + 2)
    end = time.monotonic() + LONGEST

    def read(reader: Collection, _: int) -> None:
        page = reader.ask("stol", page_size=50)
        assert (page.total, len(page.hits)) == (40, 40)
        assert sum(value.count for value in page.facets[1].values) == 40

    def write(writer: Collection, number: int) -> None:
        with suppress(EngineBusy):  # a rebuild took the index away under the writer: its change is still in the log
            writer.change([a_document(f"{n:02}", "stol", kind="text") for n in range(number % 7)], version=number)

    def build(builder: Collection, _: int) -> None:
        builder.fill(list(embedded.held.values()))

    def go_on(place: int, work: Callable[[Collection, int], None]) -> None:
        """Until everybody has had its share: on a busy machine that takes longer."""
        own = another_process(embedded)
        while min(done) < ROUNDS and time.monotonic() < end:
            done[place] += 1
            work(own, done[place])

    with ThreadPoolExecutor(len(done)) as pool:
        list(pool.map(go_on, range(len(done)), [write, build, *[read] * READERS]))
    assert min(done) >= ROUNDS


def _take_positions_of(folder: Path) -> Callable[[IndexFolder, Path], None]:
    def take(_: IndexFolder, keep: Path) -> None:
        for file in folder.glob("*.pos"):
            file.unlink()

    return take


def test_a_generation_taken_away_while_it_is_opened_is_not_kept(embedded: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = TantivyEngine(configured.index_dir(embedded.schema.name))
    reader = Collection(engine, embedded.schema, dict(embedded.held))
    prove = engine.folder.prove
    taken: list[Path] = []

    def proved_just_before_a_rebuild(folder: Path) -> None:
        prove(folder)
        if not taken:
            taken.append(folder)
            monkeypatch.setattr(IndexFolder, "remove_others", _take_positions_of(folder))
            embedded.fill(list(embedded.held.values()))

    monkeypatch.setattr(engine.folder, "prove", proved_just_before_a_rebuild)
    assert reader.ask("stol stol").total == 40
    assert taken


def test_two_writers_take_turns_and_none_is_lost(embedded: Collection) -> None:
    barrier = threading.Barrier(4)

    def write(number: int) -> None:
        writer = another_process(embedded)
        barrier.wait()
        for n in range(5):
            writer.change([a_document(f"w{number}-{n}", "bord")], version=number * 10 + n)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert embedded.ask("bord", page_size=100).total == 20


def test_a_writer_in_a_hurry_gives_way_in_time(embedded: Collection) -> None:
    other = another_process(embedded)
    with embedded.engine.writer(embedded.schema, wait=1):
        start = time.monotonic()
        with pytest.raises(EngineBusy), other.engine.writer(other.schema, wait=0.3):
            pass
        assert 0.3 <= time.monotonic() - start < 5
    other.change([a_document("new", "bord")], version=1)
    assert embedded.ids("bord") == ["new"]


def test_a_name_read_just_before_a_rebuild_leads_to_the_new_generation(tmp_path: Path) -> None:
    """What a slow reader meets: the folder it was told of is gone when it looks, and another has taken its place."""

    class SlowReader(IndexFolder):
        def _named(self) -> str:
            name = super()._named()
            if name == first.name:
                self.point_to(second)
                self.remove_others(second)
            return name

    folder = SlowReader(tmp_path)
    first, second = (folder.new(fingerprint="f", lexicon="l") for _ in range(2))
    folder.point_to(first)
    assert folder.current() == second
