"""The `--engine` of the commands: one engine by name, or all that this site uses."""

from __future__ import annotations

from django.core.management.base import CommandError, CommandParser

from resourcebank.catalogue import CATALOGUE
from search.engines import configured
from search.engines.base import Engine


def add_engine_argument(parser: CommandParser) -> None:
    """Declare `--engine`."""
    parser.add_argument("--engine", choices=["embedded", "opensearch"], help="only this engine (default: every engine in use)")


def chosen_engines(name: str | None) -> tuple[Engine, ...]:
    """The engines asked for; a sentence with a way out when OpenSearch is not set up."""
    engines = tuple(engine for engine in configured.engines(CATALOGUE.name) if name in (None, engine.name))
    if not engines:
        raise CommandError("OpenSearch is not set up: set OPENSEARCH_URL to its address, or leave --engine out.")
    return engines
