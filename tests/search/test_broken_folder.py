"""A damaged embedded index is noticed, by the process that has it open and by a new one, and built anew by itself."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from search.engines import configured
from search.engines.folder import IndexFolder
from search.engines.tantivy import TantivyEngine
from search.errors import EngineUnavailable, SearchDown
from search.indexing import catch_up, rebuild, rebuild_reason
from search.lexicons import LexiconShelf
from search.upkeep import Upkeep
from tests.search.collection import Collection, a_document, a_schema
from tests.search.corpus import CORPUS

pytestmark = pytest.mark.django_db
KINDS = ("term", "store", "idx", "pos", "fast", "fieldnorm", "del")


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """The written corpus on an embedded index in a folder of its own, with a change and a deletion since it was built."""
    with override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": tmp_path, "OPENSEARCH_URL": ""}):
        schema = a_schema()
        made = Collection(configured.embedded(schema.name), schema, {document.id: document for document in CORPUS})
        rebuild(made.index, (made.engine,))
        made.note(a_document("d06", "Skammel"), gone=["d07"])
        catch_up(made.index, made.engine)
        assert made.ids("skammel") == ["d06"]
        yield made


def generation(collection: Collection) -> Path:
    assert isinstance(collection.engine, TantivyEngine)
    return collection.engine.folder.current()


def _fill(file: Path, data: bytes = b"\x00\xff{]") -> None:
    """In a new file of the old name: cutting a file that a process has mapped into its memory ends that process."""
    draft = file.with_name(".damaged")
    draft.write_bytes(data)
    draft.replace(file)


def _flip(file: Path, share: float = 0.5) -> None:
    data = bytearray(file.read_bytes())
    data[int((len(data) - 1) * share)] ^= 1
    _fill(file, bytes(data))


def _cut(file: Path) -> None:
    _fill(file, file.read_bytes()[: file.stat().st_size // 2])


def _edit(file: Path, **changes: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def _lexicon(folder: Path) -> Path:
    return next(folder.parent.glob("lexicon-*.json"))


FILE_DAMAGE: dict[str, Callable[[Path], None]] = {
    "missing": Path.unlink,
    "cut": _cut,
    "empty": lambda file: _fill(file, b""),
    "first byte flipped": lambda file: _flip(file, 0.0),
    "a byte flipped": _flip,
    "last byte flipped": lambda file: _flip(file, 1.0),
}
DAMAGE: dict[str, Callable[[Path], None]] = {
    "the whole folder gone": lambda folder: shutil.rmtree(folder.parent),
    "the generation gone": shutil.rmtree,
    "CURRENT missing": lambda folder: (folder.parent / "CURRENT").unlink(),
    "CURRENT points nowhere": lambda folder: _fill(folder.parent / "CURRENT", b"g-nowhere"),
    "CURRENT points outside": lambda folder: _fill(folder.parent / "CURRENT", b"../.."),
    "CURRENT empty": lambda folder: _fill(folder.parent / "CURRENT", b""),
    "CURRENT garbage": lambda folder: _fill(folder.parent / "CURRENT"),
    "meta.json missing": lambda folder: (folder / "meta.json").unlink(),
    "meta.json cut": lambda folder: _cut(folder / "meta.json"),
    "meta.json garbage": lambda folder: _fill(folder / "meta.json"),
    "meta.json another object": lambda folder: _fill(folder / "meta.json", b"[1]"),
    "about.json missing": lambda folder: (folder / "about.json").unlink(),
    "about.json cut": lambda folder: _cut(folder / "about.json"),
    "about.json garbage": lambda folder: _fill(folder / "about.json"),
    "about.json another object": lambda folder: _fill(folder / "about.json", b"[]"),
    "about.json of another lexicon": lambda folder: _edit(folder / "about.json", lexicon="0123456789abcdef"),
    "about.json of another version": lambda folder: _edit(folder / "about.json", fingerprint="0123456789abcdef"),
    "about.json of another generation": lambda folder: _edit(folder / "about.json", generation="g-another"),
    "files.json missing": lambda folder: (folder / "files.json").unlink(),
    "files.json garbage": lambda folder: _fill(folder / "files.json"),
    "lexicon missing": lambda folder: _lexicon(folder).unlink(),
    "lexicon cut": lambda folder: _cut(_lexicon(folder)),
    "lexicon flipped": lambda folder: _flip(_lexicon(folder)),
}


def assert_noticed(collection: Collection) -> None:
    """In the process that has the index open, and in one that has not."""
    assert rebuild_reason(collection.index, collection.engine)
    anew = TantivyEngine(configured.index_dir(collection.schema.name))
    try:
        shelf = LexiconShelf(configured.index_dir(collection.schema.name))
        shelf.get(anew.view(collection.schema).about.lexicon)
        noticed = anew.view(collection.schema).about.fingerprint != configured.fingerprint(collection.schema, anew)
    except EngineUnavailable:
        noticed = True
    assert noticed


def assert_built_anew(collection: Collection) -> None:
    """After one round of a worker everything is found again, and nothing more."""
    Upkeep(collection.index).tend()
    assert rebuild_reason(collection.index, collection.engine) is None
    assert {stored.id for stored in collection.engine.contents(collection.schema)} == set(collection.held)
    assert collection.ids("skammel") == ["d06"]
    assert collection.ids("flaks")[0] == "d02"


@pytest.mark.parametrize("damage", FILE_DAMAGE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_of_the_engine_is_noticed_and_built_anew(collection: Collection, kind: str, damage: str) -> None:
    FILE_DAMAGE[damage](max(generation(collection).glob(f"*.{kind}"), key=lambda file: file.stat().st_size))
    assert_noticed(collection)
    assert_built_anew(collection)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_folder_is_noticed_and_built_anew(collection: Collection, damage: str) -> None:
    DAMAGE[damage](generation(collection))
    assert_noticed(collection)
    assert_built_anew(collection)


def test_a_number_changed_in_the_list_of_segments_is_noticed_when_no_writer_can_be_the_cause(collection: Collection) -> None:
    meta = generation(collection) / "meta.json"
    meta.write_text(meta.read_text().replace('"max_doc": 12', '"max_doc": 13'))
    long_ago = time.time() - 3600
    os.utime(meta, (long_ago, long_ago))
    assert_noticed(collection)
    assert_built_anew(collection)


def test_a_change_of_the_list_of_segments_is_looked_at_again_when_it_is_no_longer_new(collection: Collection) -> None:
    folder = generation(collection)
    meta = folder / "meta.json"
    watch = IndexFolder(folder.parent)
    meta.write_text(meta.read_text().replace('"max_doc": 12', '"max_doc": 13'))
    watch.prove(folder)  # a writer may be about to write its figures down
    long_ago = time.time() - 3600
    os.utime(meta, (long_ago, long_ago))
    with pytest.raises(EngineUnavailable):
        watch.prove(folder)


def test_writing_to_a_damaged_index_does_not_hide_the_damage(collection: Collection) -> None:
    _cut(max(generation(collection).glob("*.pos"), key=lambda file: file.stat().st_size))
    collection.note(a_document("d08", "Krakk"))
    try:
        catch_up(collection.index, collection.engine)
    except EngineUnavailable:
        assert collection.engine.keeps_position
    assert_noticed(collection)
    assert_built_anew(collection)
    assert collection.ids("krakk") == ["d08"]


@pytest.mark.parametrize("position", [b"", b"many", b"\xff"])
def test_a_lost_position_means_reading_the_log_again(collection: Collection, position: bytes) -> None:
    (generation(collection) / "position").write_bytes(position)
    assert catch_up(collection.index, collection.engine) == 2
    assert collection.ids("skammel") == ["d06"]
    assert len(collection.ids()) == len(collection.held)


def test_until_it_is_built_anew_search_is_down_rather_than_wrong(collection: Collection) -> None:
    (generation(collection).parent / "CURRENT").unlink()
    with pytest.raises(SearchDown):
        collection.ask("stol")


def test_a_file_that_a_merge_is_still_writing_is_not_written_down_half(collection: Collection) -> None:
    folder = generation(collection)
    half = folder / "0123456789abcdef0123456789abcdef.store"
    half.write_bytes(b"half")
    IndexFolder(folder.parent).seal(folder)
    half.write_bytes(b"half and half")
    IndexFolder(folder.parent).prove(folder)
    assert half.name not in json.loads((folder / "files.json").read_text())
