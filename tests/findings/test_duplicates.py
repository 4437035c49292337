"""What a text may be a copy of is asked, never decided."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from resourcebank.content import Content
from resourcebank.models import User
from resourcebank.selectors.duplicates import near_duplicates
from resourcebank.selectors.findings import all_findings
from tests.factories import a_draft, a_published, next_version, whole_content, whole_form

pytestmark = pytest.mark.usefixtures("framework")
SUMMARY = "Deltakeren sorterer tretti kort etter hva som betyr mest i arbeidslivet."


def named(title: str, summary: str = "Kort.", **changes: object) -> Content:
    """A resource with this title and summary."""
    forms = (whole_form("nb", title=title, summary=summary), whole_form("nn", title=f"{title} nn", summary=summary))
    return whole_content(forms=forms, **changes)


@pytest.fixture
def cards(alice: User, carl: User) -> int:
    """A published resource to be like; its key."""
    content = whole_content(forms=(whole_form("nb", title="Sorter verdikortene", summary=SUMMARY), whole_form("nn")))
    return a_published(author=alice, approver=carl, content=content).resource_id


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (named("Sorter verdikortene"), "title"),
        (named("verdikortene: sorter!"), "title"),
        (named("Noe helt annet", SUMMARY), "summary"),
        (named("Noe helt annet", SUMMARY.replace("tretti", "førti")), "summary"),
    ],
)
def test_what_is_like_a_published_resource_is_asked_about(cards: int, content: Content, why: str) -> None:
    found = near_duplicates(content)
    assert [(each.resource_id, each.why, each.title) for each in found] == [(cards, why, "Sorter verdikortene")]


@pytest.mark.parametrize("title", ["Sorter", "Verdikort", "Tegn en livslinje", "Sorter verdikortene 2"])
def test_what_only_shares_a_word_or_has_another_number_is_not(cards: int, title: str) -> None:
    assert near_duplicates(named(title)) == []


def test_drafts_and_other_languages_are_nothing_to_be_like(cards: int, alice: User) -> None:
    a_draft(by=alice, content=named("Et utkast om håp"))
    assert near_duplicates(named("Et utkast om håp")) == []
    assert near_duplicates(whole_content(forms=(whole_form("en", title="Sorter verdikortene", summary=SUMMARY),))) == []


def test_the_same_address_is_known_again_however_it_was_pasted(alice: User, carl: User) -> None:
    forms = (whole_form("nb", title="En film", steps=()), whole_form("nn", steps=()))
    address = "https://example.no/film"
    film = whole_content(origin="linked", source_url=address, licence="link-only", step_minutes=(), forms=forms)
    public = a_published(author=alice, approver=carl, content=film)
    pasted = named("Noe annet", source_url="HTTPS://Example.no:443/film?utm_source=brev#start")
    assert [(each.resource_id, each.why, each.likeness) for each in near_duplicates(pasted)] == [(public.resource_id, "address", 100)]
    assert near_duplicates(pasted)[0].title == "En film"
    draft = a_draft(by=alice, content=named("Noe annet", source_url="https://example.no/film?fbclid=1"))
    assert "duplicate-address" in {finding.code for finding in all_findings(draft)}


def test_a_new_version_is_no_copy_of_its_own_resource(cards: int, alice: User, carl: User) -> None:
    copy = a_published(author=alice, approver=carl, content=named("En egen tittel", "En helt egen omtale om å gå en tur i skogen sammen."))
    version = next_version(copy, author=alice, content=named("En egen tittel", "En ny omtale om å gå en tur i skogen sammen med andre."))
    assert "near-duplicate" not in {finding.code for finding in all_findings(version)}
    assert near_duplicates(named("En egen tittel"), None) != []


def test_it_takes_two_statements_however_many_there_are(cards: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        near_duplicates(named("Sorter", source_url="https://example.no/"))
