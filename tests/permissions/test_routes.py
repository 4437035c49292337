"""Every address of the site is an operation of the table, or on the list of those that are open to all. A new one is neither until
somebody says which, in `routes.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.addresses import PAGES
from tests.permissions.world import DEEDS, FOLDER, World, expected

KINDS = {
    "public": "shows what is public, to everybody alike",
    "account": "allauth's own page about one's own account",
    "member": "one's own things, for whoever is logged in; a row of `site.csv` says how it answers whom",
    "role": "asks a role; a row of `site.csv` says how it answers whom",
}
"""What a route may be besides the name of an operation in `matrix.csv`."""


def routes(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[str]:
    """The name of every route, or its pattern when it has none."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern, space + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else pattern


def mapped() -> dict[str, str]:
    """What `routes.csv` says of each route."""
    with (FOLDER / "routes.csv").open(encoding="utf-8", newline="") as file:
        return {row["route"]: row["is"] for row in csv.DictReader(file)}


def test_every_route_is_mapped() -> None:
    known = mapped()
    unknown = sorted({route for route in routes() if route not in known})
    assert unknown == [], (
        f"These routes are in no table: {', '.join(unknown)}. Add each to tests/permissions/routes.csv: as the name of an operation in "
        f"matrix.csv (and to PAGES in addresses.py), or as one of {', '.join(KINDS)} (and to site.csv and addresses.py)."
    )


def test_no_route_is_mapped_that_is_not_there() -> None:
    assert sorted(set(mapped()) - set(routes())) == []


def test_what_a_route_is_mapped_to_exists() -> None:
    assert {route: what for route, what in mapped().items() if what not in {*DEEDS, *PAGES, *KINDS}} == {}


def test_what_asks_who_somebody_is_has_a_row_that_says_how_it_answers_whom() -> None:
    rows = {operation for operation, _actor in expected("site.csv")}
    assert {route for route, what in mapped().items() if what in ("member", "role")} - rows == set()


def test_what_is_open_to_all_asks_nobody_who_they_are(world: World) -> None:
    """A public page gives a reader no cookie and sends nobody to log in."""
    client = world.client("anonymous")
    for address in ("/nb/", "/nb/sok/", "/nb/rammeverk/", "/nb/etikk/", "/nb/dekning/", "/nb/dekning.csv", "/api/v1/resources", "/healthz"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
