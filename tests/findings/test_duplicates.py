"""What a text may be a copy of is asked, never decided. How likeness is measured has its own tests."""

from __future__ import annotations

import pytest

from resourcebank.content import Content, content_of
from resourcebank.findings.finding import Finding
from resourcebank.models import Revision, User
from resourcebank.selectors.coverage import public_sequence
from resourcebank.selectors.findings import all_findings
from tests.factories import a_draft, a_published, next_version, whole_content, whole_form

SUMMARY = "Deltakeren sorterer tretti kort etter hva som betyr mest i arbeidslivet."


def named(title: str, summary: str = "Noe for seg selv.", **changes: object) -> Content:
    """A resource with this title and summary."""
    forms = (
        whole_form("nb", title=title, summary=summary, goal=f"Mål: {title}."),
        whole_form("nn", title=f"{title} nn", summary=summary, goal=f"Mål: {title}."),
    )
    return whole_content(forms=forms, **changes)


@pytest.fixture(autouse=True)
def _cards(framework: None, alice: User, carl: User) -> None:
    """A published resource to be like."""
    a_published(author=alice, approver=carl, content=named("Sorter verdikortene", SUMMARY))


def found_in(revision: Revision) -> list[Finding]:
    """Everything that is found in a revision, the rest of the bank included."""
    return all_findings(revision, content_of(revision), sequence=public_sequence())


def said(content: Content, alice: User) -> list[tuple[str, bool]]:
    """What is found in a draft, and whether it stops it."""
    return [(finding.code, finding.blocks) for finding in found_in(a_draft(by=alice, content=content))]


def test_a_near_copy_is_asked_about_and_stops_nothing(alice: User) -> None:
    assert said(named("Sorter verdikortene"), alice) == [("near-duplicate", False)]
    assert said(named("Tegn en livslinje med fem punkter"), alice) == []


def test_an_address_the_bank_has_is_known_again(alice: User, carl: User) -> None:
    forms = tuple(whole_form(tag, title=f"En film {tag}", steps=()) for tag in ("nb", "nn"))
    address = "https://example.no/film"
    film = whole_content(origin="linked", source_url=address, licence="link-only", step_minutes=(), forms=forms)
    a_published(author=alice, approver=carl, content=film)
    assert ("duplicate-address", False) in said(named("Noe helt annet", source_url=f"{address}?utm_source=brev"), alice)


def test_a_new_version_is_no_copy_of_its_own_resource(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl, content=named("En egen tittel", "En omtale om å gå en tur i skogen sammen."))
    version = next_version(public, author=alice, content=named("En egen tittel", "En omtale om å gå en tur i skogen med andre."))
    assert "near-duplicate" not in {finding.code for finding in found_in(version)}
