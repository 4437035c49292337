"""Which pictures the public may see, and which a person."""

from __future__ import annotations

from media.models import Rendition
from resourcebank.policies import Actor, visible_revisions


def picture_is_public(sha256: str, width: int) -> bool:
    """Does a published revision show the file, and is there such a size of it? One statement."""
    return Rendition.objects.filter(
        file__sha256=sha256, width=width, file__attachments__revision__published_resource__isnull=False
    ).exists()


def picture_widths(sha256: str) -> list[int]:
    """The widths a kept picture was made in, in pixels, narrowest first. One statement."""
    return list(Rendition.objects.filter(file__sha256=sha256).order_by("width").values_list("width", flat=True))


def picture_is_visible(user: Actor, sha256: str, width: int) -> bool:
    """Does a revision that the person may read show the file, and is there such a size of it? Two statements at most."""
    revisions = visible_revisions(user).filter(attachments__file__sha256=sha256)
    return Rendition.objects.filter(file__sha256=sha256, width=width).exists() and revisions.exists()
