"""Files by what they contain, and what was made of them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class MediaFile(models.Model):
    """A file somebody brought. `sha256` (hexadecimal) and `media_type` are those of the file as it came.

    Of a picture only what was made of it is kept; of a document and a film the file itself, of captions the WebVTT that was written anew:
    `kept_sha256` and `bytes` are those of what is kept ("" and 0 for a picture). `width` and `height` are pixels as it is to be seen,
    turned the right way up, 0 for what is not seen. `seconds` and `pages` are None where the file does not say. `extracted_text` is up to
    200,000 characters of what is written or said in it; it is long, so whoever needs it not leaves it out (`defer`).
    """

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    bytes = models.PositiveIntegerField(default=0)
    kept_sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    extracted_text = models.TextField(blank=True)
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
