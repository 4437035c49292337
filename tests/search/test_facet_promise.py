"""What a count promises: so many hits when its value alone is chosen in its facet, or added where values add up."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcebank.catalogue import SCHEMA
from search.index import Document, Passage
from search.request import SearchRequest
from search.schema import Keyword, Path
from tests.search.collection import FACET_NAMES, FACETS, Collection
from tests.search.conftest import empty_collection
from tests.search.made_up import VALUES

TEXTS = ["stol", "stol bord", "bord lampe", "lampe", "stol bord lampe teppe", "karrierebord", "xyzzy"]
REQUESTS_PER_BANK = 3
COMBINE = {facet.name: facet.combine for facet in FACETS}
LIMITS: dict[str, tuple[tuple[str, Callable[[int, int], bool]], ...]] = {
    "minutes_max": (("minutes", operator.le),),
    "minutes_min": (("minutes", operator.ge),),
    "group": (("group_low", operator.le), ("group_high", operator.ge)),
}
PATHS = {facet.name for facet in FACETS if isinstance(facet, Path)}
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


def counted(held: list[Document], request: SearchRequest, facet: str) -> dict[str, int]:
    """The counts of a facet as the promise says them, worked out document by document; for requests without words."""
    every = COMBINE[facet] == "all"
    others = [(name, values) for name, values in request.filters if every or name != facet]
    fitting = [document for document in held if all(chosen_in(document, *each) for each in others) and within(document, request)]
    found = Counter(value for document in fitting for value in carried(document, facet))
    return dict(found) | {value: found[value] for value in request.chosen(facet)}


def carried(document: Document, facet: str) -> set[str]:
    """The values a document is found by: in a path its ancestors too."""
    own = document.keywords.get(facet, ())
    if facet not in PATHS:
        return set(own)
    return {"/".join(value.split("/")[:depth]) for value in own for depth in range(1, value.count("/") + 2)}


def chosen_in(document: Document, facet: str, values: tuple[str, ...]) -> bool:
    """Does the document fit what is chosen in a facet?"""
    fits = all if COMBINE[facet] == "all" else any
    return fits(value in carried(document, facet) for value in values)


def within(document: Document, request: SearchRequest) -> bool:
    """Does the document fit the numbers? One that does not say a number fits none."""
    limits = [(limit, wanted) for name, wanted in request.bounds for limit in LIMITS[name]]
    return all(field in document.numbers and fits(document.numbers[field], wanted) for (field, fits), wanted in limits)


def test_the_banks_here_have_every_kind_of_facet_the_catalogue_has() -> None:
    """A kind is how values are joined, whether they stand below each other, and whether they have an order of their own."""

    def kinds(facets: Iterable[Keyword]) -> set[tuple[str, str, bool]]:
        return {(type(facet).__name__, facet.combine, facet.declared) for facet in facets}

    assert kinds(FACETS) >= kinds(SCHEMA.facets)
    assert ("Path", "all") in {kind[:2] for kind in kinds(FACETS)}
    assert {name for name, some in VALUES.items() if any("/" in value for value in some)} == PATHS


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(documents, st.lists(requests, min_size=REQUESTS_PER_BANK, max_size=REQUESTS_PER_BANK))
def test_every_count_is_what_the_documents_say(bank: Collection, held: list[Document], asked: list[SearchRequest]) -> None:
    """An engine could keep its own promise and be wrong both times: here the counts are worked out without it."""
    bank.refill(held)
    for request in asked:
        wordless = replace(request, text="")
        for facet in bank.answer(wordless).facets:
            assert {value.value: value.count for value in facet.values} == counted(held, wordless, facet.name)


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
