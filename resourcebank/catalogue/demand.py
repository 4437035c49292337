"""What people look for and do not find, as the coverage map shows it: the forms of a word together, bokmål and nynorsk side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resourcebank.selectors import Need, needs
from search.analysis.stems import stem


@dataclass(frozen=True, slots=True)
class Demand:
    """A word in the forms it was looked for in, the commonest first, or the value of a filter (`facet` names it). `count` searches found
    nothing with it, `said` people told us that it is missing. `keys` are those of its forms."""

    facet: str
    words: tuple[str, ...]
    count: int
    said: int
    keys: tuple[str, ...]


def demand() -> tuple[Demand, ...]:
    """Everything people missed in the last 90 days, what they told us first, then the commonest: one statement."""
    groups: dict[tuple[str, str], list[Need]] = {}
    for need in needs():
        groups.setdefault((need.facet, need.word if need.facet else stem(need.word, "no")), []).append(need)
    return tuple(sorted(map(_together, groups.values()), key=lambda each: (-each.said, -each.count, each.facet, each.words)))


def _together(forms: Sequence[Need]) -> Demand:
    ordered = sorted(forms, key=lambda form: (-form.count - form.said, form.word))
    return Demand(
        facet=ordered[0].facet,
        words=tuple(form.word for form in ordered),
        count=sum(form.count for form in ordered),
        said=sum(form.said for form in ordered),
        keys=tuple(form.key for form in ordered),
    )
