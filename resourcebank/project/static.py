"""Where the addresses of style sheets, scripts and pictures come from."""

from __future__ import annotations

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrFound(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Names with a hash once the files are collected (`make run` does that), plain names before.

    Tests and the development server therefore need no collecting, and a served site can cache for ever.
    """

    def url(self, name: str | None, force: bool = False) -> str:
        if self.hashed_files:
            return str(super().url(name, force))
        return StaticFilesStorage.url(self, name)
