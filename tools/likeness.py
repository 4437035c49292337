#!/usr/bin/env python3
"""How alike the exercises of the starter bank are: `python -m tools.likeness` prints the twenty nearest of all pairs.

Two numbers for each pair, from 0 to 1: the cosine of their words (stems weighed by how few exercises have them) and the share of five-word
runs the shorter text has in common with the other. Each pair is for an editor to read: are they the same exercise in other words?
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from search.analysis.normalise import words
from search.analysis.stems import stem
from search.analysis.tables import give, stop_words

ROOT = Path(__file__).resolve().parents[1]
BANK = ROOT / "fixtures" / "bank"
TABLES = ROOT / "resourcebank" / "catalogue" / "words"
SHOWN = 20
RUN = 5
_HEADING = re.compile(r"^(?:---|## .*|made_from:.*)$", re.MULTILINE)


class Likeness(NamedTuple):
    """How near two exercises are."""

    words: float
    runs: float
    one: str
    other: str


def likenesses(texts: dict[str, str]) -> list[Likeness]:
    """Every pair of texts, the nearest in words first."""
    stops = stop_words()["no"]
    counts = {name: Counter(stem(word, "no") for word in words(text) if word not in stops) for name, text in texts.items()}
    having = Counter(token for count in counts.values() for token in count)
    vectors = {name: _unit({t: (1 + math.log(n)) * math.log(len(texts) / having[t]) for t, n in c.items()}) for name, c in counts.items()}
    runs = {name: _runs(text) for name, text in texts.items()}
    pairs = combinations(sorted(texts), 2)
    return sorted((Likeness(_cosine(vectors[a], vectors[b]), _shared(runs[a], runs[b]), a, b) for a, b in pairs), reverse=True)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {token: weight / length for token, weight in vector.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other.get(token, 0.0) for token, weight in one.items())


def _runs(text: str) -> set[tuple[str, ...]]:
    every = words(text)
    return {tuple(every[at : at + RUN]) for at in range(len(every) - RUN + 1)}


def _shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def main() -> int:
    """Print the nearest pairs and the ones with most runs in common."""
    give(TABLES)
    texts = {file.parent.name: _HEADING.sub("", file.read_text(encoding="utf-8")) for file in sorted(BANK.glob("*/nb.md"))}
    found = likenesses(texts)
    print(f"{len(texts)} exercises, {len(found)} pairs; the {SHOWN} nearest in words:")
    for pair in found[:SHOWN]:
        print(f"{pair.words:.3f} {pair.runs:.3f} {pair.one} ~ {pair.other}")
    print("The five with most runs of words in common:")
    for pair in sorted(found, key=lambda pair: -pair.runs)[:5]:
        print(f"{pair.words:.3f} {pair.runs:.3f} {pair.one} ~ {pair.other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
