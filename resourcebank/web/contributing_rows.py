"""Rows that a button takes out or moves: done to the fields as they were sent, before they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resourcebank.web.contributing_form import Fields, link_numbers, row_numbers

_SAID_OF = {"picture": ("alt", "credit"), "file": ("file_name", "file_alt", "file_language", "file_credit")}
_ROW = {"step": r"(?:minutes|step\.[\w-]+)\.{}", "term": r"(?:term|role|reason)\.{}(?:\.\w+)?"}


def asked_rows(fields: Fields, root: str) -> int:
    """How many rows of steps or links the page had."""
    return len(row_numbers(fields) if root == "step" else link_numbers(fields))


def without_row(fields: Fields, root: str, number: str) -> Fields:
    """The fields without one step, link, picture or file; all of them when there is no such row."""
    if not number.isdecimal():
        return fields
    if root in _SAID_OF:
        return _without_listed(fields, root, int(number))
    pattern = re.compile(_ROW[root].format(number))
    return {name: values for name, values in fields.items() if not pattern.fullmatch(name)}


def with_listed_moved(fields: Fields, root: str, number: str) -> Fields:
    """The fields with one picture or file moved before the one above it."""
    listed = list(fields.get(root, ()))
    if not number.isdecimal() or not 2 <= int(number) <= len(listed):
        return fields
    here = int(number)
    order = list(range(1, len(listed) + 1))
    order[here - 2], order[here - 1] = here, here - 1
    return _in_order(fields, root, order)


def _without_listed(fields: Fields, root: str, number: int) -> Fields:
    count = len(fields.get(root, ()))
    return _in_order(fields, root, [old for old in range(1, count + 1) if old != number])


def _in_order(fields: Fields, root: str, order: Sequence[int]) -> Fields:
    """Pictures and files have their place by the order; what is said of each goes with it. `order` are the old numbers that stay."""
    listed, roots = list(fields.get(root, ())), _SAID_OF[root]
    kept = {name: values for name, values in fields.items() if name.partition(".")[0] not in roots}
    new = {old: place for place, old in enumerate(order, start=1)}
    for name, values in fields.items():
        of, _dot, rest = name.partition(".")
        old, _dot, last = rest.partition(".")
        if of in roots and old.isdecimal() and int(old) in new:
            kept[f"{of}.{new[int(old)]}{'.' if last else ''}{last}"] = values
    return kept | {root: [listed[old - 1] for old in order if old <= len(listed)]}


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
