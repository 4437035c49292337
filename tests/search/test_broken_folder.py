"""A damaged embedded index is noticed and built anew by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from search.engines import configured
from search.index import Index
from search.indexing import rebuild, rebuild_reason
from search.upkeep import Upkeep
from tests.search.collection import Collection, a_schema
from tests.search.corpus import CORPUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """The written corpus on an embedded index in a folder of its own."""
    with override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": tmp_path, "OPENSEARCH_URL": ""}):
        schema = a_schema()
        engine = configured.embedded(schema.name)
        made = Collection(engine, schema, {document.id: document for document in CORPUS}).index
        rebuild(made, (engine,))
        engine.view(schema)
        yield made


def segment(generation: Path) -> Path:
    """The largest file of the engine."""
    return max((file for file in generation.iterdir() if file.suffix in {".term", ".store", ".idx", ".pos", ".fast"}), key=_size)


def _size(file: Path) -> int:
    return file.stat().st_size


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


DAMAGE: dict[str, Callable[[Path], None]] = {
    "segment missing": lambda generation: segment(generation).unlink(),
    "segment cut": lambda generation: _cut(segment(generation)),
    "one byte flipped": lambda generation: _flip(segment(generation)),
    "meta.json cut": lambda generation: _cut(generation / "meta.json"),
    "about.json cut": lambda generation: _cut(generation / "about.json"),
    "CURRENT points nowhere": lambda generation: _write(generation.parent / "CURRENT", "g-nowhere"),
    "CURRENT missing": lambda generation: (generation.parent / "CURRENT").unlink(),
    "lexicon missing": lambda generation: next(generation.parent.glob("lexicon-*.json")).unlink(),
    "lexicon flipped": lambda generation: _flip(next(generation.parent.glob("lexicon-*.json"))),
}


def _write(file: Path, text: str) -> None:
    file.write_text(text)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_noticed_and_built_anew(index: Index, damage: str) -> None:
    engine = configured.embedded(index.name)
    assert rebuild_reason(index, engine) is None
    DAMAGE[damage](engine.folder.current())
    assert rebuild_reason(index, engine)
    Upkeep(index).tend()
    assert rebuild_reason(index, engine) is None
    assert {stored.id for stored in engine.contents(index.schema)} == {document.id for document in CORPUS}
