"""What stands on a page of a contribution: fields, choices, rows, and what is to be mended in them."""

from __future__ import annotations

from dataclasses import dataclass

from resourcebank.web.contributing_words import Place


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend, and the address of its field. `where` is the language form it concerns, when there are several."""

    message: str
    blocks: bool
    place: Place
    url: str
    code: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `rows` 0 is a single line. `kind` is the type of a single line. `fetched`: its text came from another page."""

    name: str
    label: str
    value: str
    hint: str = ""
    example: str = ""
    example_language: str = ""
    remarks: tuple[Remark, ...] = ()
    required: bool = False
    fetched: bool = False
    language: str = ""
    dir: str = ""
    rows: int = 0
    kind: str = "text"

    @property
    def invalid(self) -> bool:
        """Something here stops the page from being kept or sent in."""
        return any(remark.blocks for remark in self.remarks)

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the field, for a screen reader."""
        notes = [f"{self.name}-hint"] if self.hint else []
        return " ".join([*notes, *(f"{self.name}-remark-{number}" for number in range(1, len(self.remarks) + 1))])


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in one form; `minutes` only in the form that stands first."""

    number: int
    text: Field
    minutes: Field | None
    first: bool


@dataclass(frozen=True, slots=True)
class FormPart:
    """One language form on the page. `beside`: it stands beside the others instead of folded in below them."""

    code: str
    name: str
    language: str
    dir: str
    first: bool
    beside: bool
    unfolded: bool
    removable: bool
    stale: bool
    remarks: tuple[Remark, ...]
    before: tuple[Field, ...]
    steps: tuple[StepRow, ...]
    steps_required: bool
    steps_hint: str
    steps_example: str
    steps_language: str
    after: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen."""

    value: str
    label: str
    chosen: bool
    hint: str = ""
    working_title: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """A field whose values are given. `groups` only for a list with headings in it."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    hint: str = ""
    remarks: tuple[Remark, ...] = ()
    required: bool = False
    fetched: bool = False

    @property
    def invalid(self) -> bool:
        """Something here stops the page from being kept or sent in."""
        return any(remark.blocks for remark in self.remarks)

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the field, for a screen reader."""
        notes = [f"{self.name}-hint"] if self.hint else []
        return " ".join([*notes, *(f"{self.name}-remark-{number}" for number in range(1, len(self.remarks) + 1))])


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link to the framework: which, in what role, and why."""

    number: int
    term: Choices
    role: Choices
    reasons: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture of the draft: where it is shown from, and what it shows. One that was found on another page has its address."""

    number: int
    sha256: str
    url: str
    source_url: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the draft: what it is in words, where it lies, and what is said of it. `movable`: another of its kind is above it.
    `picture` is the address of a poster."""

    number: int
    key: str
    role: str
    name: str
    facts: str
    url: str
    movable: bool
    language: Choices | None
    fields: tuple[Field, ...]
    remarks: tuple[Remark, ...] = ()
    picture: str = ""
