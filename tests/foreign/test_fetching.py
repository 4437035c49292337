"""What a foreign server, or an address somebody pastes, cannot do to us."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resourcebank.foreign.fetch import HEAD_ONLY, MAX_REDIRECTS, PICTURE, USER_AGENT, fetch
from resourcebank.foreign.guard import FetchProblem, Guard, is_public
from tests.foreign.hostile import IN_TIME, PAGE, Server


def refusal(address: str, guard: Guard | None = None, seconds: float = 4.0) -> str:
    """Why the address was not read."""
    with pytest.raises(FetchProblem) as caught:
        fetch(address, guard=guard or Guard(), seconds=seconds)
    assert caught.value.message.endswith(".")
    return caught.value.reason


INNER = [
    "127.0.0.1", "127.1", "127.255.255.254", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "017700000001", "0x7f.1",
    "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001::1]", "[5f00::1]",
]  # fmt: skip


@pytest.mark.parametrize("host", INNER)
def test_no_spelling_of_an_address_leads_into_our_network(host: str) -> None:
    assert refusal(f"http://{host}/") == "forbidden"


def test_a_name_that_leads_into_our_network_is_refused() -> None:
    for inner in ("127.0.0.1", "169.254.169.254", "::1", "10.1.2.3", "fd00:ec2::254"):
        guard = Guard(resolver=lambda host, port, inner=inner: inner)  # type: ignore[misc]
        assert refusal("https://innside.example/", guard) == "forbidden"


def test_public_addresses_are_public() -> None:
    assert all(is_public(ipaddress.ip_address(text)) for text in ("93.184.215.14", "2a00:1450:400f:80c::200e", "::ffff:93.184.215.14"))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://bank.example/", "address"),
        ("file:///etc/passwd", "address"),
        ("javascript:alert(1)", "address"),
        ("data:text/html,hei", "address"),
        ("gopher://127.0.0.1:6379/_x", "address"),
        ("bank.example", "address"),
        ("", "address"),
        ("https://", "address"),
        ("https://[", "address"),
        ("https://bank.example:port/", "address"),
        ("https://bank.example\\@127.0.0.1/", "address"),
        ("https://bank.example\t.evil/", "address"),
        ("https://anne@bank.example/", "credentials"),
        ("https://anne:hemmelig@bank.example/", "credentials"),
        ("https://bank.example@127.0.0.1/", "credentials"),
        ("https://bank.example:22/", "port"),
        ("http://bank.example:8000/", "port"),
        ("http://127.0.0.1:6379/", "port"),
        ("http://bank.example:0/", "port"),
    ],
)
def test_only_plain_web_addresses_are_opened(address: str, reason: str) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> str:
        asked.append(host)
        raise OSError

    assert refusal(address, Guard(resolver=resolver)) == reason
    assert asked == []  # not even its name is looked up


def test_a_page_is_read_without_giving_anything_of_ours(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    got = fetch(server.at("to//page"), guard=server.guard())
    assert (got.body, got.status, got.content_type, got.charset) == (PAGE, 200, "text/html", "utf-8")
    fetch(server.at("page"), guard=server.guard())
    for _method, _path, headers in server.asked:
        assert headers["User-Agent"] == USER_AGENT
        assert headers["Host"] == f"bank.example:{server.port}"
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_a_name_is_asked_for_once_and_its_next_answer_changes_nothing(server: Server) -> None:
    answers = iter(["127.0.0.1", "169.254.169.254", "169.254.169.254"])
    guard = Guard(resolver=lambda host, port: next(answers), allow=frozenset({("127.0.0.1", server.port)}))
    assert fetch(server.at("page"), guard=guard).body == PAGE
    assert next(answers) == "169.254.169.254"
    assert refusal(server.at("page"), guard) == "forbidden"


def test_a_redirect_passes_the_same_guard(server: Server) -> None:
    guard = Guard(
        resolver=lambda host, port: "127.0.0.1" if host == "bank.example" else "127.0.0.2", allow=frozenset({("127.0.0.1", server.port)})
    )
    assert fetch(server.at("to//page"), guard=guard).body == PAGE
    for target, reason in {
        f"http://annen.example:{server.port}/": "forbidden",
        "http://127.0.0.1/": "forbidden",
        "http://169.254.169.254/latest/meta-data/": "forbidden",
        "http://bank.example:22/": "port",
        "http://anne@bank.example/": "credentials",
        "file:///etc/passwd": "address",
        "ftp://bank.example/": "address",
    }.items():
        assert refusal(server.at(f"to/{target}"), guard) == reason, target


def test_redirects_end(server: Server) -> None:
    assert refusal(server.at("circle"), server.guard()) == "redirects"
    assert len(server.asked) == MAX_REDIRECTS + 1
    assert fetch(server.at(f"count/{MAX_REDIRECTS}"), guard=server.guard()).body == PAGE
    assert refusal(server.at(f"count/{MAX_REDIRECTS + 1}"), server.guard()) == "redirects"


def test_where_a_page_moved_for_good_is_told(server: Server) -> None:
    assert fetch(server.at("for-good//page"), guard=server.guard()).moved_to == server.at("page")
    assert fetch(server.at("to//page"), guard=server.guard()).moved_to == ""
    assert fetch(server.at("for-good//to//page"), guard=server.guard()).moved_to == ""


@pytest.mark.parametrize("path", ["drip", "slow-head", "silence"])
def test_a_slow_server_is_left_when_the_time_is_up(server: Server, path: str) -> None:
    began = time.monotonic()
    assert refusal(server.at(path), server.guard(), seconds=0.6) == "timeout"
    assert 0.5 < time.monotonic() - began < IN_TIME


def test_redirects_and_bodies_share_one_time_limit(server: Server) -> None:
    began = time.monotonic()
    assert refusal(server.at("to//to//to//drip"), server.guard(), seconds=0.6) == "timeout"
    assert time.monotonic() - began < IN_TIME


def test_a_slow_look_up_of_a_name_is_left_when_the_time_is_up() -> None:
    over = threading.Event()
    guard = Guard(resolver=lambda host, port: "93.184.215.14" if over.wait(20) else "")
    assert refusal("https://bank.example/", guard, seconds=0.3) == "timeout"
    over.set()


def test_no_watch_is_left_behind(server: Server) -> None:
    before = threading.active_count()
    for _time in range(3):
        fetch(server.at("page"), guard=server.guard())
    for _wait in range(100):
        if threading.active_count() <= before + 1:  # the server keeps a thread for a connection
            break
        time.sleep(0.02)
    assert threading.active_count() <= before + 3
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    assert refusal(server.at("endless"), server.guard()) == "too-big"


def test_a_bomb_never_unpacks(server: Server) -> None:
    tracemalloc.start()
    assert refusal(server.at("bomb"), server.guard()) == "too-big"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


def test_packed_pages_are_unpacked_and_odd_packings_refused(server: Server) -> None:
    assert fetch(server.at("zipped"), guard=server.guard()).body == PAGE
    assert refusal(server.at("twice"), server.guard()) == "type"
    assert refusal(server.at("broken-zip"), server.guard()) == "connection"


def test_only_what_was_wanted_is_read(server: Server) -> None:
    assert refusal(server.at("file"), server.guard()) == "type"
    with pytest.raises(FetchProblem) as caught:
        fetch(server.at("page"), wanted=PICTURE, guard=server.guard())
    assert (caught.value.reason, caught.value.content_type) == ("type", "text/html")
    assert fetch(server.at("file"), wanted=HEAD_ONLY, guard=server.guard()).body == b""


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_page_is_no_page(server: Server, status: int) -> None:
    assert refusal(server.at(f"status/{status}"), server.guard()) == str(status)


def test_a_server_that_is_not_there_is_told_as_such(server: Server) -> None:
    guard = Guard(resolver=lambda host, port: "127.0.0.1", allow=frozenset({("127.0.0.1", 1)}))
    assert refusal("http://bank.example:1/", guard) == "connection"

    def nowhere(host: str, port: int) -> str:
        raise OSError("no such name")

    assert refusal("https://finnes-ikke.example/", Guard(resolver=nowhere)) == "dns"


CERTIFICATE = Path(__file__).parent / "bank.example.pem"


@contextmanager
def secure() -> Iterator[Server]:
    """The server behind TLS, with a certificate for bank.example that vouches for itself."""
    with Server() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def test_who_is_reached_is_asked_by_name_although_the_address_is_pinned() -> None:
    with secure() as server:
        there = f"https://bank.example:{server.port}/page"
        assert fetch(there, guard=server.guard(), verify=str(CERTIFICATE)).body == PAGE
        assert refusal(there, server.guard()) == "tls"
        with pytest.raises(FetchProblem) as caught:
            fetch(f"https://annen.example:{server.port}/page", guard=server.guard(), verify=str(CERTIFICATE))
        assert caught.value.reason == "tls"
