"""The engines this site uses, as its settings say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from search.analysis import analysis_version
from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine
from search.schema import Schema


def index_dir(index_name: str) -> Path:
    """The folder of an index on this host: generations of the embedded engine, and the lexicons."""
    return Path(settings.SEARCH["INDEX_DIR"]) / index_name


def embedded(index_name: str) -> TantivyEngine:
    """The embedded engine: always kept, also when OpenSearch answers."""
    return _tantivy(index_dir(index_name))


def engines(index_name: str) -> tuple[Engine, ...]:
    """Every engine in use, the one that answers first in front."""
    url = settings.SEARCH.get("OPENSEARCH_URL")
    own = embedded(index_name)
    return (_opensearch(url, settings.SEARCH.get("OPENSEARCH_CA", ""), settings.SEARCH.get("PREFIX", "")), own) if url else (own,)


def fingerprint(schema: Schema, engine: Engine) -> str:
    """What an index must have been built with to be used by this code."""
    return _fingerprint(schema, engine.version())


@cache
def _fingerprint(schema: Schema, engine_version: str) -> str:
    return schema.fingerprint(analysis_version(), engine_version)


@cache
def _tantivy(path: Path) -> TantivyEngine:
    return TantivyEngine(path)


@cache
def _opensearch(url: str, ca: str, prefix: str) -> Engine:
    # Its client takes a third of a second to import, which a site without a node need not wait for at every start.
    from search.engines.opensearch import OpenSearchEngine  # noqa: PLC0415

    return OpenSearchEngine(url, ca, prefix)
