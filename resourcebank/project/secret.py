"""The site's secret key, made once and kept with the data."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(folder: Path) -> str:
    """The key in `folder`, made on the first call; of several processes starting at once all get the same one.

    The key is linked into place only when it is whole, and linking fails when another process was first.
    """
    kept = folder / "secret-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=folder, prefix="secret-key-")
        with os.fdopen(handle, "w", encoding="ascii") as written:
            written.write(secrets.token_urlsafe(50))
        try:
            kept.hardlink_to(scratch)
        except FileExistsError:
            return kept.read_text(encoding="ascii")
        finally:
            Path(scratch).unlink()
    return kept.read_text(encoding="ascii")
