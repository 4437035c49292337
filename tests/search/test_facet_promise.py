"""What a count promises: so many hits when its value alone is chosen in its facet, or added where values add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.index import Document, Passage
from search.request import SearchRequest
from tests.search.collection import FACET_NAMES, Collection
from tests.search.conftest import empty_collection
from tests.search.made_up import VALUES

TEXTS = ["stol", "stol bord", "bord lampe", "lampe", "stol bord lampe teppe", "karrierebord", "xyzzy"]
REQUESTS_PER_BANK = 3
documents = st.lists(
    st.builds(
        Document,
        id=st.uuids().map(str),
        passages=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2).map(
            lambda some: tuple(Passage("nb", text, text) for text in some)
        ),
        keywords=st.fixed_dictionaries({name: st.lists(st.sampled_from(some), max_size=3).map(tuple) for name, some in VALUES.items()}),
        numbers=st.fixed_dictionaries(
            {}, optional={name: st.integers(1, 9) for name in ("minutes", "group_low", "group_high", "published")}
        ),
    ),
    max_size=14,
    unique_by=lambda document: document.id,
)
requests = st.builds(
    lambda text, filters, bounds: SearchRequest(
        text=text, filters=tuple(filters.items()), bounds=tuple(bounds.items()), facets=FACET_NAMES
    ),
    st.sampled_from(["", *TEXTS, "stoler og bord", "brod", "tep"]),
    st.fixed_dictionaries(
        {},
        optional={name: st.lists(st.sampled_from(some), min_size=1, max_size=3, unique=True).map(tuple) for name, some in VALUES.items()},
    ),
    st.fixed_dictionaries({}, optional={name: st.integers(0, 9) for name in ("minutes_max", "minutes_min", "group")}),
)


@pytest.fixture(scope="module")
def bank(engine_name: str, opensearch_url: str) -> Iterator[Collection]:
    """One index that is filled anew for every example."""
    with empty_collection(engine_name, opensearch_url) as made:
        made.fill([])
        yield made


def chosen_alone(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with this value alone chosen in its facet."""
    others = tuple((name, values) for name, values in request.filters if name != facet)
    return replace(request, filters=(*others, (facet, (value,))), page=1)


def added(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with this value among those chosen in its facet."""
    return request if value in request.chosen(facet) else request.toggled(facet, value)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(documents, st.lists(requests, min_size=REQUESTS_PER_BANK, max_size=REQUESTS_PER_BANK))
def test_every_count_shown_is_the_total_when_its_value_is_chosen(
    bank: Collection, held: list[Document], asked: list[SearchRequest]
) -> None:
    bank.refill(held)
    for request in asked:
        page = bank.answer(request)
        for facet in page.facets:
            choose = added if facet.combine == "all" else chosen_alone
            assert {value.value for value in facet.values} >= set(request.chosen(facet.name))
            for value in facet.values:
                after = bank.answer(replace(choose(request, facet.name, value.value), facets=()))
                assert (facet.name, value.value, value.count) == (facet.name, value.value, after.total)
                assert after.stage == page.stage
                assert value.selected == (value.value in request.chosen(facet.name))
