"""Does an index hold just what it should? Compared document by document with its source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from search.changelog import record_change
from search.engines.base import Engine
from search.index import Index

_CHUNK = 500


def differences(index: Index, engine: Engine) -> dict[str, str]:
    """Document id -> what is wrong with it, in words; empty when the index is true.

    Raises EngineUnavailable when the engine does not answer.
    """
    held = {stored.id: stored.content_hash for stored in engine.contents(index.schema)}
    wrong: dict[str, str] = {}
    wanted: set[str] = set()
    ids = iter(index.all_ids())
    while chunk := list(islice(ids, _CHUNK)):
        for document in index.documents(chunk):
            wanted.add(document.id)
            if document.id not in held:
                wrong[document.id] = "is published but not in the index"
            elif held[document.id] != document.content_hash():
                wrong[document.id] = "is in the index with another text"
    return wrong | dict(_strangers(held, wanted))


def _strangers(held: dict[str, str], wanted: set[str]) -> Iterator[tuple[str, str]]:
    return ((document_id, "is in the index but not published") for document_id in held.keys() - wanted)


def repair(index: Index, document_ids: list[str]) -> None:
    """Have documents indexed anew through the log."""
    record_change(index.name, document_ids)
