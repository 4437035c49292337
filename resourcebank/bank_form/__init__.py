"""The file form of the starter bank: one folder for each resource, `resource.toml` and one Markdown file for each language form.

Pure reading and checking: no database. Everything wrong is found in one run and named with file and line. The pages that explain the
framework are held to the same rules of language here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from resourcebank.bank_form.explanation_rules import explanation_faults
from resourcebank.bank_form.files import BankFile
from resourcebank.bank_form.folder import Folder, Known, Reading, read_folder
from resourcebank.bank_form.rules import broken_rules
from resourcebank.faults import Fault

__all__ = ["BankFile", "Fault", "Folder", "Known", "Reading", "explanation_faults", "read_bank"]


def read_bank(path: Path, *, known: Known) -> Iterator[tuple[str, Folder | None, tuple[Fault, ...]]]:
    """(name, folder, faults) of every resource in a folder of resources, in the order of their names.

    Raises FileNotFoundError or NotADirectoryError when `path` is no folder.
    """
    for each in sorted(each for each in path.iterdir() if each.is_dir() and not each.name.startswith(".")):
        folder, faults = read_folder(each, known=known)
        if folder is not None:
            faults = faults + broken_rules(folder, known)
        yield each.name, folder, tuple(sorted(set(faults)))
