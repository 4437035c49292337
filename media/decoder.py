"""The program that opens foreign pictures: a process of its own that may use little memory, write no file and open no connection.

Run by `media.pictures` (see `media.guarded`); it imports nothing of the site.
"""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps

from media.confined import Answer, Refused, serve

MAX_PIXELS = 25_000_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
_PLAIN = {"1": "RGB", "L": "RGB", "P": "RGBA", "PA": "RGBA", "LA": "RGBA", "RGB": "RGB", "RGBA": "RGBA"}
_QUALITY = 82


def _opened(data: bytes, media_type: str) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=[FORMATS[media_type]])
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("too-many-pixels")
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused("moving")
    if picture.mode not in _PLAIN:
        raise Refused("colours")
    picture.load()
    return picture


def _as_seen(picture: Image.Image) -> Image.Image:
    """Turned as the camera said, in the colours of screens, without anything else that was in the file."""
    profile = picture.info.get("icc_profile")
    seen = ImageOps.exif_transpose(picture).convert(_PLAIN[picture.mode])
    if profile:
        try:
            seen = ImageCms.profileToProfile(seen, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")) or seen
        except (ImageCms.PyCMSError, OSError, ValueError):
            seen.info.clear()  # a profile nobody can read is no reason to refuse the picture
    clean = Image.frombytes(seen.mode, seen.size, seen.tobytes())
    seen_through = clean.mode == "RGBA" and clean.getchannel("A").getextrema() != (255, 255)
    return clean if clean.mode == "RGB" or seen_through else clean.convert("RGB")


def _rendition(seen: Image.Image, width: int, *, drawn: bool) -> tuple[bytes, int, int]:
    height = max(1, round(seen.height * width / seen.width))
    sized = seen if width == seen.width else seen.resize((width, height), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    # Flat colours in their own size keep their edges, and become smaller, without loss; once resized they have none left.
    whole = drawn and sized is seen
    sized.save(kept, "WEBP", lossless=whole, quality=40 if whole else _QUALITY, method=3)
    return kept.getvalue(), sized.width, sized.height


def _answer(request: dict[str, Any], data: bytes) -> Answer:
    try:
        seen = _as_seen(_opened(data, request["media_type"]))
        wanted = sorted({min(width, seen.width) for width in request["widths"]})
        drawn = request["media_type"] in ("image/png", "image/gif") and seen.reduce(4).getcolors(4096) is not None
        made = [_rendition(seen, width, drawn=drawn) for width in wanted]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, EOFError, struct.error):
        return {"refused": "unreadable"}, []
    sizes = [{"width": width, "height": height, "bytes": len(blob)} for blob, width, height in made]
    return {"width": seen.width, "height": seen.height, "made": sizes}, [blob for blob, _, _ in made]


def main() -> None:
    """Answer until the input ends."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is asked before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.init()
    serve(_answer)


if __name__ == "__main__":
    main()
