"""What an engine must do, and the plain data it takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from search.analysis.tokens import AnalysedDocument
from search.plan import Plan
from search.schema import Schema
from search.tree import Node


@dataclass(frozen=True, slots=True)
class RawPage:
    """Total, (id, score or None) of the page in order, and value -> count per facet."""

    total: int
    hits: tuple[tuple[str, float | None], ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Put:
    """A document to store, with the number of its newest change in the log."""

    document: AnalysedDocument
    version: int


@dataclass(frozen=True, slots=True)
class Delete:
    """A document to remove, with the number of its newest change in the log."""

    id: str
    version: int


Write = Put | Delete


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that the engine would not take, and why."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What a generation holds of one document: enough to compare it with the database."""

    id: str
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was built with."""

    generation: str
    fingerprint: str
    lexicon: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Documents in the index; hits of each query that was counted; scores of the first `FOREMOST` hits of each that was
    ranked, the best first. All before any filter."""

    size: int
    hits: tuple[int, ...]
    scores: tuple[tuple[float, ...], ...] = ()


class View(Protocol):
    """One generation as it stands now, to answer one request from."""

    about: About
    far: bool
    """Is asking once for much better than asking often for little?"""

    @property
    def stamp(self) -> str:
        """Changes whenever the answers may have changed, as far as the engine knows without asking."""

    def totals(self, queries: Sequence[Node], foremost: Sequence[Node] = ()) -> Totals:
        """The hits of each query, and the scores of the first hits of each of `foremost`."""

    def search(self, plan: Plan) -> RawPage:
        """The answer to a plan."""


class Generation(Protocol):
    """A generation being built beside the live one."""

    name: str

    def write(self, writes: Iterable[Write]) -> tuple[Refusal, ...]:
        """Store and remove documents; what could not be stored comes back."""

    def finish(self) -> int:
        """Make everything searchable; gives the number of documents."""

    def publish(self, position: int) -> None:
        """Put this generation in the live one's place at one stroke, and remove the old one.

        `position` is how far in the log its documents are known to have come.
        """

    def abandon(self) -> None:
        """Remove what was built; the live generation is untouched."""


class Writer(Protocol):
    """Changes to the live generation. Only one writer of a generation is open at a time on a host."""

    about: About
    position: int | None
    """How far in the log the generation has come; None when the engine leaves that to the database."""

    def write(self, writes: Iterable[Write], *, position: int) -> tuple[Refusal, ...]:
        """Apply the changes, make them searchable, and remember the position."""


class Engine(Protocol):
    """One way to keep and search an index."""

    name: str
    keeps_position: bool
    """Does a generation remember by itself how far in the log it has come? Else the database does."""

    def view(self, schema: Schema) -> View:
        """The live generation. Raises IndexBroken, EngineUnavailable."""

    def writer(self, schema: Schema, *, wait: float) -> AbstractContextManager[Writer]:
        """Open the live generation for changes, waiting at most `wait` seconds for another writer; then EngineBusy."""

    def position(self, schema: Schema) -> int | None:
        """How far the live generation has come in the log; None when the engine leaves that to the database."""

    def begin(self, schema: Schema, *, fingerprint: str, lexicon: str) -> Generation:
        """Start a new generation."""

    def version(self) -> str:
        """What of the engine decides whether an index can be read: part of the fingerprint."""

    def contents(self, schema: Schema) -> Iterator[Stored]:
        """Every document of the live generation."""

    def check(self, schema: Schema) -> tuple[About, int]:
        """Look whether the live generation is whole: what it was built with, and how many documents it holds.

        Asks also an engine that failed a moment ago. Raises IndexBroken, EngineUnavailable.
        """

    def drop(self, schema: Schema) -> None:
        """Remove every generation of an index."""
