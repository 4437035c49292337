"""A desk for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A good bank that may be spoiled."""
    return Desk(tmp_path)
