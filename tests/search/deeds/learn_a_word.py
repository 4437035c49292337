"""Bring new documents with a new word into an index. Arguments: its name, the word, address and prefix of OpenSearch."""

import sys

from search.indexing import catch_up
from tests.search.another_process import engine_of
from tests.search.collection import Collection, a_document, a_schema

schema = a_schema(sys.argv[1])
collection = Collection(engine_of(schema, *sys.argv[3:]), schema)
collection.note(*(a_document(f"new{n}", sys.argv[2]) for n in range(3)))
catch_up(collection.index, collection.engine)
