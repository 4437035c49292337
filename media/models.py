"""Files by what they contain, and what was made of them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class MediaFile(models.Model):
    """A file somebody brought. `sha256` (hexadecimal) and `media_type` are those of the file as it came; it is not kept itself, only what
    was made of it. `width` and `height` are pixels as it is to be seen, turned the right way up."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]


class Rendition(models.Model):
    """One size of a picture, as WebP without any metadata. `bytes` and `sha256` are those of the file on disk."""

    file = models.ForeignKey(MediaFile, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["file", "width"]
        constraints = [models.UniqueConstraint(fields=["file", "width"], name="one_rendition_per_width")]

    def __str__(self) -> str:
        return f"{self.file} {self.width}"
