"""Which side of a collection a search is about: what is for one kind of reader should not be strewn among what is for another.

Words alone do not tell: «klarer ikke å bestemme seg» may be said of a participant or of a team. But the best titles do, the search words
of curators among them: the side most of them are on gets a little more of a score, by as much as they agree. Measured on the judged
searches (docs/search.md); it is decided by the text alone, so that no filter changes the order of what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.tree import Best, Bool, Node, Side, Term
from search.wording import Wording

FOREMOST = 5
"""How many of the best titles are looked at."""
_WEIGHT, _NOTHING, _EQUAL = 0.4, 0.01, 1e-6
"""How much of the best title's score, when all of them are on one side; how little they may agree before it means nothing; and how far
apart scores are equal."""


def titles_by_side(wording: Wording, sides: tuple[str, str]) -> tuple[Node, ...]:
    """Two queries for the best titles: of the documents that have the value, and of those that lack it. None when no word is looked for."""
    titled = tuple(found for group in wording.groups if (found := _in_titles(group)))
    if not titled:
        return ()
    phrases = tuple(phrase for phrase in wording.phrases if phrase.field.endswith("_title"))
    query = Bool((), (*titled, *phrases), 1)
    facet, value = sides
    return tuple(Bool((query, Side(facet, value, there, 0.0)), (), 0) for there in (True, False))


def lean(scores: Sequence[Sequence[float]], sides: tuple[str, str]) -> Side | None:
    """More score for one side, from the scores of the best titles on either; None when they tell nothing.

    A share of a score, not a score: each engine has its own scale.
    """
    if not any(scores):
        return None
    having, lacking = scores
    best = sorted((*having, *lacking), reverse=True)
    least = best[:FOREMOST][-1] * (1 - _EQUAL)  # with all that are as good as the last
    on_either = [sum(score for score in some if score >= least) for some in (having, lacking)]
    share = on_either[0] / sum(on_either)
    agreed = abs(2 * share - 1)
    return Side(*sides, share > 0.5, _WEIGHT * best[0] * agreed) if agreed > _NOTHING else None


def _in_titles(node: Node) -> Node | None:
    """What of a word is looked for in titles."""
    match node:
        case Term(field):
            return node if field.endswith("_title") else None
        case Best(tie, nodes):
            titled = tuple(found for inner in nodes if (found := _in_titles(inner)))
            return Best(tie, titled) if titled else None
        case _:
            return None
