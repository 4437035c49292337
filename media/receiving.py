"""How uploads come in: to disk, never more than is of use, and with their true size told whatever was thrown away."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from media import films

MOST_OF_ONE = films.MAX_BYTES
MOST_IN_ALL = 3 * films.MAX_BYTES
"""Bytes of one request: nobody can fill the disk with one form."""


class Receiving(TemporaryFileUploadHandler):
    """Writes an upload to disk as it comes. What is beyond the largest file we take is counted and not kept: its `size` says how large it
    was, and that alone refuses it everywhere."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._came = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: N803
        """Refuse the request unread when it says to be more than any form of ours sends."""
        if content_length > MOST_IN_ALL:
            raise RequestDataTooBig("More was sent at once than this site takes.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file of the same form begins."""
        super().new_file(*args, **kwargs)
        self._came = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Some more of it."""
        self._came += len(raw_data)
        if self._came <= MOST_OF_ONE:
            super().receive_data_chunk(raw_data, start)
        return None
