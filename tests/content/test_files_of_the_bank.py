"""Documents and films in the folders of the bank: the same doors as for an upload, and every fault with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import Client, override_settings

from media.models import MediaFile
from media.shelf import digest
from resourcebank.content import content_of
from resourcebank.models import Resource, Revision
from tests.content.desk import SLUG, Desk
from tests.media.made import drawing, saved
from tests.media.made_files import SRT, VTT, docx, mp4, pdf, pdf_with_script

PNG = saved(drawing(), "PNG")
SAID = {
    "worksheet": 'caption.nb = "Samtaleark"\ncaption.nn = "Samtaleark"\nlanguage = "nb"',
    "film": "",
    "captions": 'language = "nb"',
    "poster": 'alt.nb = "En kopp."\nalt.nn = "Ein kopp."',
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


def put(desk: Desk, name: str, data: bytes, role: str, said: str = "") -> None:
    """A file in the folder, named in `resource.toml`."""
    (desk.folder / name).write_bytes(data)
    desk.edit("resource.toml", "", f'\n[[files]]\nfile = "{name}"\nrole = "{role}"\n{said or SAID[role]}\n')


def told(desk: Desk) -> None:
    """A transcript in every form that has steps."""
    for form in ("nb", "nn", "nb-a2"):
        desk.edit(f"{form}.md", "", "\n## transcript\nEn kopp.\n" if form != "nn" else "\n## transcript\nEin kopp.\n")


def published() -> Revision:
    revision = Resource.objects.get(slug=SLUG).published
    assert revision
    return revision


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_files_are_published_with_the_resource_and_a_second_run_changes_nothing(desk: Desk, client: Client) -> None:
    put(desk, "kopp.png", PNG, "poster")
    put(desk, "film.mp4", mp4(), "film")
    put(desk, "film-nb.vtt", VTT, "captions")
    put(desk, "film-nn.srt", SRT.encode(), "captions", 'language = "nn"')
    put(desk, "ark.pdf", pdf(pages=2), "worksheet", 'caption.nb = "Samtaleark"\nrights = "Ola Hansen"')
    told(desk)
    assert desk.faults() == ()
    desk.load()
    files = content_of(published()).files
    assert [file.role for file in files] == ["worksheet", "film", "captions", "captions", "poster"]
    assert (files[0].sha256, files[0].caption, files[0].rights) == (digest(pdf(pages=2)), {"nb": "Samtaleark"}, "Ola Hansen")
    assert [file.language for file in files[2:4]] == ["nb", "nn"]
    before = Revision.objects.count(), MediaFile.objects.count()
    desk.load()
    assert (Revision.objects.count(), MediaFile.objects.count()) == before
    page = client.get(f"/nb/ressurs/{SLUG}/").content.decode()
    assert f'src="/fil/{digest(mp4())}.mp4"' in page


@pytest.mark.parametrize(
    ("change", "said", "row"),
    [
        (lambda desk: put(desk, "ark.pdf", pdf_with_script(), "worksheet"), "«ark.pdf»: Filen inneholder program", 'file = "ark.pdf"'),
        (lambda desk: put(desk, "ark.docx", docx(), "smell", "x.y = 1"), "«smell» er ingen av worksheet", 'role = "smell"'),
        (lambda desk: put(desk, "film.mp4", pdf(), "film"), "Filen er ikke en film vi tar imot", 'file = "film.mp4"'),
        (lambda desk: put(desk, "film.vtt", b"x", "captions"), "Filen er ikke teksting vi tar imot", 'file = "film.vtt"'),
        (lambda desk: put(desk, "kopp.png", b"x", "poster"), "Filen er ikke et bilde vi tar imot", 'file = "kopp.png"'),
        (
            lambda desk: desk.edit("resource.toml", "", '\n[[files]]\nfile = "../ark.pdf"\nrole = "worksheet"\n'),
            "finnes ikke",
            "../ark.pdf",
        ),
        (lambda desk: put(desk, "ark.pdf", pdf(), "worksheet", 'caption.nn = "Muligheter"'), "muligheter", "caption.nn"),
        (lambda desk: put(desk, "ark.pdf", pdf(), "worksheet", 'language = "nb"'), "Skriv hva dokumentet heter", 'file = "ark.pdf"'),
    ],
)
def test_a_fault_is_named_with_file_and_line(change: Callable[[Desk], None], said: str, row: str, desk: Desk) -> None:
    change(desk)
    facts = desk.folder / "resource.toml"
    fault = next(fault for fault in desk.faults() if said.casefold() in fault.message.casefold())
    assert fault.file == facts
    lines = facts.read_text(encoding="utf-8").splitlines()
    table = max(number for number, line in enumerate(lines, start=1) if line == "[[files]]")
    assert row in lines[fault.line - 1] or fault.line == table


def test_a_file_nobody_names_is_a_fault(desk: Desk) -> None:
    (desk.folder / "ark.pdf").write_bytes(pdf())
    assert [(fault.file.name, fault.message) for fault in desk.faults()] == [
        ("ark.pdf", "Filen står ikke under [[files]] i resource.toml.")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_a_film_without_captions_is_not_loaded(desk: Desk) -> None:
    put(desk, "film.mp4", mp4(), "film")
    told(desk)
    with pytest.raises(CommandError) as refusal:
        desk.load()
    assert "Last opp teksting" in str(refusal.value)
    assert not MediaFile.objects.exists()
