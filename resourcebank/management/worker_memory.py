"""How much memory searching costs a web process: what it holds after pages without a search, and after many with one."""

from __future__ import annotations

import gc
from pathlib import Path

from django.test import Client

from resourcebank.catalogue import CATALOGUE
from resourcebank.management.measurement import made_requests
from search.request import SearchRequest

_ACCOUNT = Path("/proc/self/status")
ON_LINUX = _ACCOUNT.exists()
_WITHOUT = ("/nb/personvern/", "/nb/etikk/", "/nn/vilkar/", "/nb/personvern/")
"""Pages that make Django, its templates and the database ready and ask the index nothing."""


def memory() -> dict[str, int]:
    """MB that this process holds now (RSS), before and after the searches; of it mapped files, which the kernel may take back."""
    client = Client(HTTP_HOST="127.0.0.1")
    for address in _WITHOUT:
        _get(client, address)
    bare = resident("VmRSS"), resident("RssFile")
    requests = made_requests(CATALOGUE, 1)
    for request in requests:
        _get(client, _page_of(request))
    gc.collect()
    return {"bare": bare[0], "bare_files": bare[1], "searching": resident("VmRSS"), "searching_files": resident("RssFile")}


def resident(name: str) -> int:
    """A line of the kernel's account of this process, in MB: `VmRSS`, `VmHWM`, `RssFile`."""
    lines = _ACCOUNT.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) // 1024


def _page_of(request: SearchRequest) -> str:
    return f"/nb/sok/?{request.to_query()}"


def _get(client: Client, address: str) -> None:
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
