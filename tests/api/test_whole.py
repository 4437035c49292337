"""Reading one resource whole."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank.models import User
from resourcebank.services.publication import retire
from resourcebank.workflow import Status
from tests.api.conftest import Get
from tests.factories import NOW, a_published, next_version, passed, revision_in, whole_content, whole_form

PARTS = ["title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript"]


def test_a_resource_has_every_part_of_every_form(get: Get, alice: User, carl: User) -> None:
    content = whole_content(forms=(whole_form("nb"), whole_form("nn", made_from="nb"), whole_form("nb", "A2", made_from="nb")))
    resource = a_published(author=alice, approver=carl, content=content).resource
    whole = get(f"resources/{resource.public_id}")
    assert [form["code"] for form in whole["forms"]] == ["nb", "nb-a2", "nn"]
    for form, written in zip(whole["forms"], (whole_form("nb"), whole_form("nb", "A2"), whole_form("nn")), strict=True):
        for part in PARTS:
            said = getattr(written, part)
            assert form[part] == (list(said) if isinstance(said, tuple) else said), part
    assert [form["made_from"] for form in whole["forms"]] == [None, "nb", "nb"]


def test_a_resource_has_its_time_plan_links_and_quality(get: Get, alice: User, carl: User) -> None:
    resource = a_published(author=alice, approver=carl).resource
    whole = get(f"resources/{resource.public_id}", lang="nn")
    assert whole["id"] == str(resource.public_id)
    assert whole["url"].endswith(f"/nn/ressurs/{resource.slug}/")
    assert (whole["title"], whole["language"]) == ("Fire stoler (nn)", "nn")
    assert whole["steps"] == [{"position": 1, "minutes": 3}, {"position": 2, "minutes": 5}, {"position": 3, "minutes": 6}]
    assert (whole["minutes"], whole["group"]) == ({"min": 10, "max": 20}, {"min": 1, "max": 8})
    assert (whole["kind"], whole["kind_label"]) == ("activity", "Aktivitet")
    assert (whole["licence"], whole["attribution"]) == ("CC-BY-4.0", "Alice")
    assert whole["licence_url"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert whole["quality"] == {"assurance": "checked", "assured_on": "2026-11-22", "review_due_on": "2028-11-22"}
    main = next(link for link in whole["links"] if link["role"] == "main")
    assert (main["vocabulary"], main["value"]) == ("word_pair", "valg-og-tilfeldigheter")
    assert main["reason"]["nn"] == "Øvinga handlar om å velje."
    assert main["working_title"] is False
    assert whole["terms"]["word_pair"] == ["valg-og-tilfeldigheter"]


def test_a_working_title_is_said_to_be_one(get: Get) -> None:
    resources = [get(f"resources/{hit['id']}") for hit in get("resources", page_size=100)["results"]]
    terms = {
        term["value"]: term["confirmed"] for v in get("terms")["vocabularies"] for term in v["terms"] if v["vocabulary"] == "competence"
    }
    links = [link for whole in resources for link in whole["links"] if link["vocabulary"] == "competence"]
    assert all(link["working_title"] is not terms[link["value"]] for link in links)


def test_everything_a_search_finds_can_be_read_whole(get: Get) -> None:
    for hit in get("resources", page_size=100)["results"]:
        whole = get(f"resources/{hit['id']}")
        for name in ("title", "summary", "language", "kind", "minutes", "group", "licence", "quality", "url"):
            assert whole[name] == hit[name]
        assert {name: {*slugs} for name, slugs in whole["terms"].items()} == {name: {*slugs} for name, slugs in hit["terms"].items()}
        assert [form["code"] for form in whole["forms"]] == hit["forms"]


def test_a_resource_needs_few_statements(get: Get, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    found = get("resources", page_size=1)["results"][0]
    with django_assert_max_num_queries(6):
        get(f"resources/{found['id']}")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.REJECTED, Status.DISCARDED])
def test_what_was_never_public_is_not_found(status: Status, client: Client, alice: User, carl: User) -> None:
    resource = revision_in(status, author=alice, curator=carl).resource
    response = client.get(f"/api/v1/resources/{resource.public_id}")
    assert response.status_code == 404
    assert response.json()["code"] == "not-found"


def test_a_resource_that_never_was_is_not_found(client: Client) -> None:
    assert client.get(f"/api/v1/resources/{uuid4()}").status_code == 404


def test_a_new_version_is_read_when_it_is_published_and_not_before(get: Get, alice: User, carl: User, rita: User) -> None:
    published = a_published(author=alice, approver=carl)
    address = f"resources/{published.resource.public_id}"
    before = get(address)
    waiting = next_version(published, author=carl)
    assert get(address) == before
    passed(waiting, by=rita)
    assert get(address)["title"] == "Fem stoler"


def test_a_retired_resource_is_gone_and_leads_to_its_successor(client: Client, alice: User, carl: User) -> None:
    old, new = a_published(author=alice, approver=carl), a_published(author=alice, approver=carl, slug="nye-stoler")
    retire(old, by=carl, now=NOW, seen=old.version, reason="Lenken virker ikke.", successor=new.resource)
    response = client.get(f"/api/v1/resources/{old.resource.public_id}")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (410, "retired")
    assert "Lenken virker ikke." in problem["detail"]
    assert problem["successor"].endswith(f"/api/v1/resources/{new.resource.public_id}")


def test_a_retired_resource_without_a_successor_says_so(client: Client, alice: User, carl: User) -> None:
    resource = revision_in(Status.RETIRED, author=alice, curator=carl).resource
    problem = client.get(f"/api/v1/resources/{resource.public_id}").json()
    assert (problem["status"], problem["successor"]) == (410, None)
