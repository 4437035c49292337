"""Which addresses may be opened at all, and the one deadline of a look outside."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType

from django.utils.translation import gettext_lazy as _

from resourcebank.errors import BankError

PORTS = frozenset({80, 443})

Resolver = Callable[[str, int], str]
"""Host name and port to one IP address as text. Raises OSError when there is none."""


_SENTENCES = {
    "address": _("Dette ser ikke ut som en nettadresse. Den begynner med https:// og har et domene."),
    "credentials": _("Adressen inneholder et brukernavn. Lim inn adressen uten det som står foran krøllalfaen."),
    "forbidden": _("Adressen fører til et sted vi ikke åpner. Bruk en vanlig, offentlig nettadresse."),
    "port": _("Adressen fører til et sted vi ikke åpner. Bruk en vanlig, offentlig nettadresse."),
    "dns": _("Vi finner ikke nettstedet. Se om domenet er skrevet riktig."),
    "timeout": _("Nettstedet brukte for lang tid på å svare. Fyll inn selv, eller prøv igjen senere."),
    "redirects": _("Adressen sender oss videre for mange ganger. Lim inn adressen du ender på i nettleseren."),
    "too-big": _("Siden er for stor til at vi henter noe fra den. Fyll inn selv."),
    "type": _("Adressen fører ikke til en nettside vi kan lese. Fyll inn selv."),
    "tls": _("Nettstedet har ikke et gyldig sikkerhetssertifikat. Fyll inn selv."),
    "busy": _("Vi henter mange sider akkurat nå. Prøv igjen om litt, eller fyll inn selv."),
    "404": _("Siden finnes ikke. Se om adressen er riktig."),
    "410": _("Siden finnes ikke. Se om adressen er riktig."),
}
_OTHERWISE = _("Vi fikk ikke lest siden. Fyll inn selv, eller prøv igjen senere.")


class FetchProblem(BankError):
    """An address could not be read. `reason` is short and stable (`timeout`, `forbidden`, `404` …); `address` and `content_type` say how
    far we came, where that helps."""

    code = "unreachable"
    status = 422

    def __init__(self, reason: str, *, address: str = "", content_type: str = "") -> None:
        super().__init__(str(_SENTENCES.get(reason, _OTHERWISE)))
        self.reason = reason
        self.address = address
        self.content_type = content_type


def system_resolver(host: str, port: int) -> str:
    """The first address the system gives, which it has sorted by what is likely to be reached."""
    return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Somewhere on the open net: neither this machine, nor its network, nor a way around that question."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is not None:
            return is_public(inner)
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be opened. `allow` are pairs of address and port let through although they are not public: for tests with a server of
    their own, and for nothing else, so no setting leads here."""

    resolver: Resolver = system_resolver
    allow: frozenset[tuple[str, int]] = frozenset()

    def require_port(self, port: int) -> None:
        """Raise FetchProblem unless web pages are served at such a port."""
        if port not in PORTS and port not in {allowed for _address, allowed in self.allow}:
            raise FetchProblem("port")

    def resolve(self, host: str, port: int, *, deadline: Deadline) -> str:
        """The one address to connect to, as text, asked for once. Raises FetchProblem."""
        try:
            found = ipaddress.ip_address(deadline.within(lambda: self.resolver(host, port)))
        except (OSError, ValueError) as error:
            raise FetchProblem("dns") from error
        if (str(found), port) in self.allow:
            return str(found)
        if port not in PORTS or not is_public(found):
            raise FetchProblem("forbidden")
        return str(found)


@dataclass(slots=True)
class Deadline:
    """One time limit for everything: looking a name up, connecting, shaking hands, heads and bodies, over all redirects.

    A limit on each read alone lets a server that gives a byte a second hold us for ever. So a watch shuts the sockets when the time is
    up, whoever waits on them. Used as a context.
    """

    seconds: float
    _end: float = 0.0
    _sockets: list[socket.socket] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _timer: threading.Timer | None = None

    def __enter__(self) -> Deadline:
        self._end = time.monotonic() + self.seconds
        self._timer = threading.Timer(self.seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._timer:
            self._timer.cancel()
        with self._lock:
            for kept in self._sockets:
                kept.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds that are left, never less than a hundredth. Raises FetchProblem when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchProblem("timeout")
        return max(left, 0.01)

    @property
    def over(self) -> bool:
        """The time is up."""
        return time.monotonic() >= self._end

    def watch(self, opened: socket.socket) -> socket.socket:
        """Shut this connection when the time is up. What is kept is a second handle, since TLS takes the first one over."""
        with self._lock:
            self._sockets.append(opened.dup())
        return opened

    def _shut(self) -> None:
        with self._lock:
            for kept in self._sockets:
                with suppress(OSError):
                    kept.shutdown(socket.SHUT_RDWR)

    def within(self, ask: Callable[[], str]) -> str:
        """What `ask` says, if it says so in time: the system's look-up of names knows no time limit of its own."""
        answers: queue.SimpleQueue[str | OSError] = queue.SimpleQueue()

        def run() -> None:
            try:
                answers.put(ask())
            except (OSError, ValueError) as error:
                answers.put(error if isinstance(error, OSError) else OSError(str(error)))

        threading.Thread(target=run, daemon=True).start()
        try:
            answer = answers.get(timeout=self.left)
        except queue.Empty as error:
            raise FetchProblem("timeout") from error
        if isinstance(answer, OSError):
            raise answer
        return answer
