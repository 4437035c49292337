"""Rows that a button takes out or moves: done to the fields as they were sent, before they are read."""

from __future__ import annotations

import re

from resourcebank.web.contributing_form import Fields, link_numbers, row_numbers

_ROW = {"step": r"(?:minutes|step\.[\w-]+)\.{}", "term": r"(?:term|role|reason)\.{}(?:\.\w+)?"}


def asked_rows(fields: Fields, root: str) -> int:
    """How many rows of steps or links the page had."""
    return len(row_numbers(fields) if root == "step" else link_numbers(fields))


def without_row(fields: Fields, root: str, number: str) -> Fields:
    """The fields without one step, link or picture; all of them when there is no such row."""
    if not number.isdecimal():
        return fields
    if root == "picture":
        return _without_picture(fields, int(number))
    pattern = re.compile(_ROW[root].format(number))
    return {name: values for name, values in fields.items() if not pattern.fullmatch(name)}


def _without_picture(fields: Fields, number: int) -> Fields:
    """A picture has its place by the order; those after it move up, with what they show."""
    pictures = list(fields.get("picture", ()))
    if not 1 <= number <= len(pictures):
        return fields
    kept = {name: values for name, values in fields.items() if not name.startswith("alt.")}
    left = [old for old in range(1, len(pictures) + 1) if old != number]
    for new, old in enumerate(left, start=1):
        kept |= {f"alt.{new}.{name.rpartition('.')[2]}": values for name, values in fields.items() if name.startswith(f"alt.{old}.")}
    return kept | {"picture": [pictures[old - 1] for old in left]}


def with_row_moved(fields: Fields, number: str) -> Fields:
    """The fields with one step moved before the one above it."""
    rows = row_numbers(fields)
    if not number.isdecimal() or int(number) not in rows[1:]:
        return fields
    here = int(number)
    above = rows[rows.index(here) - 1]
    swapped = {here: above, above: here}

    def renamed(name: str) -> str:
        mark = re.fullmatch(r"((?:minutes|step\.[\w-]+)\.)(\d+)", name)
        return f"{mark[1]}{swapped[int(mark[2])]}" if mark and int(mark[2]) in swapped else name

    return {renamed(name): values for name, values in fields.items()}
