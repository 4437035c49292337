"""Reading a foreign address: every hop through the guard, one deadline, a limit in bytes after unpacking, nothing of ours sent along."""

from __future__ import annotations

import re
import socket
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from resourcebank.foreign.guard import Deadline, FetchProblem, Guard

MAX_REDIRECTS = 5
SECONDS = 8.0
"""How long a person waits at most."""
USER_AGENT = "Ovingsbanken/1.0 (reads pages that contributors link to)"
OPEN = Guard()
"""What holds outside the tests: the public net on the ports of the web."""

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 16_384
_NO_ODD_SIGNS = re.compile(r"[^\x00-\x20\x7f]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is accepted: media types (none: whatever comes, and its body is not read) and the most bytes after unpacking."""

    types: frozenset[str]
    limit: int


PAGE = Wanted(frozenset({"text/html", "application/xhtml+xml"}), 2_000_000)
PICTURE = Wanted(frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"}), 5_000_000)
JSON = Wanted(frozenset({"application/json", "text/json", "text/javascript"}), 200_000)
HEAD_ONLY = Wanted(frozenset(), 0)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `address` is the last one; `moved_to` is the address for good, when every redirect on the way said so, else ""."""

    address: str
    status: int
    content_type: str
    charset: str
    body: bytes
    moved_to: str = ""


def fetch(
    address: str, *, wanted: Wanted = PAGE, method: str = "GET", seconds: float = SECONDS, guard: Guard = OPEN, verify: bool | str = True
) -> Fetched:
    """Read an address. `verify` may name a file of trusted certificates. Raises FetchProblem for whatever goes wrong."""
    with Deadline(seconds) as deadline:
        hop, permanent = address, True
        for _hop in range(MAX_REDIRECTS + 1):
            got = _open(hop, wanted=wanted, method=method, deadline=deadline, guard=guard, verify=verify)
            if isinstance(got, Fetched):
                moved = got.address if permanent and hop != address else ""
                return Fetched(got.address, got.status, got.content_type, got.charset, got.body, moved)
            permanent = permanent and got.permanent
            hop = got.address
        raise FetchProblem("redirects", address=hop)


@dataclass(frozen=True, slots=True)
class _Onward:
    """A redirect."""

    address: str
    permanent: bool


def web_address(address: str) -> SplitResult:
    """The parts of an address that may be opened. Raises FetchProblem."""
    try:
        parts = urlsplit(address.strip())
        host, named = parts.hostname, "@" in parts.netloc
        _port = parts.port
    except ValueError as error:
        raise FetchProblem("address") from error
    if parts.scheme not in _DEFAULT_PORTS or not host or not _NO_ODD_SIGNS.fullmatch(address.strip()) or "\\" in parts.netloc:
        raise FetchProblem("address")
    if named:
        raise FetchProblem("credentials")
    return parts


def port_of(parts: SplitResult) -> int:
    """The port, or the one the scheme goes to."""
    return _DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port


def _open(address: str, *, wanted: Wanted, method: str, deadline: Deadline, guard: Guard, verify: bool | str) -> Fetched | _Onward:
    guard.require_port(port_of(web_address(address)))  # here too, since requests takes port 0 for no port
    try:
        with _session(deadline, guard) as session:
            answer = session.request(
                method,
                address,
                headers={"Accept": ", ".join(sorted(wanted.types)) or "*/*", "Accept-Encoding": "gzip, deflate"},
                timeout=deadline.left,
                allow_redirects=False,
                stream=True,
                verify=verify,
            )
            with answer:
                return _read(answer, wanted=wanted, method=method, deadline=deadline)
    except FetchProblem:
        raise
    except (OSError, HTTPError, ValueError, zlib.error) as error:  # the errors of requests are OSErrors
        raise FetchProblem(_reason(error, deadline), address=address) from error


def _reason(error: Exception, deadline: Deadline) -> str:
    told = {type(each) for each in _causes(error)}
    if deadline.over or any(issubclass(each, TimeoutError) for each in told):
        return "timeout"
    if InvalidIPAddress in told:
        return "forbidden"
    if any(issubclass(each, SSLError) or "SSL" in each.__name__ for each in told):
        return "tls"
    return "address" if isinstance(error, ValueError) else "connection"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _read(answer: Any, *, wanted: Wanted, method: str, deadline: Deadline) -> Fetched | _Onward:
    _left = deadline.left  # a head that the watch cut off looks whole
    if answer.status_code in _REDIRECTS and (target := answer.headers.get("Location")):
        onward = urljoin(answer.url, target.encode("latin-1", "replace").decode("utf-8", "replace"))
        return _Onward(onward, answer.status_code in _PERMANENT)
    content_type, _semicolon, rest = answer.headers.get("Content-Type", "").partition(";")
    content_type = content_type.strip().lower()
    if wanted.types and not 200 <= answer.status_code < 300:
        raise FetchProblem(str(answer.status_code), address=answer.url)
    if wanted.types and content_type not in wanted.types:
        raise FetchProblem("type", address=answer.url, content_type=content_type)
    body = b"" if method == "HEAD" or not wanted.types else _body(answer, limit=wanted.limit, deadline=deadline)
    return Fetched(answer.url, answer.status_code, content_type, _charset(rest), body)


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _sign, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'").lower()
    return ""


def _body(answer: Any, *, limit: int, deadline: Deadline) -> bytes:
    """Unpacked here, a piece at a time, so that a small body that unpacks to gigabytes never exists."""
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchProblem("type", address=answer.url)
    unpack = zlib.decompressobj(wbits=47) if encoding not in ("", "identity") else None
    body, received = bytearray(), 0
    while piece := answer.raw.read1(_PIECE, decode_content=False):
        _left = deadline.left
        received += len(piece)
        body += unpack.decompress(piece, limit + 1 - len(body)) if unpack else piece
        if max(len(body), received) > limit:
            raise FetchProblem("too-big", address=answer.url)
    if deadline.over:  # the watch shut the connection, which looks like its end
        raise FetchProblem("timeout", address=answer.url)
    return bytes(body)


def _session(deadline: Deadline, guard: Guard) -> Any:
    """A session for one request: no cookie outlives it, and neither proxies nor passwords come from the environment."""
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=None,
            user_agent_override=USER_AGENT,
        )
    )
    session.trust_env = False
    for scheme in _DEFAULT_PORTS:
        session.mount(f"{scheme}://", _Adapter(scheme, deadline=deadline, guard=guard))
    return session


class _Adapter(IPFilterAdapter):  # type: ignore[misc] # the library has no types
    """Resolves a name once, by our guard, and connects to that address: a name that changes its answer changes nothing.

    The library's own filter looks at the address a second time.
    """

    def __init__(self, scheme: str, *, deadline: Deadline, guard: Guard) -> None:
        self._scheme, self._deadline, self._guard = scheme, deadline, guard
        super().__init__(is_https_proto=scheme == "https", allow_loopback=bool(guard.allow))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let the deadline watch every socket that is opened."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(self._deadline)

    def build_connection_pool_key_attributes(self, request: Any, verify: bool | str, cert: Any = None) -> tuple[dict[str, Any], Any]:
        """Where to connect to (the address that was found), and whom to expect there (the name)."""
        parts = web_address(request.url)
        host, port = parts.hostname or "", port_of(parts)
        self._guard.require_port(port)
        found = self._guard.resolve(host, port, deadline=self._deadline)
        pinned = request.copy()
        pinned.url = urlunsplit(parts._replace(netloc=f"[{found}]:{port}" if ":" in found else f"{found}:{port}"))
        host_params, pool_kwargs = super().build_connection_pool_key_attributes(pinned, verify, cert)
        request.headers["Host"] = parts.netloc
        if self._scheme == "https":
            pool_kwargs |= {"assert_hostname": host, "server_hostname": host}
        return host_params, pool_kwargs


def _watched_pools(deadline: Deadline) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.watch(super()._new_conn())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.watch(super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
