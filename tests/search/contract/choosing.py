"""Filters, counts and numbers."""

from __future__ import annotations

import pytest

from search import plan
from search.request import SearchRequest
from tests.search.collection import FACET_NAMES, Collection, a_request, answers_to, passes, values_of

REQUESTS = [
    a_request(),
    a_request("valg"),
    a_request("veileder stol"),
    a_request(kind="activity"),
    a_request(kind="activity film"),
    a_request("valg", kind="text", pair="valg kontekst"),
    a_request(pair="valg"),
    a_request(pair="valg/lytte endring"),
    a_request(needs="phone-only"),
    a_request(needs="phone-only no-reading", level="A2"),
    a_request(ethics="respect privacy"),
    a_request(ethics="respect/listening", needs="no-reading", kind="activity text", level="A2 C", minutes_max=60, group=4),
    a_request("sko", minutes_max=10, kind="film"),
    a_request("nothing like it"),
]


def counted(collection: Collection, request: SearchRequest) -> tuple[int, dict[str, dict[str, int]]]:
    """Total and counts of a request, worked out document by document."""
    page = collection.answer(request)
    wording = collection.worded(request.text)
    made = plan.build(collection.schema, request, wording, page.stage)
    matching = [d for d in collection.analysed() if answers_to(made.query, d)]
    counts: dict[str, dict[str, int]] = {}
    for asked in made.facets:
        seen = [d for d in matching if all(passes(f, d) for f in asked.filters)]
        for name in asked.names:
            values = {value for d in seen for value in d.keywords[name]} | set(request.chosen(name))
            counts[name] = {value: sum(value in d.keywords[name] for d in seen) for value in values}
    return sum(all(passes(f, d) for f in made.filters) for d in matching), counts


class Choosing:
    """What filters keep, and what counts promise."""

    def test_values_of_one_facet_add_hits(self, library: Collection) -> None:
        assert library.ids(kind="film") == ["d03", "d08"]
        assert set(library.ids(kind="film text")) == {"d03", "d05", "d06", "d07", "d08", "d11", "d12"}

    def test_values_of_different_facets_narrow(self, library: Collection) -> None:
        assert set(library.ids(kind="activity", level="A2")) == {"d01", "d04", "d09"}

    def test_values_of_a_facet_that_wants_all_narrow(self, library: Collection) -> None:
        assert set(library.ids(needs="phone-only")) == {"d01", "d03", "d04"}
        assert set(library.ids(needs="phone-only no-reading")) == {"d01", "d04"}
        assert set(library.ids(ethics="respect privacy")) == {"d03", "d04"}

    def test_a_value_finds_what_carries_its_children(self, library: Collection) -> None:
        assert set(library.ids(pair="valg")) == {"d01", "d02", "d04"}
        assert library.ids(pair="valg/lytte") == ["d04"]

    def test_an_unknown_value_finds_nothing_and_is_listed(self, library: Collection) -> None:
        page = library.ask(kind="game")
        assert page.total == 0
        assert values_of(page, "kind")["game"] == 0

    @pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.to_query() or "everything")
    def test_total_and_counts_are_those_of_counting_by_hand(self, library: Collection, request_: SearchRequest) -> None:
        page = library.answer(request_)
        total, counts = counted(library, request_)
        assert page.total == total
        assert {facet.name: values_of(page, facet.name) for facet in page.facets} == counts

    def test_chosen_values_say_so_and_are_listed_at_nought(self, library: Collection) -> None:
        page = library.ask(kind="film", minutes_max=4)
        (kind,) = (facet for facet in page.facets if facet.name == "kind")
        assert [(v.value, v.count, v.selected) for v in kind.values] == [("film", 0, True)]

    def test_values_come_commonest_first(self, library: Collection) -> None:
        for facet in library.ask().facets:
            assert list(facet.values) == sorted(facet.values, key=lambda value: (-value.count, value.value))

    def test_only_the_facets_asked_for_are_counted(self, library: Collection) -> None:
        assert [facet.name for facet in library.ask(facets=("needs", "pair")).facets] == ["needs", "pair"]
        assert library.ask(facets=()).facets == ()
        assert [facet.name for facet in library.ask(facets=FACET_NAMES).facets] == list(FACET_NAMES)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"minutes_max": 15}, {"d01", "d03", "d04", "d05", "d06"}),
            ({"minutes_max": 14}, {"d03", "d05", "d06"}),
            ({"minutes_min": 30}, {"d02", "d07"}),
            ({"minutes_min": 31}, {"d07"}),
            ({"minutes_min": 10, "minutes_max": 15}, {"d01", "d04", "d05", "d06"}),
            ({"group": 1}, {"d01", "d02", "d05", "d06"}),
            ({"group": 2}, {"d01", "d04", "d05", "d06"}),
            ({"group": 9}, {"d04"}),
            ({"group": 21}, set()),
            ({"minutes_max": 0}, set()),
        ],
    )
    def test_numbers_bound_inclusively_and_what_states_none_is_left_out(
        self, library: Collection, asked: dict[str, object], found: set[str]
    ) -> None:
        assert set(library.ids("", **asked)) == found

    def test_filters_do_not_change_scores(self, library: Collection) -> None:
        free = {hit.id: hit.score for hit in library.ask("valg stol", page_size=100).hits}
        narrow = library.ask("valg stol", kind="activity", level="A2", minutes_max=20)
        assert narrow.hits
        for hit in narrow.hits:
            assert hit.score == pytest.approx(free[hit.id], rel=1e-6)
