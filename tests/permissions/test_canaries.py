"""No word of a text that is not public is to be found in anything the public, or somebody without the right, can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from resourcebank.catalogue import forget_labels
from resourcebank.models import Comment, Decision, Resource, Revision, User
from resourcebank.services.review import request_changes
from resourcebank.workflow import Status
from tests.factories import NOW, a_draft, handed_in
from tests.permissions.addresses import PAGES, site_addresses
from tests.permissions.world import ACTORS, AUTHORS, PARTS, World, canary, expected, marked

CANARY = re.compile(r"kanari[a-z]+x")
JUDGES = ("reviewer", "other-scoped-reviewer")
OWN_DATA = "/konto/mine-data.json"
"""Holds for a judge the mails that told of each text when it was handed in: a title they could read then."""
PUBLIC = {Status.PUBLISHED}
"""Of a resource with a newer revision the old one is read by no address yet."""


def public_canaries() -> set[str]:
    """What may be seen by everybody."""
    return {canary(author, status, part) for author in AUTHORS for status in PUBLIC for part in PARTS} | {
        # the page of a resource that was taken down still says what it was called, and an address keeps the first title
        *(canary(author, Status.RETIRED, f"title{language}") for author in AUTHORS for language in ("nb", "nn")),
        *(canary(author, Status.SUPERSEDED, "titlenb") for author in AUTHORS),
    }  # fmt: skip


def canaries_for(actor: str) -> set[str]:
    """What somebody who writes nothing here may see: what everybody may, the picture of what was public, and what the table lets them
    read."""
    table, hidden = expected(), set(Status) - {Status.PUBLISHED}
    if actor not in JUDGES:  # what was public once may be read by everybody, but only the page of the review shows it
        hidden.remove(Status.SUPERSEDED)
    open_to = {status for status in hidden if table["read", status, actor] == "yes"}
    return (
        public_canaries()
        | {canary(author, Status.SUPERSEDED, "picture") for author in AUTHORS}
        | {canary(author, status, part) for author in AUTHORS for status in open_to for part in PARTS}
    )


def readable(world: World) -> Iterator[str]:
    """Every address that shows resources, or names, or counts, to everybody alike."""
    words = [canary(author, status, part) for author in ("author",) for status in Status for part in ("titlenb", "care", "sheet")]
    yield from ("/nb/", "/nn/", "/en/", "/nb/sok/", "/nb/sok/?q=stoler", "/nb/dekning/", "/nb/dekning.csv", "/healthz", "/readyz")
    yield from ("/api/v1/resources", "/api/v1/resources?q=stoler&page_size=100", "/api/v1/coverage", "/api/v1/terms", "/api/v1/schema")
    yield from ("/nb/ordpar/valg-og-tilfeldigheter/", "/nb/rammeverk/", "/nb/finnes-ikke/", "/api/v1/finnes-ikke")
    for word in words:
        yield from (f"/nb/sok/?q={word}", f"/api/v1/resources?q={word}")
    for author in AUTHORS:
        for status in Status:
            text = world.text_for(author, status)
            yield from (f"/nn/ressurs/{text.resource.slug}/", f"/nb/ressurs/{text.resource.slug}/?form=nn")


def guarded(world: World, author: str = "author") -> Iterator[str]:
    """Every address that asks who somebody is, for the texts of one author, and of the site."""
    for status in Status:
        yield from (address(world.text_for(author, status), author, status) for address in PAGES.values())
    yield from (address for method, address in site_addresses(world).values() if method == "GET" and "logout" not in address)


def everything(response: Any) -> str:
    """The whole answer, its head included."""
    body: bytes = b"".join(response) if response.streaming else response.content
    return body.decode() + " ".join(f"{name}: {value}" for name, value in response.headers.items())


@pytest.mark.parametrize("actor", ["anonymous", "other-contributor", "reviewer", "other-scoped-reviewer", "admin"])
def test_nobody_reads_anywhere_what_is_not_for_them(world: World, actor: str) -> None:
    client, allowed, leaks, seen = world.client(actor), canaries_for(actor), [], set[str]()
    for address in (*(readable(world) if actor == "anonymous" else ()), *guarded(world)):
        if address == OWN_DATA and actor in JUDGES:
            continue
        asked_for = set(CANARY.findall(address))
        found = set(CANARY.findall(everything(client.get(address)))) - asked_for
        seen |= found
        leaks += [f"{address}: {word}" for word in found - allowed]
    assert leaks == []
    assert canary("author", Status.PUBLISHED, "care") in seen  # it looks where texts are shown


def test_search_finds_the_public_and_nothing_else(world: World) -> None:
    """A word may be near another, so what counts is which resources are found; one that is superseded is public in its new text."""
    client = world.client("anonymous")
    for author in AUTHORS:
        for status in set(Status) - {Status.SUPERSEDED}:
            mine = str(world.text_for(author, status).resource.public_id)
            for part in ("titlenb", "care", "sheet"):
                results = client.get(f"/api/v1/resources?q={canary(author, status, part)}").json()["results"]
                assert (mine in str(results)) == (status in PUBLIC), (author, status, part)


def test_what_reviewers_and_authors_say_is_read_by_no_address(world: World) -> None:
    author, curator = world.actors["author"], world.actors["curator"]
    assert isinstance(author, User)
    assert isinstance(curator, User)
    for revision in Revision.objects.filter(author=author):
        Comment.objects.create(revision=revision, author=curator, text="kanarisamtalex", internal=True)
    for status in (Status.REJECTED, Status.CHANGES_REQUESTED, Status.PUBLISHED):
        assert Decision.objects.filter(review__revision=world.text_for("author", status)).exists()
    client = world.client("other-contributor")
    for address in (*readable(world), *guarded(world)):
        told = everything(client.get(address))
        assert not re.search("kanarisamtalex|Den finnes fra før|Kort ned steg to", told), address


@pytest.mark.parametrize("actor", AUTHORS)
def test_what_judges_say_among_themselves_is_hidden_from_who_made_the_text(world: World, actor: str) -> None:
    author, curator = world.actors[actor], world.actors["curator"]
    assert isinstance(author, User)
    assert isinstance(curator, User)
    for revision in Revision.objects.filter(author=author):
        Comment.objects.create(revision=revision, author=curator, text="kanarimellomossx", internal=True)
    waiting = world.text_for(actor, Status.IN_REVIEW)
    request_changes(waiting, by=curator, now=NOW, seen=waiting.version, note="Kort ned.", internal_note="kanarimellomossx")
    client = world.client(actor)
    assert [address for address in guarded(world, actor) if "mellomoss" in everything(client.get(address))] == []
    judge = world.client("curator")
    assert everything(judge.get(f"/nb/vurdering/{waiting.pk}/")).count("kanarimellomossx") == 2


def test_what_is_not_public_moves_no_number_and_no_mark_that_everybody_reads(world: World) -> None:
    client, other = world.client("anonymous"), world.actors["other-contributor"]
    assert isinstance(other, User)
    addresses = (
        *("/nb/", "/nb/sok/", "/nb/sok/?q=stoler", "/nb/sok/?q=kanarihemmelig", "/nb/dekning/", "/nb/dekning.csv"),
        *("/nb/slik-kvalitetssikrer-vi/", "/nb/ordpar/valg-og-tilfeldigheter/", "/api/v1/resources?facets=1", "/api/v1/coverage"),
        *("/api/v1/resources?q=stol&facets=1", "/api/v1/terms", "/api/v1/resources?sort=newest"),
    )
    before = [everything(client.get(address)) for address in addresses]
    a_draft(by=other, content=marked("hemmelig", Status.DRAFT, pictures=False))
    handed_in(by=other, content=marked("hemmelig", Status.IN_REVIEW, pictures=False))
    forget_labels()
    assert [everything(client.get(address)) for address in addresses] == before


def test_a_text_that_is_not_public_is_missing_in_the_same_words_as_one_that_never_was(world: World) -> None:
    client = world.client("anonymous")
    nowhere = client.get("/nb/ressurs/finnes-ikke/").content.decode()
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.REJECTED, Status.DISCARDED, Status.CHANGES_REQUESTED):
        text = world.text_for("author", status)
        there = client.get(f"/nb/ressurs/{text.resource.slug}/").content.decode()
        assert there.replace(text.resource.slug, "finnes-ikke") == nowhere


def test_every_actor_of_the_table_is_here(world: World) -> None:
    assert set(world.actors) == set(ACTORS)
    assert Resource.objects.count() == len(world.texts)
