"""What may be here already: the same address, nearly the same title, nearly the same text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resourcebank.content import Content
from resourcebank.foreign.describe import Suggestion
from resourcebank.models import User
from resourcebank.selectors.duplicates import near, plain_address
from resourcebank.services.publication import retire
from resourcebank.web.contributing_start import first_content, linked_content
from tests.factories import NOW, a_draft, a_published, whole_content, whole_form

OTHER = whole_form(
    "nb", title="Elleve kort på gulvet", summary="Gruppen går mellom kort som ligger på gulvet, og snakker om dem.", goal="Å høre andre."
)


def linked(address: str) -> Content:
    """Something that lies elsewhere."""
    return whole_content(origin="linked", source_url=address, licence="link-only", forms=(OTHER,))


@pytest.fixture
def published(alice: User, carl: User) -> int:
    """A resource everybody reads; its key."""
    content = replace(linked("https://www.eksempel.no/ovelse/?utm_source=brev"), forms=(whole_form("nb"),))
    return a_published(author=alice, approver=carl, content=content).resource_id


@pytest.mark.parametrize("address", ["http://eksempel.no/ovelse", "https://WWW.eksempel.no/ovelse/#topp"])
def test_the_same_address_however_it_is_written(address: str, published: int) -> None:
    assert [found.why for found in near(linked(address))] == ["address"]
    assert near(linked(f"{address.partition('#')[0]}?side=2")) == []


def test_nearly_the_same_title_or_text(published: int) -> None:
    title = whole_content(forms=(replace(OTHER, title="Fire stolar (nb)"),))
    text = whole_content(
        forms=(replace(OTHER, summary="Deltakeren setter seg på fire stoler. Hver stol er en vei.", goal=whole_form().goal),)
    )
    assert [found.why for found in near(title)] == ["title"]
    assert [found.why for found in near(text)] == ["text"]
    assert near(whole_content(forms=(OTHER,))) == []


def test_a_resource_is_not_near_itself_nor_is_what_nobody_can_read(published: int, alice: User, carl: User) -> None:
    assert near(whole_content(), resource_id=published) == []
    a_draft(by=alice, content=whole_content(forms=(OTHER,)))
    assert near(whole_content(forms=(OTHER,))) == []
    revision = a_published(author=alice, approver=carl, content=whole_content(forms=(OTHER,)))
    assert len(near(whole_content(forms=(OTHER,)))) == 1
    retire(revision, by=carl, now=NOW, seen=revision.version, reason="Lenken virker ikke.")
    assert near(whole_content(forms=(OTHER,))) == []


@pytest.mark.parametrize("address", ["", "tull", "http://[::1", "javascript:alert(1)"])
def test_what_is_no_address_is_like_none(address: str) -> None:
    assert plain_address(address) == ""


def test_a_page_that_describes_itself_fills_in_the_draft_and_says_which_fields() -> None:
    said = Suggestion(
        address="https://a.no/x", canonical="https://a.no/y", title="Tre kort", summary="Om kort.", language="nn", minutes=12, publisher="A"
    )
    content, fetched = linked_content(first_content((), author="Alice"), said)
    form = content.forms[0]
    assert (content.origin, content.source_url, content.licence, content.attribution) == ("linked", "https://a.no/y", "link-only", "A")
    assert (form.code, form.title, form.summary, content.minutes) == ("nn", "Tre kort", "Om kort.", (12, 12))
    assert set(fetched) == {"title.nn", "summary.nn", "attribution", "minutes_min", "minutes_max", "form.nn"}
