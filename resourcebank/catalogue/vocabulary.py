"""Names and order of every facet's values, remembered for a few seconds: they change with an edit of a file, not with a request."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.models.taxonomy import pick_label
from resourcebank.selectors.searchable import named_terms

_REMEMBERED_FOR = 10.0


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a facet with its names; `place` orders it within its vocabulary, children after their parent."""

    slug: str
    labels: Mapping[str, str]
    confirmed: bool
    labels_confirmed: tuple[str, ...]
    active: bool
    place: tuple[int, ...]

    def label(self, language: str) -> str:
        """The name in a language, or the nearest there is."""
        return pick_label(dict(self.labels), language=language, otherwise=self.slug)

    @property
    def depth(self) -> int:
        """0 for a top value, 1 for its child."""
        return len(self.place) - 1


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that has a name: per vocabulary its own labels and its values by slug."""

    facets: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, Named]]

    def known(self) -> dict[str, tuple[str, ...]]:
        """The values a request may choose, per facet."""
        return {f.name: tuple(slug for slug, named in self.values.get(f.name, {}).items() if named.active) for f in SCHEMA.facets}


class _Shelf:
    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[float, Names] | None = None

    def get(self) -> Names:
        held = self._held
        if held and time.monotonic() < held[0]:
            return held[1]
        names = _read()
        with self._lock:
            self._held = (time.monotonic() + _REMEMBERED_FOR, names)
        return names

    def forget(self) -> None:
        with self._lock:
            self._held = None


_shelf = _Shelf()


def names() -> Names:
    """The names of all vocabularies and values."""
    return _shelf.get()


def known_values() -> dict[str, tuple[str, ...]]:
    """The values a request may choose, per facet."""
    return names().known()


def forget_labels() -> None:
    """Read the names anew at the next request of this process; called where they are changed."""
    _shelf.forget()


def _read() -> Names:
    places: dict[int, tuple[int, ...]] = {}
    values: dict[str, dict[str, Named]] = {}
    rows = sorted(named_terms(), key=lambda term: (term.vocabulary_id, term.parent_id is not None, term.position, term.slug))
    for term in rows:
        above = places.get(term.parent_id, ()) if term.parent_id else ()
        places[term.pk] = (*above, term.position)
        values.setdefault(term.vocabulary_id, {})[term.slug] = Named(
            term.slug, term.labels, term.confirmed, tuple(term.labels_confirmed), term.active, places[term.pk]
        )
    return Names({term.vocabulary_id: term.vocabulary.labels for term in rows}, values)
