"""Rebuild an index from other documents, and die when most of them are written. Arguments: its name, address and prefix of OpenSearch."""

import sys
from collections.abc import Sequence

from search.index import Document, Index
from search.indexing import rebuild
from tests.search.another_process import die, engine_of
from tests.search.collection import a_document, a_schema

IDS = [f"new{n:04}" for n in range(1200)]
CHUNKS_OF_WORDS = 3
asked: list[str] = []


def documents(ids: Sequence[str]) -> list[Document]:
    """Everything is read twice, for the words and for the index, in chunks of 500."""
    if len(asked) == CHUNKS_OF_WORDS + 2:
        die()
    asked.append(ids[0])
    return [a_document(document_id, "seng") for document_id in ids]


schema = a_schema(sys.argv[1])
rebuild(Index(schema, documents, lambda: IDS), [engine_of(schema, *sys.argv[2:])])
