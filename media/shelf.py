"""Files kept on disk under what they contain: written once, never changed, so that they may be remembered for ever."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, assert_never
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from media import captions, documents, films
from media.errors import FileRefused, Kind
from media.models import MediaFile, Rendition
from media.pictures import make

ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "video/mp4": "mp4",
    "video/webm": "webm",
    captions.MEDIA_TYPE: "vtt",
}
"""The types that are kept as files, and how their names end."""
MAX_BYTES: dict[Kind, int] = {"document": documents.MAX_BYTES, "film": films.MAX_BYTES, "captions": captions.MAX_BYTES}
_KINDS: dict[str, Kind] = {"pdf": "document", "docx": "document", "odt": "document", "mp4": "film", "webm": "film", "vtt": "captions"}
_PIECE = 1_000_000
_A_DAY = 24 * 3600


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal: the name a file is kept under."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str, width: int) -> Path:
    """Where one size of a picture lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / f"{sha256}-{width}.webp"


def path_of_file(file: MediaFile) -> Path:
    """Where a document, film or captions lie."""
    return Path(settings.MEDIA_ROOT) / file.sha256[:2] / f"{file.sha256}.{ENDINGS[file.media_type]}"


def kind_of(file: MediaFile) -> Kind | None:
    """What a kept file is; None for a picture."""
    return _KINDS.get(ENDINGS.get(file.media_type, ""))


def keep_picture(data: bytes) -> MediaFile:
    """Take a picture in through the door and keep what is made of it; one that is known already is not made again.

    The files are on disk before the rows are committed: what the database tells of is always there. Raises PictureRefused.
    """
    sha256 = digest(data)
    if known := MediaFile.objects.filter(sha256=sha256).defer("extracted_text").first():
        return known
    picture = make(data)
    for each in picture.made:
        _write(path_of(sha256, each.width), each.data)
    with transaction.atomic():
        file, new = MediaFile.objects.get_or_create(
            sha256=sha256, defaults={"media_type": picture.media_type, "width": picture.width, "height": picture.height}
        )
        if new:
            Rendition.objects.bulk_create(
                Rendition(file=file, width=each.width, height=each.height, bytes=len(each.data), sha256=digest(each.data))
                for each in picture.made
            )
    return file


def keep_file(source: BinaryIO, *, kind: Kind) -> MediaFile:
    """Take a document, film or captions in through their door and keep them. A million bytes at a time, so that a long film takes no
    memory. One that is known already is not kept again. Raises FileRefused, and then nothing of it is left."""
    with _received(source, kind) as (part, sha256, size):
        known = MediaFile.objects.filter(sha256=sha256).defer("extracted_text").first()
        if known:
            if kind_of(known) != kind:
                raise FileRefused("file-type", kind)
            return known
        told = _told(part, kind, size)
        written = told.written
        file = MediaFile(
            sha256=sha256, kept_sha256=digest(written) if written else sha256, bytes=len(written) if written else size, **told.columns
        )
        if written:
            _write(path_of_file(file), written)
        else:
            _move(part, path_of_file(file))
        kept, _new = MediaFile.objects.get_or_create(
            sha256=sha256, defaults={"kept_sha256": file.kept_sha256, "bytes": file.bytes, **told.columns}
        )
        return kept


@dataclass(frozen=True, slots=True)
class _Told:
    """What the door says of a file: columns of its row, and what is kept instead of it, if anything."""

    columns: dict[str, Any]
    written: bytes = b""


def _told(part: Path, kind: Kind, size: int) -> _Told:
    match kind:
        case "document":
            document = documents.read(part.read_bytes())
            return _Told({"media_type": document.media_type, "extracted_text": document.text, "pages": document.pages})
        case "film":
            with part.open("rb") as file:
                film = films.read(file, size)
            return _Told({"media_type": film.media_type, "seconds": film.seconds, "width": film.width, "height": film.height})
        case "captions":
            said = captions.read(part.read_bytes())
            return _Told({"media_type": captions.MEDIA_TYPE, "extracted_text": said.text}, said.written)
        case _ as never:
            assert_never(never)


@contextmanager
def _received(source: BinaryIO, kind: Kind) -> Iterator[tuple[Path, str, int]]:
    """The file on our own disk while it is looked at, its SHA-256 and its size."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    part = folder / uuid4().hex
    hashed, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > MAX_BYTES[kind]:
                    raise FileRefused("too-large", kind)
                hashed.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise FileRefused("empty", kind)
        yield part, hashed.hexdigest(), size
    finally:
        part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Parts that nobody took away because the process died lie there no longer than a day."""
    for left in folder.iterdir():
        with suppress(FileNotFoundError):  # another upload was quicker
            if left.stat().st_mtime < time.time() - _A_DAY:
                left.unlink()


def damaged() -> Iterator[tuple[str, str]]:
    """Every kept file that is not what it was when it was made: (its name on the shelf, `missing` or `changed`)."""
    for rendition in Rendition.objects.select_related("file").defer("file__extracted_text").iterator():
        yield from _damage(path_of(rendition.file.sha256, rendition.width), rendition.sha256)
    for file in MediaFile.objects.exclude(kept_sha256="").defer("extracted_text").iterator():
        yield from _damage(path_of_file(file), file.kept_sha256)


def _damage(path: Path, sha256: str) -> Iterator[tuple[str, str]]:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        yield path.name, "missing"
        return
    if found != sha256:
        yield path.name, "changed"


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing, also when the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _move(part: Path, path: Path) -> None:
    """A file that is whole on disk already, to its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part.replace(path)
