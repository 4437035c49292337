"""Reading the framework and the other lists."""

from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from resourcebank.catalogue import SCHEMA, known_values
from resourcebank.models import Term
from tests.api.conftest import Answer, Get


def vocabularies(answer: Answer) -> dict[str, Answer]:
    return {vocabulary["vocabulary"]: vocabulary for vocabulary in answer["vocabularies"]}


def test_every_facet_has_its_vocabulary_with_every_value_a_search_takes(get: Get) -> None:
    found = vocabularies(get("terms"))
    known = known_values()
    for facet in SCHEMA.facets:
        assert {term["value"] for term in found[facet.name]["terms"] if term["active"]} == {*known[facet.name]}


def test_a_term_has_its_names_source_and_standing(get: Get) -> None:
    pairs = vocabularies(get("terms", vocabulary="word_pair", lang="nn"))["word_pair"]
    term = next(term for term in pairs["terms"] if term["value"] == "muligheter-og-begrensninger")
    assert (pairs["label"], pairs["labels"]["en"]) == ("Ordpar", "Word pair")
    assert term["label"] == term["labels"]["nn"] == "Moglegheiter og avgrensingar"
    assert {*term["labels"]} == {"nb", "nn", "en"}
    assert term["source"].startswith("https://")
    assert (term["confirmed"], term["active"], term["parent"], term["replaced_by"]) == (True, True, None, None)
    assert term["labels_confirmed"] == ["nb", "nn"]


def test_one_vocabulary_can_be_asked_for(get: Get) -> None:
    assert [*vocabularies(get("terms", vocabulary="kind"))] == ["kind"]


def test_children_follow_their_parent(get: Get) -> None:
    for vocabulary in get("terms")["vocabularies"]:
        last = None
        for term in vocabulary["terms"]:
            last = term["value"] if term["parent"] is None else last
            assert term["parent"] in (None, last)


def test_a_working_title_is_not_confirmed(get: Get) -> None:
    assert not all(term["confirmed"] for term in vocabularies(get("terms"))["competence"]["terms"])


def test_a_retired_term_says_what_replaced_it(get: Get) -> None:
    old, new = Term.objects.filter(vocabulary="theme").order_by("slug")[:2]
    Term.objects.filter(pk=old.pk).update(active=False, replaced_by=new)
    found = vocabularies(get("terms", vocabulary="theme"))["theme"]["terms"]
    retired = next(term for term in found if term["value"] == old.slug)
    assert (retired["active"], retired["replaced_by"]) == (False, new.slug)


def test_an_unknown_vocabulary_is_refused_with_the_nearest_known_one(client: Client) -> None:
    response = client.get("/api/v1/terms", {"vocabulary": "word_pairs"})
    assert (response.status_code, response.json()["code"]) == (400, "unknown-value")
    assert response.json()["errors"][0]["nearest"] == "word_pair"


def test_all_terms_are_read_in_one_statement(get: Get, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(1):
        get("terms")
