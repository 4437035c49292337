"""The machine's own Chromium."""

from __future__ import annotations

import os
import shutil

# The headless shell first: the same engine without the window around it, which takes half of the time of every page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


def browser_executable() -> str | None:
    """Where it is, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def browser_arguments() -> list[str]:
    """How it is started: without a sandbox only for root, for whom it cannot make one."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
