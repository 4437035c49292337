"""The pictures of a resource as files: read, taken through the same door as an upload, and compared with the drawings they come from."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from media.errors import PictureRefused
from media.pictures import examine
from resourcebank.bank_form.facts import Facts, PictureRow
from resourcebank.complaints import picture_complaint
from resourcebank.faults import Fault

ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif")
DRAWING = ".svg"
SOURCE = "source-sha256"
"""The PNG text chunk in which `make pictures` says which drawing it made the picture from."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the folder: what the file contains and its SHA-256 (hexadecimal)."""

    row: PictureRow
    data: bytes
    sha256: str


def read_pictures(folder: Path, facts: Facts, *, taken: Collection[str]) -> tuple[tuple[PictureFile, ...], list[Fault]]:
    """The pictures `resource.toml` names, and what is wrong with them. Those in `taken` (SHA-256) went through the door before.
    One that is named as a file, as the poster of a film is, is no concern of theirs."""
    found: list[PictureFile] = []
    faults: list[Fault] = []
    names: set[str] = set()
    for number, row in enumerate(facts.pictures):
        at = ("pictures", number, "file")
        if not row.file:
            continue  # said already, on the same line
        if row.file in names:
            faults.append(facts.source.fault(f"«{row.file}» står to ganger.", *at))
            continue
        names.add(row.file)
        if (message := _misnamed(folder, row.file)) or (message := _unmade(folder / row.file)):
            faults.append(facts.source.fault(message, *at))
            continue
        data = (folder / row.file).read_bytes()
        picture = PictureFile(row, data, hashlib.sha256(data).hexdigest())
        try:
            if picture.sha256 not in taken:
                examine(data)
        except PictureRefused as refused:
            faults.append(facts.source.fault(f"«{row.file}»: {picture_complaint(refused)}", *at))
        else:
            found.append(picture)
    return tuple(found), faults + list(_left_over(folder, names | {row.file for row in facts.files}))


def _misnamed(folder: Path, name: str) -> str:
    if "/" in name or name.startswith(".") or Path(name).suffix.lower() not in ENDINGS:
        return f"«{name}» er ikke navnet på et bilde i mappen (.png, .jpg, .webp eller .gif)."
    return "" if (folder / name).is_file() else f"«{name}» finnes ikke i mappen."


def _unmade(picture: Path) -> str:
    """A picture that has a drawing beside it was made from it as it is now."""
    drawing = picture.with_suffix(DRAWING)
    if not drawing.is_file():
        return ""
    if made_from(picture.read_bytes()) != hashlib.sha256(drawing.read_bytes()).hexdigest():
        return f"«{picture.name}» er ikke laget av «{drawing.name}» slik den er nå. Kjør: make pictures"
    return ""


def made_from(data: bytes) -> str:
    """The SHA-256 of the drawing a PNG says it was made from, or ""."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            return str(picture.info.get(SOURCE, ""))
    except (OSError, SyntaxError, ValueError):
        return ""  # no PNG, or a broken one: the door says so


def _left_over(folder: Path, named: set[str]) -> Iterator[Fault]:
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in ENDINGS and file.name not in named:
            yield Fault(file, 1, "Bildet står ikke under [[pictures]] i resource.toml.")
        if file.suffix == DRAWING and not any(Path(name).stem == file.stem for name in named):
            yield Fault(file, 1, "Tegningen hører ikke til noe bilde under [[pictures]] i resource.toml.")
