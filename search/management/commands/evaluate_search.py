"""Measure how well search finds what people judged relevant, on texts from files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import configured
from search.engines.base import Engine
from search.errors import SearchError
from search.evaluation import evaluate, fill, read_documents, read_judgements, read_queries, remove, throwaway_index


class Command(BaseCommand):
    """Builds a throw-away index over the documents, asks every query, prints one JSON object as the last line."""

    help = "Measure search on documents and queries from files; the last line is one JSON object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, required=True, help="lines of id<TAB>text, optional third column: language")
        parser.add_argument("--queries", type=Path, help="lines of id<TAB>query, the id of the one relevant document")
        parser.add_argument("--judgements", type=Path, help="instead of --queries: lines of query<TAB>id<TAB>grade 0-3")
        parser.add_argument("--engine", choices=["embedded", "opensearch"], default="embedded")
        parser.add_argument("--json", action="store_true", help="print nothing but the JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = _engine(options["engine"])
        try:
            documents = read_documents(options["documents"])
            queries = _queries(options["queries"], options["judgements"])
        except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
            raise CommandError(f"The file could not be read: {error}. Each line is made of columns with tabs between them.") from error
        index = throwaway_index(f"evaluation-{uuid4().hex[:8]}", documents)
        try:
            if not options["json"]:
                self.stdout.write(f"Indexing {len(documents)} documents …")
            fill(index, engine, documents)
            report = evaluate(index, engine, queries).report(engine.name)
        except SearchError as error:
            raise CommandError(f"{engine.name} could not be measured: {error}") from error
        finally:
            remove(index, engine)
        self.stdout.write(json.dumps(report))


def _engine(name: str) -> Engine:
    for engine in configured.engines("evaluation"):
        if engine.name == name:
            return engine
    raise CommandError("OpenSearch is not set up: set OPENSEARCH_URL to its address, or leave --engine out.")


def _queries(queries: Path | None, judgements: Path | None) -> Iterable[tuple[str, Mapping[str, int]]]:
    if judgements:
        return list(read_judgements(judgements).items())
    if queries:
        return [(text, {document_id: 1}) for document_id, text in read_queries(queries)]
    raise CommandError("Say what to ask: --queries FILE or --judgements FILE.")
