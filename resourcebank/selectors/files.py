"""Which documents, films and captions the public may have, and which a person; and what is known of those of a draft."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from media.models import MediaFile
from resourcebank.models import Attachment
from resourcebank.policies import Actor, visible_revisions


def public_file(sha256: str) -> Attachment | None:
    """Where a published revision has the file, with the file; None when none has. One statement."""
    return _files(sha256).filter(revision__published_resource__isnull=False).first()


def visible_file(user: Actor, sha256: str) -> Attachment | None:
    """Where a revision that the person may read has the file; None when none has. Two statements at most."""
    revisions = visible_revisions(user).filter(attachments__file__sha256=sha256)
    return _files(sha256).filter(revision__in=revisions).first()


def media_files(wanted: Iterable[str]) -> dict[str, MediaFile]:
    """The kept files by their SHA-256, with the sizes of those that are pictures. Two statements."""
    found = MediaFile.objects.filter(sha256__in=set(wanted)).defer("extracted_text").prefetch_related("renditions")
    return {file.sha256: file for file in found}


def _files(sha256: str) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(file__sha256=sha256).exclude(role__in=("picture", "poster"))
    return rows.select_related("file").defer("file__extracted_text").order_by("pk")
