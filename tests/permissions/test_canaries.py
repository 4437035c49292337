"""No word of a text that is not public is to be found in anything the public, or somebody without the right, can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from resourcebank.models import Comment, Decision, Resource, Revision, User
from resourcebank.workflow import Status
from tests.permissions.world import ACTORS, AUTHORS, PAGES, PARTS, World, canary

CANARY = re.compile(r"kanari[a-z]+x")
PUBLIC = {Status.PUBLISHED}
"""Of a resource with a newer revision the old one is read by no address yet."""


def public_canaries() -> set[str]:
    """What may be seen by everybody."""
    return {canary(author, status, part) for author in AUTHORS for status in PUBLIC for part in PARTS} | {
        # the page of a resource that was taken down still says what it was called, and an address keeps the first title
        *(canary(author, Status.RETIRED, f"title{language}") for author in AUTHORS for language in ("nb", "nn")),
        *(canary(author, Status.SUPERSEDED, "titlenb") for author in AUTHORS),
    }  # fmt: skip


def readable(world: World) -> Iterator[str]:
    """Every address that shows resources, or names, or counts, to somebody who is not at work on them."""
    words = [canary(author, status, part) for author in ("author",) for status in Status for part in ("titlenb", "care", "sheet")]
    yield from ("/nb/", "/nn/", "/en/", "/nb/sok/", "/nb/sok/?q=stoler", "/nb/dekning/", "/nb/dekning.csv", "/healthz", "/readyz")
    yield from ("/api/v1/resources", "/api/v1/resources?q=stoler&page_size=100", "/api/v1/coverage", "/api/v1/terms", "/api/v1/schema")
    yield from ("/nb/ordpar/valg-og-tilfeldigheter/", "/nb/rammeverk/", "/nb/finnes-ikke/", "/api/v1/finnes-ikke")
    for word in words:
        yield from (f"/nb/sok/?q={word}", f"/api/v1/resources?q={word}")
    for author in AUTHORS:
        for status in Status:
            text = world.text_for(author, status)
            yield from (address(text) for address in PAGES.values())
            yield from (f"/nn/ressurs/{text.resource.slug}/", f"/nb/ressurs/{text.resource.slug}/?form=nn")


def everything(response: Any) -> str:
    """The whole answer, its head included."""
    body: bytes = b"".join(response) if response.streaming else response.content
    return body.decode() + " ".join(f"{name}: {value}" for name, value in response.headers.items())


@pytest.mark.parametrize("actor", ["anonymous", "other-contributor"])
def test_nothing_that_is_not_public_is_read_anywhere(world: World, actor: str) -> None:
    client, allowed, leaks, seen = world.client(actor), public_canaries(), [], set[str]()
    for address in readable(world):
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
    for address in readable(world):
        told = everything(client.get(address))
        assert not re.search("kanarisamtalex|Den finnes fra før|Kort ned steg to", told), address


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
