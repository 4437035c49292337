"""One thing to mend in a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["blocking", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `field` is the place: `minutes`, `terms`, `forms.nb.care`, `forms.nb.steps.2`."""

    code: str
    level: Level
    field: str
    message: str

    @property
    def blocks(self) -> bool:
        """It stops a submission."""
        return self.level == "blocking"


def block(code: str, field: str, message: str) -> Finding:
    """Something that must be mended before the text is handed in."""
    return Finding(code, "blocking", field, message)


def one_is_enough(missing: Sequence[str], asked: Sequence[str]) -> Callable[[str, str, str], Finding]:
    """A text in one of the written standards is enough to send in; the other is advice."""
    return advise if len(missing) < len(asked) else block


def advise(code: str, field: str, message: str) -> Finding:
    """Something that somebody should look at."""
    return Finding(code, "advice", field, message)
