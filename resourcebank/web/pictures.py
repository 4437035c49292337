"""Pictures on the pages: in every size there is, with what they show said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from resourcebank.languages import FALLBACKS, direction
from resourcebank.models import Attachment

FOR_EVER = "public, max-age=31536000, immutable"
"""How long a picture may be remembered: its address holds what it contains, so that it never changes."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture in the size most screens need, and in all (`sources`, as the attribute srcset). `language` is that of `alt`.
    `rights` is who made it, when others did than the resource says, and `source_url` where it was found."""

    number: int
    url: str
    sources: str
    width: int
    height: int
    alt: str
    language: str
    dir: str
    rights: str
    source_url: str


def picture_views(pictures: Iterable[Attachment], language: str) -> Iterator[PictureView]:
    """The pictures in their order, described in a language or the nearest there is."""
    for picture in pictures:
        sizes = list(picture.file.renditions.all())
        if not sizes:
            continue
        usual = sizes[len(sizes) // 2]
        tag = next((tag for tag in (language, *FALLBACKS) if picture.alt.get(tag)), language)
        yield PictureView(
            number=picture.position,
            url=picture_url(picture.file.sha256, usual.width),
            sources=", ".join(f"{picture_url(picture.file.sha256, size.width)} {size.width}w" for size in sizes),
            width=usual.width,
            height=usual.height,
            alt=picture.alt.get(tag, ""),
            language=tag,
            dir=direction(tag),
            rights=picture.rights,
            source_url=picture.source_url,
        )


def picture_url(sha256: str, width: int) -> str:
    """The address of one size of a picture."""
    return reverse("picture", args=[sha256, width])
