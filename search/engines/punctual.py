"""Connections that keep to the time they were given, however steadily bytes trickle in.

The time-out of a socket starts anew with every byte, so a server that sends one now and then could hold a request for ever.
"""

from __future__ import annotations

import io
import socket
import time
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection


class _PunctualSocket:
    """A connected socket whose reads all end at one point in time."""

    def __init__(self, connected: Any) -> None:
        self._connected = connected
        self.ends: float | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connected, name)

    def makefile(self, mode: str, *_: Any, **__: Any) -> io.BufferedReader:
        """What the answer is read from."""
        self._connected._io_refs += 1  # as the socket's own `makefile` counts those who still read from it
        return io.BufferedReader(socket.SocketIO(self, "r"))  # type: ignore[arg-type]

    def recv_into(self, *given: Any) -> int:
        """Read what is there, waiting no longer than what is left of the time."""
        if self.ends is not None:
            left = self.ends - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer is not complete in time")
            self._connected.settimeout(left)
        return int(self._connected.recv_into(*given))


class _Plain(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = _PunctualSocket(self.sock)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]
        # urllib3 has set the time-out of the connection to the time for reading before it asks for the answer.
        seconds = self.timeout
        if isinstance(self.sock, _PunctualSocket):
            self.sock.ends = time.monotonic() + seconds if isinstance(seconds, int | float) else None
        return super().getresponse()


class _Secure(_Plain, HTTPSConnection):
    pass


def make_punctual(pool: HTTPConnectionPool) -> None:
    """From now on, whatever the pool asks for is complete within the read time-out of the request, or fails."""
    pool.ConnectionCls = _Secure if pool.scheme == "https" else _Plain
