"""Files kept on disk under what they contain: written once, never changed, so that they may be remembered for ever."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from media.models import MediaFile, Rendition
from media.pictures import make


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal: the name a file is kept under."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str, width: int) -> Path:
    """Where one size of a picture lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / f"{sha256}-{width}.webp"


def keep_picture(data: bytes) -> MediaFile:
    """Take a picture in through the door and keep what is made of it; one that is known already is not made again.

    The files are on disk before the rows are committed: what the database tells of is always there. Raises PictureRefused.
    """
    sha256 = digest(data)
    if known := MediaFile.objects.filter(sha256=sha256).first():
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


def damaged() -> Iterable[tuple[Rendition, str]]:
    """Every kept size that is not what it was when it was made: (rendition, `missing` or `changed`)."""
    for rendition in Rendition.objects.select_related("file").iterator():
        try:
            data = path_of(rendition.file.sha256, rendition.width).read_bytes()
        except OSError:
            yield rendition, "missing"
            continue
        if digest(data) != rendition.sha256:
            yield rendition, "changed"


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing, also when the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
