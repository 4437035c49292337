"""The documents and films of a resource as files: read, and taken through the same doors as an upload."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from media import captions, documents, films
from media.errors import FileRefused, PictureRefused
from media.pictures import examine
from resourcebank.bank_form.facts import Facts, FileRow
from resourcebank.complaints import file_complaint
from resourcebank.faults import Fault

FILE_ENDINGS = (".pdf", ".docx", ".odt", ".mp4", ".webm", ".vtt", ".srt")
_ROLES = ("worksheet", "film", "captions", "poster")


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file of the folder and the SHA-256 (hexadecimal) of what it contains."""

    row: FileRow
    path: Path
    sha256: str


def read_files(folder: Path, facts: Facts, *, taken: Collection[str]) -> tuple[tuple[BankFile, ...], list[Fault]]:
    """The files `resource.toml` names, and what is wrong with them. Those in `taken` (SHA-256) went through their door before."""
    found: list[BankFile] = []
    faults: list[Fault] = []
    for number, row in enumerate(facts.files):
        at = ("files", number, "file")
        if not row.file:
            continue  # said already, on the same line
        path = folder / row.file
        if row.role not in _ROLES:
            faults.append(facts.source.fault(f"«{row.role}» er ingen av {', '.join(_ROLES)}.", "files", number, "role"))
        elif "/" in row.file or row.file.startswith(".") or not path.is_file():
            faults.append(facts.source.fault(f"«{row.file}» finnes ikke i mappen.", *at))
        else:
            with path.open("rb") as file:
                kept = BankFile(row, path, hashlib.file_digest(file, "sha256").hexdigest())
                message = "" if kept.sha256 in taken else _refusal(row.role, file, path.stat().st_size)
            if message:
                faults.append(facts.source.fault(f"«{row.file}»: {message}", *at))
            else:
                found.append(kept)
    return tuple(found), faults + list(_left_over(folder, {row.file for row in facts.files}))


def _refusal(role: str, file: BinaryIO, size: int) -> str:
    """Why the file would not be taken; "" when it would."""
    file.seek(0)
    try:
        match role:
            case "worksheet":
                documents.read(file.read(documents.MAX_BYTES + 1))
            case "film":
                films.read(file, size)
            case "captions":
                captions.read(file.read(captions.MAX_BYTES + 1))
            case _:
                examine(file.read())
    except (FileRefused, PictureRefused) as refused:
        return file_complaint(refused)
    return ""


def _left_over(folder: Path, named: set[str]) -> Iterator[Fault]:
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in FILE_ENDINGS and file.name not in named:
            yield Fault(file, 1, "Filen står ikke under [[files]] i resource.toml.")
