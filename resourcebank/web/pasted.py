"""Steps that somebody pasted in as one text, taken apart: whoever has the exercise in a document need not copy step by step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from resourcebank.content import tidy_text

_NUMBERED = re.compile(r"(?:steg\s+)?(\d{1,2})\s*[.):]\s+(?=\S)", re.IGNORECASE)
_TIME = r"(?:ca\.?\s*)?(\d{1,3})\s*(?:minutter|minutt|minutes|minute|min)\.?"
_MINUTES = re.compile(rf"\s*(?:[(\[]\s*{_TIME}\s*[)\]]|[–-]\s*{_TIME})\.?\s*$", re.IGNORECASE)
MOST = 50


@dataclass(frozen=True, slots=True)
class Pasted:
    """The steps per form, and the minutes each says it takes (None where it says none); empty when nothing was pasted."""

    steps: Mapping[str, list[str]] = field(default_factory=dict)
    minutes: tuple[int | None, ...] = ()


def pasted_steps(rows: Mapping[str, Sequence[str]]) -> Pasted:
    """`rows` is what each form has in its rows of steps. Something was pasted when the first row of a form holds a numbered list
    (1. … 2. …) and all others are empty; a time at the end of a point («5 min») is the time of that step."""
    found = {code: points for code, texts in rows.items() if (points := _points(texts))}
    timed = {code: [_timed(point) for point in points] for code, points in found.items()}
    longest = max(map(len, timed.values()), default=0)
    minutes = tuple(next((points[n][1] for points in timed.values() if n < len(points) and points[n][1]), None) for n in range(longest))
    return Pasted({code: [text for text, _minutes in points] for code, points in timed.items()}, minutes)


def _points(texts: Sequence[str]) -> list[str]:
    kept = [tidy_text(text) for text in texts]
    if not kept or any(kept[1:]):
        return []
    points: list[list[str]] = []
    for line in kept[0].split("\n"):
        mark = _NUMBERED.match(line.strip())
        if mark and int(mark[1]) == len(points) + 1:
            points.append([line.strip()[mark.end() :]])
        elif points and line.strip():
            points[-1].append(line.strip())
        elif line.strip():
            return []
    return ["\n".join(lines) for lines in points] if 2 <= len(points) <= MOST else []


def _timed(point: str) -> tuple[str, int | None]:
    mark = _MINUTES.search(point)
    if mark is None or not point[: mark.start()].strip():
        return point, None
    return point[: mark.start()].strip(), int(mark[1] or mark[2])
