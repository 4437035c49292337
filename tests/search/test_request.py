"""A search as an address, and what of an address is refused."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import BadQuery
from search.request import MAX_TEXT, MAX_WINDOW, SearchRequest
from tests.search.analysis.texts import anything
from tests.search.collection import FACET_NAMES, a_schema

SCHEMA = a_schema("requests")
KNOWN = {
    "pair": ["valg", "valg/stoler", "endring"],
    "kind": ["activity", "film", "text"],
    "level": ["A1", "A2", "B1"],
    "needs": ["no-reading", "phone-only"],
    "ethics": ["respect", "respect/listening"],
}
chosen = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), min_size=1, unique=True) for name, values in KNOWN.items()}
)
bounds = st.fixed_dictionaries({}, optional={name: st.integers(0, 100_000) for name in ("minutes_max", "minutes_min", "group")})
requests = st.builds(
    lambda text, filters, numbers, sort, page, size: SearchRequest(
        text=" ".join(text.split())[:MAX_TEXT].strip(),
        filters=tuple((name, tuple(filters[name])) for name in FACET_NAMES if name in filters),
        bounds=tuple((name, numbers[name]) for name in SCHEMA.bound_names if name in numbers),
        sort=sort,
        page=page,
        page_size=size,
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    chosen,
    bounds,
    st.sampled_from(["relevance", "newest", "shortest", "title"]),
    st.integers(1, 100),
    st.integers(1, 100),
)  # fmt: skip


def read(query: str, *, strict: bool = True, extra: frozenset[str] = frozenset()) -> SearchRequest:
    return SearchRequest.from_query(SCHEMA, parse_qsl(query, keep_blank_values=True), known=KNOWN, strict=strict, extra=extra)


def refused(query: str) -> BadQuery:
    with pytest.raises(BadQuery) as refusal:
        read(query)
    return refusal.value


@given(requests)
def test_a_request_written_as_an_address_reads_back_the_same(request_: SearchRequest) -> None:
    assert read(request_.to_query()) == request_


@given(
    st.lists(
        st.tuples(st.one_of(st.sampled_from([*FACET_NAMES, "q", "sort", "page", "page_size", "group"]), anything), anything), max_size=6
    )
)
def test_any_address_is_read_or_refused_with_a_reason(parameters: list[tuple[str, str]]) -> None:
    refusal: BadQuery | None = None
    request = SearchRequest()
    try:
        request = SearchRequest.from_query(SCHEMA, parameters, known=KNOWN)
    except BadQuery as error:
        refusal = error
    if refusal:
        assert refusal.code in {"unknown-parameter", "unknown-value", "too-long", "out-of-window"}
        assert len(refusal.field) <= 100
        assert len(refusal.value) <= 100
    assert read(request.to_query()) == request


@pytest.mark.parametrize(
    ("query", "code", "field", "nearest"),
    [
        ("knd=film", "unknown-parameter", "knd", "kind"),
        ("kind=fil", "unknown-value", "kind", "film"),
        ("kind=film&kind=qqq", "unknown-value", "kind", None),
        ("sort=newst", "unknown-value", "sort", "newest"),
        ("minutes_max=-1", "unknown-value", "minutes_max", "0"),
        ("minutes_max=1e3", "unknown-value", "minutes_max", "0"),
        ("minutes_max=٣", "unknown-value", "minutes_max", "0"),
        ("minutes_max=999999999999999999999", "unknown-value", "minutes_max", "100000"),
        ("group=two", "unknown-value", "group", "0"),
        ("page=0", "unknown-value", "page", "1"),
        ("page=-3", "unknown-value", "page", "1"),
        ("page_size=101", "unknown-value", "page_size", "100"),
        ("page=99999", "out-of-window", "page", None),
        (f"q={'a' * 251}", "too-long", "q", None),
        (f"q={'a' * 10_000}", "too-long", "q", None),
    ],
)
def test_what_cannot_be_asked_is_named_with_the_nearest_that_can(query: str, code: str, field: str, nearest: str | None) -> None:
    refusal = refused(query)
    assert (refusal.code, refusal.field, refusal.nearest) == (code, field, nearest)


def test_limits_are_told_with_the_refusal() -> None:
    assert refused(f"q={'a' * 251}").limit == MAX_TEXT
    assert refused("page=501").limit == 500 == MAX_WINDOW // 20
    assert read("page=500").page == 500


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("%00valg%00", "valg"),
        ("++valg+++i%0Alivet++", "valg i livet"),
        ("valg\ud800", "valg"),
        ("valg%ED%A0%80", "valg\ufffd\ufffd\ufffd"),  # a lone surrogate percent-encoded: the address reader puts signs in its place
        ("%22valg%22 (", '"valg" ('),
    ],
)
def test_what_cannot_be_printed_is_taken_out_of_a_text(typed: str, text: str) -> None:
    assert read(f"q={typed}").text == text


def test_empty_parameters_are_no_choice() -> None:
    assert read("q=&kind=&minutes_max=&sort=&page=&page_size=") == SearchRequest()


def test_the_same_value_twice_is_one_choice() -> None:
    assert read("kind=film&kind=text&kind=film").chosen("kind") == ("film", "text")


def test_unknown_names_are_left_aside_where_links_may_carry_them() -> None:
    assert read("utm_source=brev&q=valg", strict=False) == SearchRequest(text="valg")
    assert read("lang=nn&q=valg", extra=frozenset({"lang"})) == SearchRequest(text="valg")
    with pytest.raises(BadQuery):
        read("kind=qqq", strict=False)


@given(requests, st.sampled_from(sorted(KNOWN)), st.data())
def test_a_value_toggled_twice_leaves_the_same_search_on_page_one(request_: SearchRequest, facet: str, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(KNOWN[facet]))
    once = request_.toggled(facet, value)
    assert (value in once.chosen(facet)) != (value in request_.chosen(facet))
    assert once.page == 1
    again = once.toggled(facet, value)
    assert {name: set(values) for name, values in again.filters} == {name: set(values) for name, values in request_.filters}


def test_a_search_can_be_freed_of_its_choices() -> None:
    request = read("q=valg&kind=film&group=3&minutes_max=20&page=2&sort=title")
    assert request.without_bound("group").to_query() == "q=valg&kind=film&minutes_max=20&sort=title"
    assert request.cleared().to_query() == "q=valg&sort=title"
    assert request.on_page(3).page == 3
    assert (request.bound("group"), request.bound("minutes_min")) == (3, None)
