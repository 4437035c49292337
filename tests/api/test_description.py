"""The description of the API is whole, and true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.management import call_command
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from resourcebank.api.problems import TITLES
from resourcebank.catalogue import SCHEMA, known_values
from resourcebank.project.wsgi import application
from resourcebank.selectors import published_ids
from tests.api.conftest import Answer, Get

REFUSED = "#/components/schemas/Problem"


def parameters(description: Answer, path: str) -> dict[str, Answer]:
    return {each["name"]: each for each in description["paths"][f"/api/v1/{path}"]["get"]["parameters"]}


def test_every_facet_is_described_with_every_value_it_may_take(get: Get) -> None:
    described = parameters(get("schema"), "resources")
    known = known_values()
    for facet in SCHEMA.facets:
        assert {*described[facet.name]["schema"]["items"]["enum"]} == {*known[facet.name]}


def test_every_parameter_of_a_search_is_described(get: Get) -> None:
    described = parameters(get("schema"), "resources")
    others = {"q", "sort", "page", "page_size", "facets", "lang", *SCHEMA.bound_names}
    assert {*described} == others | {facet.name for facet in SCHEMA.facets}
    assert described["sort"]["schema"]["enum"] == [*SCHEMA.sort_names]
    assert all(each["description"] for each in described.values())


def test_every_address_is_described_with_its_refusals(get: Get) -> None:
    description = get("schema")
    names = ("resources", "resources/{public_id}", "resources/{public_id}/similar", "suggest", "terms", "coverage")
    assert {*description["paths"]} == {f"/api/v1/{name}" for name in names}
    for operations in description["paths"].values():
        refusals = {status: answer for status, answer in operations["get"]["responses"].items() if status != "200"}
        assert {"400", "406", "503"} <= {*refusals}
        assert all(answer["content"]["application/problem+json"]["schema"] == {"$ref": REFUSED} for answer in refusals.values())
    assert description["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == [*TITLES]


def test_the_description_is_valid_and_complete(tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


@pytest.fixture
def described(bank: None, db: None) -> Iterator[OpenApiSchema]:
    """The API as its description says it is, asked inside this process.

    After each request the site drops a connection that is in the middle of a transaction, which here is the test's own.
    """
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema", application)
    for end in ends:
        end.connect(close_old_connections)


def check(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    """Ask many times, and hold every answer against the description."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def does(case: schemathesis.Case[Any]) -> None:
        response = case.call()
        # That two numbers together reach too far is a rule which a description cannot hold.
        beyond = "out-of-window" in response.text
        case.validate_response(response, excluded_checks=[positive_data_acceptance] if beyond else [])

    does()


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", ["resources", "resources/{public_id}", "terms"])
def test_the_api_does_what_its_description_says(path: str, mode: GenerationMode, described: OpenApiSchema) -> None:
    check(described[f"/api/v1/{path}"]["GET"], mode)


def test_whole_resources_are_as_described(described: OpenApiSchema) -> None:
    ids = list(published_ids())
    assert len(ids) >= 10
    operation = described["/api/v1/resources/{public_id}"]["GET"]
    for public_id in ids:
        operation.Case(path_parameters={"public_id": public_id}).call_and_validate()
