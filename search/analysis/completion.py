"""The words of a collection that begin as a person has begun to type, commonest first."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from search.analysis.lexicon import Lexicon
from search.analysis.normalise import fold
from search.schema import GROUPS

_LONGEST = "\U0010ffff"


class Completion(NamedTuple):
    """A written word, the group whose texts hold it, and how many times they do."""

    word: str
    group: str
    times: int


class _Sorted:
    """The folded words of each group in order. Words that are learnt later come last in a lexicon's counts, and are sorted in."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read = dict.fromkeys(GROUPS, 0)
        self._words: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}

    def of(self, group: str, lexicon: Lexicon) -> list[tuple[str, str]]:
        """(folded, written) pairs of a group. A list is never sorted under its reader: it grows, or another replaces it."""
        counts = lexicon.counts[group]
        with self._lock:
            held, new = self._words[group], list(islice(counts, self._read[group], None))
            self._read[group] += len(new)
            if len(new) > len(held):
                held = self._words[group] = sorted([*held, *((fold(word), word) for word in new)])
            else:
                for word in new:
                    insort(held, (fold(word), word))
            return held


_shelf: WeakKeyDictionary[Lexicon, _Sorted] = WeakKeyDictionary()


def completions(prefix: str, lexicon: Lexicon, *, most: int, first: str = GROUPS[0]) -> list[Completion]:
    """At most `most` words of each group that begin with `prefix` (in normal form; letters without their marks will do): those of the group
    `first` in front, in each the commonest first."""
    made = _shelf.setdefault(lexicon, _Sorted())
    groups = sorted(GROUPS, key=lambda group: group != first)
    found = (nsmallest(most, _in_group(fold(prefix), group, lexicon, made), key=lambda one: (-one.times, one.word)) for group in groups)
    return [completion for some in found for completion in some]


def _in_group(folded: str, group: str, lexicon: Lexicon, made: _Sorted) -> Iterator[Completion]:
    held, counts = made.of(group, lexicon), lexicon.counts[group]
    first, last = bisect_left(held, (folded,)), bisect_left(held, (folded + _LONGEST,))
    return (Completion(word, group, counts[word]) for _, word in held[first:last] if not word.isdigit())
