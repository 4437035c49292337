"""The door for pictures: every file is hostile until it has been made anew."""

from __future__ import annotations

import io
import os
import signal
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
from PIL import Image

from media import pictures
from media.errors import PictureRefused
from media.pictures import MAX_BYTES, Picture, examine, make, media_type_of
from tests.media.made import BROKEN, SECRET, drawing, saved, told_on


def refused(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refusal:
        make(data)
    with pytest.raises(PictureRefused) as same:
        examine(data)
    assert same.value.code == refusal.value.code
    return refusal.value.code


def opened(picture: Picture) -> list[Image.Image]:
    return [Image.open(io.BytesIO(each.data), formats=["WEBP"]) for each in picture.made]


@pytest.mark.parametrize(("file", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_picture_we_take_is_refused_with_its_reason(file: Callable[[], bytes], code: str) -> None:
    assert refused(file()) == code


def test_the_bomb_of_the_tests_is_small_and_is_refused_before_it_is_unpacked() -> None:
    data = BROKEN["13,000 x 13,000 pixels in 20 kB"][0]()
    assert len(data) < 25_000
    start = time.monotonic()
    assert refused(data) == "too-many-pixels"
    assert time.monotonic() - start < 2


def test_more_bytes_than_allowed_are_not_even_looked_at() -> None:
    assert refused(saved(drawing(), "PNG") + bytes(MAX_BYTES)) == "too-large"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_we_take_becomes_webp_in_all_widths_it_fills(form: str) -> None:
    picture = make(saved(drawing(1000, 500), form))
    assert picture.media_type == f"image/{form.lower()}"
    assert (picture.width, picture.height) == (1000, 500)
    assert [(each.width, each.height) for each in picture.made] == [(320, 160), (640, 320), (960, 480), (1000, 500)]
    assert [image.size for image in opened(picture)] == [(each.width, each.height) for each in picture.made]


def test_a_wide_picture_is_made_no_wider_than_screens_need() -> None:
    assert [each.width for each in make(saved(drawing(3000, 1000), "JPEG")).made] == [320, 640, 960, 1600]


def test_a_small_picture_is_not_blown_up() -> None:
    assert [(each.width, each.height) for each in make(saved(drawing(40, 30), "PNG")).made] == [(40, 30)]


def test_nothing_but_the_picture_is_left_of_a_file() -> None:
    data = told_on()
    assert SECRET in data
    picture = make(data)
    assert (picture.width, picture.height) == (300, 400)  # turned the right way up
    for each, image in zip(picture.made, opened(picture), strict=True):
        assert SECRET not in each.data
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_a_text_in_a_png_is_left_behind() -> None:
    whole = saved(drawing(), "PNG")
    chunk = b"tEXt" + b"Author\0" + SECRET
    data = whole[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + whole[33:]
    assert all(SECRET not in each.data for each in make(data).made)


def test_what_is_seen_through_stays_so_and_what_is_not_loses_the_layer() -> None:
    through = drawing(mode="RGBA")
    through.putalpha(120)
    assert [image.mode for image in opened(make(saved(through, "PNG")))] == ["RGBA", "RGBA"]
    assert [image.mode for image in opened(make(saved(drawing(mode="RGBA"), "PNG")))] == ["RGB", "RGB"]


def test_the_first_bytes_say_what_a_file_is() -> None:
    for form in ("PNG", "JPEG", "WEBP", "GIF"):
        assert media_type_of(saved(drawing(), form)) == f"image/{form.lower()}"
    assert media_type_of(b"RIFF\x00\x00\x00\x00WAVE") is None


def decoding_process() -> int:
    """The process that opens pictures now."""
    make(saved(drawing(), "PNG"))
    process = pictures._decoder._process
    assert process
    return process.pid


def test_a_picture_that_ends_the_decoder_is_refused_and_the_next_is_taken() -> None:
    pid = decoding_process()
    os.kill(pid, signal.SIGSTOP)
    dies = Timer(0.3, os.kill, (pid, signal.SIGKILL))
    dies.start()
    with pytest.raises(PictureRefused, match="too-heavy"):
        make(saved(drawing(seed=3), "PNG"))
    dies.join()
    assert make(saved(drawing(seed=3), "PNG")).width == 400
    assert decoding_process() != pid


def test_the_decoder_has_little_memory_and_writes_no_file() -> None:
    limits = Path(f"/proc/{decoding_process()}/limits").read_text(encoding="utf-8")
    assert _limit(limits, "Max address space") == 1_000_000_000
    assert _limit(limits, "Max file size") == 0


def _limit(limits: str, name: str) -> int:
    line = next(line for line in limits.splitlines() if line.startswith(name))
    return int(line[len(name) :].split()[0])
