"""What a query is made of: a tree of plain values, which engines render and nothing else."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """Documents with a token in a field."""

    field: str
    token: str
    boost: float


class Phrase(NamedTuple):
    """Documents with tokens side by side in a field."""

    field: str
    tokens: tuple[str, ...]
    boost: float


class Best(NamedTuple):
    """The best of the alternatives, plus a share of the others' scores."""

    tie: float
    nodes: tuple[Node, ...]


class Bool(NamedTuple):
    """All of `must`; of `should` at least `least` (0: they only add to the score); none of `without`. Without `must` and `should`
    it is every document but those."""

    must: tuple[Node, ...]
    should: tuple[Node, ...]
    least: int
    without: tuple[Node, ...] = ()


class Side(NamedTuple):
    """Documents that have a value in a facet, or (`there` false) all that lack it; each scores `boost`."""

    facet: str
    value: str
    there: bool
    boost: float


Node = Term | Phrase | Best | Bool | Side


def leaves(node: Node) -> int:
    """How many terms and phrases a tree holds."""
    match node:
        case Best(_, nodes):
            return sum(leaves(n) for n in nodes)
        case Bool(must, should, _, without):
            return sum(leaves(n) for n in (*must, *should, *without))
        case _:
            return 1
