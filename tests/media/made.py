"""Pictures made for tests, good and bad."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw

SECRET = b"GPS 59.9139 10.7522 Ola Nordmann"


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """The file of a picture."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def drawing(width: int = 400, height: int = 300, *, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A few flat shapes."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (width, height), "white")
    brush = ImageDraw.Draw(picture)
    for _ in range(6):
        x, y = chance.randrange(width), chance.randrange(height)
        brush.ellipse(
            (x, y, x + width // 3, y + height // 3), fill=tuple(chance.randrange(256) for _ in range(3)), outline="black", width=4
        )
    return picture.convert(mode)


def cut_short() -> bytes:
    """A PNG whose end never arrived."""
    data = saved(drawing(), "PNG")
    return data[: len(data) // 2]


def huge_in_little() -> bytes:
    """13,000 x 13,000 pixels in about 20 kB."""
    return saved(Image.new("1", (13_000, 13_000)), "PNG")


def program() -> bytes:
    """A Windows program that somebody called a picture."""
    return b"MZ\x90\x00" + b"This program cannot be run in DOS mode." + bytes(2_000)


def program_behind_a_start() -> bytes:
    """The first bytes of a PNG, then a program."""
    return b"\x89PNG\r\n\x1a\n" + program()


def moving() -> bytes:
    """A GIF of two frames."""
    return saved(drawing(seed=1), "GIF", save_all=True, append_images=[drawing(seed=2)], duration=100)


def for_print() -> bytes:
    """A JPEG in CMYK."""
    return saved(drawing(mode="CMYK"), "JPEG")


def broken_inside() -> bytes:
    """A PNG with a good header whose pixels are no pixels."""
    body = zlib.compress(b"not the rows of a picture")
    whole = saved(drawing(), "PNG")
    at = whole.index(b"IDAT")
    return whole[: at - 4] + len(body).to_bytes(4) + b"IDAT" + body + zlib.crc32(b"IDAT" + body).to_bytes(4) + whole[-12:]


def told_on() -> bytes:
    """A photograph that lies on its side and says where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    exif[0x013B] = SECRET.decode()
    return saved(drawing(400, 300), "JPEG", exif=exif.tobytes(), comment=SECRET)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut short": (cut_short, "unreadable"),
    "13,000 x 13,000 pixels in 20 kB": (huge_in_little, "too-many-pixels"),
    "a renamed program": (program, "file-type"),
    "a program behind the first bytes of a PNG": (program_behind_a_start, "unreadable"),
    "moving": (moving, "moving"),
    "for print": (for_print, "colours"),
    "broken inside": (broken_inside, "unreadable"),
    "empty": (bytes, "file-type"),
    "a drawing in SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "file-type"),
}
