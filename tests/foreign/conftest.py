"""The hostile server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.foreign.hostile import Server, running


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of our own that behaves badly."""
    with running() as server:
        yield server
