"""A gate in front of a server: it lets connections through, or fails in the ways a server and its network fail."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Literal

Way = Literal["through", "refuse", "hang", "cut", "babble", "error"]
_ANSWERS = {
    "babble": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<h1>Welcome</h1>"[:-1],
    "error": b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
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
        if way not in ("hang", "through"):
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
            threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with suppress(OSError):
            if self._way == "through":
                server = socket.create_connection(self._target)
                self._open.add(server)
                threading.Thread(target=self._pass_on, args=(server, caller), daemon=True).start()
                self._pass_on(caller, server)
            elif self._way in _ANSWERS:
                caller.recv(65536)
                caller.sendall(_ANSWERS[self._way])
                caller.close()
            elif self._way == "cut":
                caller.recv(1)
                caller.close()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._way == "hang":
                    return
                target.sendall(data)
        if self._way != "hang":
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _cut(self) -> None:
        while self._open:
            end = self._open.pop()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
