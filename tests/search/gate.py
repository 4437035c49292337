"""A gate in front of a server: it lets connections through, or fails in the ways a server and its network fail."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

Way = Literal[
    "through", "refuse", "hang", "hang_after_headers", "slow", "drip", "trickle", "cut", "babble", "other", "busy", "error", "partial"
]
_HEADERS_END = b"\r\n\r\n"
_SLOW = 3.0
_DRIP, _TRICKLE = 1.0, 0.1


def _answer(status: str, body: bytes, kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


_ANSWERS = {
    "babble": _answer("200 OK", b"<h1>Welcome</h1>", "text/html"),
    "other": _answer("200 OK", b'{"acknowledged": true}'),
    "busy": _answer("429 Too Many Requests", b'{"error":{"type":"circuit_breaking_exception"},"status":429}'),
    "error": _answer("503 Service Unavailable", b""),
}


class Gate:
    """Listens on a free port of loopback; `way` says what becomes of connections, those already open included."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._way: Way = "through"
        self._open: set[socket.socket] = set()
        self._door: socket.socket | None = None
        self._port = 0
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def turn(self, way: Way) -> None:
        """From now on connections fare this way; those that are open are cut, or fall silent when it hangs."""
        before, self._way = self._way, way
        if way == "refuse":
            self.close()
        elif before == "refuse":
            self._listen()
        if way != "hang":
            self._cut()

    def close(self) -> None:
        """Stop listening and cut what is open."""
        door, self._door = self._door, None
        if door:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        self._cut()

    def _listen(self) -> None:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", self._port))
        door.listen(50)
        self._port, self._door = door.getsockname()[1], door
        threading.Thread(target=self._accept, args=(door,), daemon=True).start()

    def _accept(self, door: socket.socket) -> None:
        while self._door is door:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            self._open.add(caller)
            threading.Thread(target=self._serve, args=(caller, self._way), daemon=True).start()

    def _serve(self, caller: socket.socket, way: Way) -> None:
        with suppress(OSError):
            if way in _ANSWERS:
                caller.recv(65536)
                caller.sendall(_ANSWERS[way])
                caller.close()
            elif way != "hang":
                server = socket.create_connection(self._target)
                self._open.add(server)
                threading.Thread(target=self._give_back, args=(server, caller, way), daemon=True).start()
                self._pass_on(caller, server)

    def _pass_on(self, caller: socket.socket, server: socket.socket) -> None:
        """What is asked goes through whole."""
        with suppress(OSError):
            while (data := caller.recv(65536)) and self._way != "hang":
                server.sendall(data)

    def _give_back(self, server: socket.socket, caller: socket.socket, way: Way) -> None:
        """What is answered fares as the gate stands."""
        with suppress(OSError):
            while (data := server.recv(65536)) and self._way != "hang":
                for piece in _spoilt(data, way):
                    caller.sendall(piece)
                if way == "hang_after_headers":
                    return
                if way == "cut":
                    break
        if self._way != "hang":
            for end in (server, caller):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _cut(self) -> None:
        while self._open:
            end = self._open.pop()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _spoilt(data: bytes, way: Way) -> Iterator[bytes]:
    """The pieces in which a part of an answer is passed on."""
    headers = data.find(_HEADERS_END) + len(_HEADERS_END)
    match way:
        case "slow":
            time.sleep(_SLOW)
            yield data
        case "drip" | "trickle":
            for place in range(len(data)):
                yield data[place : place + 1]
                time.sleep(_DRIP if way == "drip" else _TRICKLE)
        case "hang_after_headers":
            yield data[:headers]
        case "cut":
            yield data[: headers + (len(data) - headers) // 2]
        case "partial":  # a part of the index did not answer: the node says so in an answer that is otherwise whole
            yield data.replace(b'"failed":0', b'"failed":1')
        case _:
            yield data
