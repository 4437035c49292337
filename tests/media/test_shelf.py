"""Kept pictures: once each, whole, and nothing kept of what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from media.errors import PictureRefused
from media.models import MediaFile, Rendition
from media.shelf import damaged, digest, keep_picture, path_of
from tests.media.made import cut_short, drawing, saved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def test_a_picture_is_kept_in_all_its_sizes_and_tells_the_truth_of_them() -> None:
    data = saved(drawing(1000, 500), "PNG")
    file = keep_picture(data)
    assert (file.sha256, file.media_type, file.width, file.height) == (digest(data), "image/png", 1000, 500)
    for size in file.renditions.all():
        kept = path_of(file.sha256, size.width).read_bytes()
        assert (len(kept), digest(kept)) == (size.bytes, size.sha256)
    assert [size.width for size in file.renditions.all()] == [320, 640, 960, 1000]
    assert list(damaged()) == []


def test_the_same_picture_is_kept_once(tmp_path: Path) -> None:
    data = saved(drawing(), "PNG")
    assert keep_picture(data) == keep_picture(data)
    assert MediaFile.objects.count() == 1
    assert Rendition.objects.count() == len(list(tmp_path.rglob("*.webp"))) == 2


def test_nothing_is_kept_of_a_picture_that_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused):
        keep_picture(cut_short())
    assert not MediaFile.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_a_file_that_changed_or_is_gone_is_found() -> None:
    file = keep_picture(saved(drawing(), "PNG"))
    small, large = (path_of(file.sha256, size.width) for size in file.renditions.all())
    small.write_bytes(small.read_bytes()[:-1] + b"!")
    large.unlink()
    assert list(damaged()) == [(small.name, "changed"), (large.name, "missing")]
