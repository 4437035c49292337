"""A copy of a good bank on somebody's desk: edited, read, checked and loaded like the real one."""

from __future__ import annotations

import shutil
from functools import cache
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from resourcebank.bank_form import Fault, Known, read_bank
from resourcebank.checklist import read_checklist
from resourcebank.framework import CHECKLIST, known_slugs, read_framework

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SAMPLE = Path(__file__).with_name("sample")
SLUG = "tre-hendelser"
A_CUP = 'alt.nb = "En kopp."\nalt.nn = "Ein kopp."'


@cache
def known() -> Known:
    """What a resource may name, as the files of the framework say."""
    entries, _ = read_framework(FIXTURES / "framework")
    checklist, _ = read_checklist(FIXTURES / "framework" / CHECKLIST)
    assert checklist
    return Known(known_slugs(entries), {row.key: row.optional for row in checklist.criteria})


class Desk:
    """A folder with one good resource and a copy of the framework's files."""

    def __init__(self, path: Path) -> None:
        self.bank = Path(shutil.copytree(SAMPLE, path / "bank"))
        self.framework = Path(shutil.copytree(FIXTURES / "framework", path / "framework"))
        self.folder = self.bank / SLUG

    def edit(self, file: str, old: str, new: str, *, folder: Path | None = None) -> Path:
        """Replace the only occurrence of a text in a file; an empty `old` adds to the end."""
        path = (folder or self.folder) / file
        text = path.read_text(encoding="utf-8")
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
        return path

    def another(self, slug: str) -> Path:
        """A second resource like the first."""
        return Path(shutil.copytree(self.folder, self.bank / slug))

    def picture(self, name: str, data: bytes, *, alt: str = A_CUP, folder: Path | None = None) -> Path:
        """Put a picture in a folder and name it in `resource.toml`."""
        self.edit("resource.toml", "", f'\n[[pictures]]\nfile = "{name}"\n{alt}\n', folder=folder)
        path = (folder or self.folder) / name
        path.write_bytes(data)
        return path

    def faults(self) -> tuple[Fault, ...]:
        """Everything wrong with the resources."""
        return tuple(fault for _, _, faults in read_bank(self.bank, known=known()) for fault in faults)

    def load(self) -> str:
        """What `load_bank` prints."""
        return command("load_bank", str(self.bank))

    def load_framework(self) -> str:
        """What `load_framework` prints."""
        return command("load_framework", str(self.framework))


def command(name: str, *arguments: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()
