"""The doors for documents, films and captions: hostile until looked through, and kept as they were, or written anew."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from media import documents
from media.errors import FileRefused, Kind
from media.models import MediaFile
from media.office import DOCX, ODT
from media.shelf import damaged, digest, keep_file, path_of_file
from tests.media.made_files import (
    REFUSED_CAPTIONS,
    REFUSED_DOCUMENTS,
    REFUSED_FILMS,
    SRT,
    VTT,
    docx,
    docx_with,
    mp4,
    odt,
    pdf,
    relation,
    webm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def kept(data: bytes, kind: Kind) -> MediaFile:
    return keep_file(io.BytesIO(data), kind=kind)


def refused(data: bytes, kind: Kind) -> str:
    with pytest.raises(FileRefused) as refusal:
        kept(data, kind)
    assert refusal.value.kind == kind
    return refusal.value.code


def nothing_left(folder: Path) -> bool:
    return not MediaFile.objects.exists() and not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("file", "code"), REFUSED_DOCUMENTS.values(), ids=REFUSED_DOCUMENTS)
def test_a_document_that_is_none_or_acts_by_itself_is_refused(file: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    assert refused(file(), "document") == code
    assert nothing_left(tmp_path)


@pytest.mark.parametrize(("file", "code"), REFUSED_FILMS.values(), ids=REFUSED_FILMS)
def test_a_film_no_browser_plays_or_that_is_more_than_a_film_is_refused(file: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    assert refused(file(), "film") == code
    assert nothing_left(tmp_path)


@pytest.mark.parametrize(("file", "code"), REFUSED_CAPTIONS.values(), ids=REFUSED_CAPTIONS)
def test_captions_that_are_none_or_hold_code_are_refused(file: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    assert refused(file(), "captions") == code
    assert nothing_left(tmp_path)


@pytest.mark.parametrize(
    ("data", "media_type", "pages"), [(pdf("Fire stoler på rad", pages=3), "application/pdf", 3), (docx(), DOCX, 2), (odt(), ODT, None)]
)
def test_a_document_is_kept_as_it_came_with_its_text(data: bytes, media_type: str, pages: int | None) -> None:
    file = kept(data, "document")
    assert (file.media_type, file.pages, file.bytes, file.kept_sha256) == (media_type, pages, len(data), file.sha256)
    assert file.extracted_text.startswith("Fire stoler")
    assert path_of_file(file).read_bytes() == data
    assert list(damaged()) == []


def test_a_link_in_a_document_is_no_danger() -> None:
    assert kept(docx_with("word/_rels/document.xml.rels", relation("hyperlink")), "document").pages == 2


def test_the_same_document_is_kept_once_and_is_no_film(tmp_path: Path) -> None:
    assert kept(pdf(), "document").pk == kept(pdf(), "document").pk
    assert refused(pdf(), "film") == "file-type"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_only_so_much_text_is_kept() -> None:
    assert len(kept(docx(*["stol" * 200] * 600), "document").extracted_text) == 200_000


def test_a_document_that_ends_its_reader_is_refused_and_the_next_is_taken() -> None:
    kept(pdf("en"), "document")
    process = documents._reader._process
    assert process
    process.kill()
    process.wait()
    assert kept(pdf("to"), "document").pages == 1


def test_a_bomb_is_refused_before_it_takes_time() -> None:
    data = REFUSED_DOCUMENTS["a zip bomb"][0]()
    kept(pdf(), "document")
    start = time.process_time()
    assert refused(data, "document") == "unpacks"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (mp4(), ("video/mp4", 75, 640, 360)),
        (mp4(sound=b""), ("video/mp4", 75, 640, 360)),
        (webm(), ("video/webm", 90, 320, 180)),
    ],
)
def test_a_film_is_kept_as_it_came_and_tells_its_length_and_size(data: bytes, facts: tuple[str, int, int, int]) -> None:
    file = kept(data, "film")
    assert (file.media_type, file.seconds, file.width, file.height) == facts
    assert path_of_file(file).read_bytes() == data


def test_a_film_of_more_than_a_hundred_megabytes_is_refused_before_it_is_all_on_disk(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return bytes(size)

    source = Endless()
    with pytest.raises(FileRefused) as refusal:
        keep_file(source, kind="film")  # type: ignore[arg-type]
    assert refusal.value.code == "too-large"
    assert source.given <= 102_000_000
    assert nothing_left(tmp_path)


def test_what_a_dead_process_left_behind_is_swept_away_after_a_day(tmp_path: Path) -> None:
    left = tmp_path / "incoming"
    left.mkdir()
    old, new = left / "old", left / "new"
    for path in (old, new):
        path.write_bytes(b"half a film")
    os.utime(old, (0, 0))
    kept(pdf(), "document")
    assert (old.exists(), new.exists()) == (False, True)


def test_captions_are_written_anew_with_nothing_but_what_is_said() -> None:
    file = kept(VTT, "captions")
    written = path_of_file(file).read_text("utf-8")
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500 align:start\n<v Kari>Velg en stol &amp; sett deg.\n\n"
        "00:00:04.000 --> 00:00:06.000\n<i>Hva så du?</i>\n"
    )
    assert file.extracted_text == "Velg en stol & sett deg.\nHva så du?"
    assert file.kept_sha256 == digest(written.encode()) != file.sha256
    assert kept(written.encode(), "captions").extracted_text == file.extracted_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_srt_becomes_webvtt_in_any_of_its_usual_encodings(encoding: str) -> None:
    written = path_of_file(kept(SRT.encode(encoding), "captions")).read_text("utf-8")
    assert written == "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nHei på deg\n\n00:00:04.000 --> 00:00:05.000\nÅ ja\n"


def test_captions_of_more_than_two_hundred_kilobytes_are_refused() -> None:
    assert refused(VTT + b"\n" * 200_000, "captions") == "too-large"


def test_a_kept_file_that_changed_or_is_gone_is_found() -> None:
    document, film = kept(pdf(), "document"), kept(mp4(), "film")
    path_of_file(document).write_bytes(pdf() + b"\n")
    path_of_file(film).unlink()
    assert sorted(what for _name, what in damaged()) == ["changed", "missing"]
