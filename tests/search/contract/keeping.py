"""Generations, writes and what an index says it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from search.analysis import Lexicon, analyse
from search.changelog import record_change
from search.comparison import differences, repair
from search.engines import configured
from search.engines.base import Generation, Put
from search.errors import EngineBusy, IndexBroken, IndexOutdated, SearchDown
from search.index import Document, Index
from search.indexing import catch_up, rebuild, rebuild_reason
from search.models import UnindexedDocument
from tests.search.collection import Collection, a_document

STOL, BORD, LAMPE = a_document("1", "stol"), a_document("2", "bord"), a_document("3", "lampe")


def _begun(collection: Collection, documents: Iterable[Document], *, fingerprint: str = "") -> Generation:
    """A generation beside the live one, whole and not yet published."""
    mark = fingerprint or configured.fingerprint(collection.schema, collection.engine)
    about = collection.engine.view(collection.schema).about
    generation = collection.engine.begin(collection.schema, fingerprint=mark, lexicon=about.lexicon)
    generation.write([Put(analyse(document, collection.schema, Lexicon({})), 1) for document in documents])
    generation.finish()
    return generation


class Keeping:
    """What is written is found, and a rebuild is seen only when it is done."""

    def test_without_an_index_it_is_said_to_be_broken(self, collection: Collection) -> None:
        with pytest.raises(IndexBroken):
            collection.engine.view(collection.schema)
        with pytest.raises(SearchDown):
            collection.ask("stol")
        assert rebuild_reason(collection.index, collection.engine)

    def test_an_empty_index_finds_nothing(self, collection: Collection) -> None:
        collection.fill([])
        assert (collection.ask("stol").total, collection.ask().total) == (0, 0)
        assert list(collection.engine.contents(collection.schema)) == []

    def test_a_changed_document_is_found_by_its_new_text_alone(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        collection.change([a_document("1", "lampe", kind="film")], version=1)
        assert (collection.ids("lampe"), collection.ids("stol"), collection.ids(kind="film")) == (["1"], [], ["1"])
        assert collection.ask().total == 2

    def test_a_deleted_document_is_gone_and_can_come_back(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        collection.change(gone=["1", "never there"], version=1)
        assert (collection.ids("stol"), collection.ask().total) == ([], 1)
        collection.change([STOL], version=2)
        assert collection.ids("stol") == ["1"]

    def test_the_same_write_twice_does_no_harm(self, collection: Collection) -> None:
        collection.fill([STOL])
        for _ in range(2):
            collection.change([BORD], gone=["1"], version=5)
            assert collection.ids() == ["2"]

    def test_contents_are_the_documents_their_versions_and_their_texts(self, collection: Collection) -> None:
        collection.fill([STOL, BORD, *(a_document(f"x{n}", "lampe") for n in range(1100))])
        collection.change([LAMPE], gone=["2"], version=7)
        held = {stored.id: stored for stored in collection.engine.contents(collection.schema)}
        assert held.keys() == collection.held.keys()
        assert (held["1"].version, held["3"].version) == (1, 7)
        assert held["3"].content_hash == LAMPE.content_hash()

    def test_a_generation_is_not_seen_before_it_is_published(self, collection: Collection) -> None:
        collection.fill([STOL])
        generation = _begun(collection, [BORD, LAMPE])
        assert collection.ids() == ["1"]
        generation.publish(0)
        assert set(collection.ids()) == {"2", "3"}
        assert collection.engine.view(collection.schema).about.generation == generation.name

    def test_an_abandoned_generation_leaves_the_old_one(self, collection: Collection) -> None:
        collection.fill([STOL])
        _begun(collection, [BORD]).abandon()
        assert collection.ids() == ["1"]
        collection.change([LAMPE], version=1)
        assert set(collection.ids()) == {"1", "3"}

    def test_a_generation_that_was_never_published_goes_with_the_next_one(self, collection: Collection) -> None:
        collection.fill([STOL])
        _begun(collection, [BORD])
        collection.fill([LAMPE])
        assert collection.ids() == ["3"]
        collection.engine.drop(collection.schema)
        with pytest.raises(IndexBroken):
            collection.engine.view(collection.schema)

    @pytest.mark.django_db
    def test_an_index_of_another_version_is_not_used(self, collection: Collection) -> None:
        collection.fill([STOL])
        _begun(collection, [STOL], fingerprint="of another version").publish(0)
        record_change(collection.schema.name, ["1"])
        with pytest.raises(SearchDown):
            collection.ask("stol")
        with pytest.raises(IndexOutdated):
            catch_up(collection.index, collection.engine)
        assert "another version" in str(rebuild_reason(collection.index, collection.engine))
        rebuild(collection.index, [collection.engine])
        assert rebuild_reason(collection.index, collection.engine) is None
        assert collection.ids("stol") == ["1"]

    @pytest.mark.django_db
    def test_catching_up_brings_what_was_noted_once(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        collection.held = {"2": a_document("2", "seng"), "3": LAMPE}
        record_change(collection.schema.name, ["1", "2", "3"])
        assert catch_up(collection.index, collection.engine) == 3
        assert (collection.ids("seng"), collection.ids("stol"), set(collection.ids())) == (["2"], [], {"2", "3"})
        assert catch_up(collection.index, collection.engine) == 0

    @pytest.mark.django_db
    def test_more_changes_than_one_batch_are_all_taken(self, collection: Collection) -> None:
        collection.fill([STOL])
        collection.held = {str(n): a_document(str(n), "lampe") for n in range(1203)}
        for start in range(0, 1203, 400):
            record_change(collection.schema.name, [str(n) for n in range(start, min(start + 400, 1203))])
        assert catch_up(collection.index, collection.engine) == 1203
        assert collection.ask("lampe").total == 1203

    @pytest.mark.django_db
    def test_a_slow_writer_with_an_old_text_never_wins(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        slow = _OvertakenWhileReading(collection)
        collection.held["1"] = a_document("1", "gammel lampe")
        record_change(collection.schema.name, ["1", "2"])
        catch_up(slow.index, collection.engine)
        catch_up(collection.index, collection.engine)
        assert slow.overtaken
        assert (collection.ids("seng"), collection.ids("gammel"), collection.ids()) == (["1"], [], ["1"])

    @pytest.mark.django_db
    def test_changes_during_a_rebuild_are_in_the_new_generation(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        old = collection.engine.view(collection.schema).about.generation
        slow = _OvertakenWhileReading(collection)
        assert rebuild(slow.index, [collection.engine], new_lexicon=False) == {collection.engine.name: 1}
        assert collection.engine.view(collection.schema).about.generation != old
        assert (collection.ids("seng"), collection.ids()) == (["1"], ["1"])
        assert differences(collection.index, collection.engine) == {}

    @pytest.mark.django_db
    def test_a_document_that_cannot_be_taken_is_listed_and_holds_up_nothing(self, collection: Collection) -> None:
        collection.fill([STOL])
        collection.note(a_document("bad", "seng", numbers={"minutes": 1 << 70}), LAMPE)
        catch_up(collection.index, collection.engine)
        assert set(collection.ids()) == {"1", "3"}
        (listed,) = UnindexedDocument.objects.filter(index=collection.schema.name)
        assert (listed.document_id, listed.engine, listed.sequence) == ("bad", collection.engine.name, 1)
        assert listed.message
        assert rebuild(collection.index, [collection.engine]) == {collection.engine.name: 2}
        collection.note(a_document("bad", "seng"))
        catch_up(collection.index, collection.engine)
        assert collection.ids("seng") == ["bad"]
        assert not UnindexedDocument.objects.filter(index=collection.schema.name).exists()

    @pytest.mark.django_db
    def test_what_differs_from_the_source_is_found_and_mended(self, collection: Collection) -> None:
        collection.fill([STOL, BORD])
        collection.held = {"2": a_document("2", "seng"), "3": LAMPE}
        found = differences(collection.index, collection.engine)
        assert found == {
            "1": "is in the index but not published",
            "2": "is in the index with another text",
            "3": "is published but not in the index",
        }
        repair(collection.index, list(found))
        catch_up(collection.index, collection.engine)
        assert differences(collection.index, collection.engine) == {}


class _OvertakenWhileReading:
    """A source that somebody else overtakes: between its reading and its answer another writer changes and indexes a document."""

    def __init__(self, collection: Collection) -> None:
        self._collection, self.overtaken = collection, False
        self.index = Index(collection.schema, self._documents, collection.index.all_ids)

    def _documents(self, ids: Sequence[str]) -> list[Document]:
        found = list(self._collection.index.documents(ids))
        if not self.overtaken:
            self.overtaken = True
            self._overtake()
        return found

    def _overtake(self) -> None:
        held = self._collection.held
        held["1"] = a_document("1", "ny seng")
        held.pop("2")
        record_change(self._collection.schema.name, ["2", "1"])
        try:
            catch_up(self._collection.index, self._collection.engine, wait=0.05)
        except EngineBusy:
            assert self._collection.engine.keeps_position  # the embedded engine lets the slow one finish first
