"""Check the bank's promises: the index equals the database, history is unbroken, published texts and kept files are unchanged."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media.shelf import damaged
from resourcebank.catalogue import CATALOGUE
from resourcebank.services.verification import verify_audit, verify_public_changes, verify_published
from search.comparison import differences, repair
from search.engines import configured
from search.engines.base import Engine
from search.errors import SearchError
from search.indexing import catch_up
from search.models import UnindexedDocument


class Command(BaseCommand):
    """Prints one line per fault and one sum; exit code 0 only when every promise holds."""

    help = "Check that index, history and published texts are what they should be; --repair mends the index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="have wrong documents indexed anew")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        audit = verify_audit()
        faults = [*audit.problems, *verify_published(), *verify_public_changes()]
        faults += [f"media: {name} is {what}" for name, what in damaged()]
        for engine in configured.engines(CATALOGUE.name):
            faults += _index_faults(engine, mend=options["repair"])
        faults += [f"index: {row.engine} would not take {row.document_id}: {row.message}" for row in UnindexedDocument.objects.all()]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not faults, "root": audit.root, "events": audit.events, "faults": faults}))
        else:
            for fault in faults:
                self.stdout.write(fault)
            self.stdout.write(f"{audit.events} events in {audit.chains} chains, root {audit.root}")
            self.stdout.write("Every promise holds." if not faults else f"{len(faults)} faults.")
        if faults:
            sys.exit(1)


def _index_faults(engine: Engine, *, mend: bool) -> list[str]:
    try:
        catch_up(CATALOGUE, engine)
        wrong = differences(CATALOGUE, engine)
        if wrong and mend:
            repair(CATALOGUE, list(wrong))
            catch_up(CATALOGUE, engine)
            wrong = differences(CATALOGUE, engine)
    except SearchError as error:
        return [f"index: {engine.name} cannot be read: {error}. `manage.py reindex` builds it anew."]
    return [f"index: {engine.name}: {document_id} {what}" for document_id, what in sorted(wrong.items())]
