"""A mail server of our own on loopback, which speaks as much SMTP as a sender needs, and keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser


class PostOffice(socketserver.ThreadingTCPServer):
    """Keeps every mail. `on_mail` is called when a mail is whole, before the sender hears that it was taken."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.on_mail: Callable[[], None] = lambda: None

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def take(self, raw: bytes) -> None:
        """Keep a mail."""
        self.mails.append(BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(raw))
        self.on_mail()


class _Counter(socketserver.StreamRequestHandler):
    """One sender at the counter."""

    server: PostOffice

    def handle(self) -> None:
        self.answer("220 here")
        while line := self.rfile.readline():
            word = line.strip().upper().split(b":")[0].split(b" ")[0]
            if word == b"QUIT":
                self.answer("221 bye")
                return
            if word == b"RCPT" and any(address.encode() in line for address in self.server.refused):
                self.answer("550 nobody of that name")
            elif word == b"DATA":
                self.answer("354 go on")
                self.server.take(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.answer("250 taken")
            else:
                self.answer("250 fine")

    def answer(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server that listens as long as the block lasts."""
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield office
        office.shutdown()
