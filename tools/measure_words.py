#!/usr/bin/env python3
"""`python -m tools.measure_words [nouns] [compounds] [questions] [speed] [--seen]`: how well the words are known."""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    """Make the site ready before anything of it is imported, then measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resourcebank.project.settings")
    django.setup()
    from tools.word_measures import measure  # noqa: PLC0415  # imports models

    measure(sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
