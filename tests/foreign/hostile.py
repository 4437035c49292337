"""A server that does what a bad one may do, on this machine."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from resourcebank.foreign.guard import Guard

PAGE = b"<html lang='nb'><head><title>En side</title></head><body><h1>En side</h1></body></html>"
BOMB = zlib.compress(b"\0" * 50_000_000, 9)
LONG = 60.0
IN_TIME = LONG / 15
"""Seconds in which somebody has given up who does not wait for the server: a busy machine needs some of them."""


class Hostile(BaseHTTPRequestHandler):
    """The path says what happens. What was asked for is kept on the server."""

    protocol_version = "HTTP/1.1"
    timeout = LONG

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        """As GET; some paths know no HEAD."""
        if self.path.startswith("/no-head"):
            self.answer(405, b"")
        else:
            self.do_GET()

    def do_GET(self) -> None:
        """What the path names."""
        self.server.asked.append((self.command, self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name, _slash, rest = self.path.strip("/").partition("/")
        with suppress(OSError):
            getattr(self, f"give_{name.partition('?')[0].replace('-', '_')}", self.give_page)(rest)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """One whole answer."""
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for key, value in ({"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | named).items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def give_page(self, _rest: str) -> None:
        self.answer(200, PAGE, Set_Cookie="spor=1; Path=/")

    give_no_head = give_page

    def give_status(self, rest: str) -> None:
        self.answer(int(rest), b"nei")

    def give_to(self, rest: str) -> None:
        """302 to what follows."""
        self.answer(302, b"", Location=rest)

    def give_for_good(self, rest: str) -> None:
        self.answer(301, b"", Location=rest)

    def give_circle(self, _rest: str) -> None:
        self.answer(302, b"", Location="/circle")

    def give_count(self, rest: str) -> None:
        """So many redirects, then a page."""
        left = int(rest)
        self.answer(302, b"", Location=f"/count/{left - 1}") if left else self.give_page("")

    def give_file(self, _rest: str) -> None:
        self.answer(200, b"%PDF-1.7", Content_Type="application/pdf")

    def give_picture(self, _rest: str) -> None:
        self.answer(200, self.server.picture, Content_Type="image/png")  # type: ignore[attr-defined]

    def give_bomb(self, _rest: str) -> None:
        self.answer(200, BOMB, Content_Encoding="deflate")

    def give_twice(self, _rest: str) -> None:
        self.answer(200, gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def give_zipped(self, _rest: str) -> None:
        self.answer(200, gzip.compress(PAGE), Content_Encoding="gzip")

    def give_broken_zip(self, _rest: str) -> None:
        self.answer(200, b"this is no gzip", Content_Encoding="gzip")

    def give_endless(self, _rest: str) -> None:
        self.begin()
        while True:
            self.wfile.write(b"<p>mer</p>" * 1_000)

    def give_drip(self, _rest: str) -> None:
        """A byte now and then, which a limit on each read never notices."""
        self.begin()
        self.drip(b"<html>" + b" " * 10_000)

    def give_slow_head(self, _rest: str) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"X-A: b\r\n" * 1_000)

    def give_silence(self, _rest: str) -> None:
        self.server.over.wait(LONG)  # type: ignore[attr-defined]

    def give_html(self, _rest: str) -> None:
        self.answer(200, self.server.page)  # type: ignore[attr-defined]

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True

    def drip(self, data: bytes) -> None:
        for place in range(len(data)):
            if self.server.over.is_set():  # type: ignore[attr-defined]
                return
            self.wfile.write(data[place : place + 1])
            time.sleep(0.05)


class Server(ThreadingHTTPServer):
    """What was asked of it, the page it gives at /html, and the signal that it is over."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hostile)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.page = PAGE
        self.picture = b""
        self.over = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes away in the middle is what we want to see."""

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def at(self, path: str, host: str = "bank.example") -> str:
        """An address on this server under a made-up name."""
        return f"http://{host}:{self.port}/{path}"

    def guard(self, *more: str) -> Guard:
        """Lets this server through and nothing else on this machine. Every name leads here."""
        return Guard(resolver=lambda host, port: "127.0.0.1", allow=frozenset({("127.0.0.1", self.port)}))


@contextmanager
def running() -> Iterator[Server]:
    """The server, listening."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()
