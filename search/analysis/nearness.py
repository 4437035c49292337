"""How many slips of the finger lie between two words."""

from __future__ import annotations

_MARKS = 4
"""More marks over letters than this make no difference any more."""


def distance(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance (Damerau 1964, each place edited once); `most + 1` as soon as it is above `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i] + [most + 1] * len(b)
        low, high = max(1, i - most), min(len(b), i + most)
        for j in range(low, high + 1):
            value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != b[j - 1]))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == b[j - 1]:
                value = min(value, before[j - 2] + 1)
            row[j] = value
        if min(row[low - 1 : high + 1]) > most:
            return most + 1
        before, last = last, row
    return min(last[len(b)], most + 1)


def away(word: str, other: str, edits: int) -> tuple[int, int]:
    """(slips between the folded forms, as given; slips between the words as they are written): the nearest word has the least."""
    return edits, distance(word, other, edits + _MARKS)
