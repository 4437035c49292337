"""Resources like one that is being read."""

from __future__ import annotations

from collections.abc import Sequence

from resourcebank.catalogue.documents import CATALOGUE, passages_of
from resourcebank.selectors import Card, Face, PublishedResource, published_cards, published_faces
from search.engines.base import Engine
from search.index import Document
from search.likeness import documents_like

SHOWN = 4
"""How many like it are shown."""


def similar_cards(found: PublishedResource, *, language: str, engines: Sequence[Engine] | None = None) -> list[Card]:
    """The likest published resources, whole cards. Raises SearchDown when no engine can answer."""
    return published_cards(_ids(found, engines), language)


def similar_faces(found: PublishedResource, *, language: str) -> list[Face]:
    """The same with title and summary only; one statement. Raises SearchDown when no engine can answer."""
    return [faces[0] for faces in published_faces(_ids(found, None), language)]


def _ids(found: PublishedResource, engines: Sequence[Engine] | None) -> tuple[str, ...]:
    linked = [link.term for link in found.links]
    kind = [found.revision.kind] if found.revision.kind else []
    document = Document(str(found.resource.public_id), passages_of(found.forms, [*linked, *kind]))
    return documents_like(CATALOGUE, document, most=SHOWN, engines=engines)
