"""What a form that was refused shows again: everything typed, and what is wrong at each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from resourcebank.errors import BankError, Invalid


@dataclass(frozen=True, slots=True)
class Fault:
    """One sentence; `field` is the id of the field it belongs to, "" for the whole form."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The values of a form by field, and its faults."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def at(self) -> dict[str, str]:
        """The first fault of each field."""
        return {fault.field: fault.sentence for fault in reversed(self.faults) if fault.field}


def refused_form(values: Mapping[str, str], error: BankError) -> Sent:
    """The form as it was sent, with the refusal at its fields where it names any."""
    problems = error.problems if isinstance(error, Invalid) else ()
    faults = tuple(Fault(problem.field, problem.message) for problem in problems)
    return Sent(values, faults or (Fault("", error.message),))
