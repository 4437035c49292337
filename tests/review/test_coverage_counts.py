"""Counting what the bank covers agrees with counting slowly, whatever the bank holds."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from resourcebank.catalogue.coverage_map import DIMENSIONS, WANTED, Row, columns, count_coverage
from resourcebank.catalogue.documents import fitting_levels
from resourcebank.catalogue.vocabulary import Named, Names
from resourcebank.selectors import Covering

TODAY = date(2026, 11, 23)
PAIRS = ("meg-i-kontekst", "meg-i-kontekst/meg", "meg-i-kontekst/kontekst", "endring-og-stabilitet", "endring-og-stabilitet/endring")
VALUES = {
    "word_pair": PAIRS,
    "competence": ("omrade-2", "omrade-3"),
    "kind": ("conversation-starter", "activity", "case", "film"),
    "audience": ("studenter", "kollegaer"),
    "norwegian_level": ("none", "A1", "A2", "B1", "B2", "C"),
    "language": ("nb", "nn", "en", "ar", "fr"),
}


def named(slug: str, place: int) -> Named:
    return Named(slug, {"nb": slug}, confirmed=True, labels_confirmed=(), active=True, place=(place,))


NAMES = Names({}, {name: {slug: named(slug, place) for place, slug in enumerate(slugs)} for name, slugs in VALUES.items()})
roles = st.sampled_from(["main", "touches"])
resources = st.builds(
    Covering,
    kind=st.sampled_from(VALUES["kind"]),
    assurance=st.just("checked"),
    norwegian_level=st.sampled_from(["A2", "B1", "C", ""]),
    review_due_on=st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]),
    forms=st.lists(st.tuples(st.sampled_from(VALUES["language"]), st.sampled_from(["", "A1", "none"])), min_size=1, max_size=3),
    terms=st.fixed_dictionaries(
        {
            "word_pair": st.dictionaries(st.sampled_from(PAIRS), roles, max_size=3),
            "competence": st.dictionaries(st.sampled_from(VALUES["competence"]), roles, max_size=2),
            "audience": st.dictionaries(st.sampled_from(VALUES["audience"]), st.just("facet"), max_size=2),
        }
    ),
)


def slowly(bank: list[Covering], row: Row, dimension: str, value: str) -> tuple[int, int, bool]:
    def about(resource: Covering) -> set[str]:
        terms = resource.terms[row.vocabulary]
        return {role for slug, role in terms.items() if slug == row.slug or slug.startswith(f"{row.slug}/")}

    def has(resource: Covering) -> bool:
        match dimension:
            case "kind":
                return resource.kind == value
            case "audience":
                return value in resource.terms["audience"]
            case "language":
                return any(language == value for language, _ in resource.forms)
            case _:
                return value in fitting_levels((language, level or resource.norwegian_level) for language, level in resource.forms)

    fitting = [resource for resource in bank if about(resource) and has(resource)]
    overdue = [resource for resource in fitting if resource.review_due_on is not None and resource.review_due_on < TODAY]
    return len(fitting), sum("main" in about(resource) for resource in fitting), bool(fitting) and len(overdue) == len(fitting)


@settings(max_examples=60)
@given(bank=st.lists(resources, max_size=12))
def test_every_cell_and_every_gap_is_what_a_slow_count_says(bank: list[Covering]) -> None:
    found = count_coverage(bank, NAMES, today=TODAY)
    for row in found.rows:
        for dimension in DIMENSIONS:
            for cell in row.cells[dimension]:
                assert (cell.count, cell.main, cell.stale) == slowly(bank, row, dimension, cell.value), (row.slug, cell.value)
    tops = [row for row in found.rows if "/" not in row.slug]
    missing = [
        (row.slug, dimension, value)
        for subject, dimension, values in WANTED
        for row in tops
        for value in values
        if row.vocabulary == subject and not row.cell(dimension, value).main
    ]
    assert sorted((gap.row.slug, gap.dimension, gap.value) for gap in found.gaps) == sorted(missing)
    assert [bool(gap.count) for gap in found.gaps] == sorted(bool(gap.count) for gap in found.gaps)


def test_columns_are_those_that_belong_and_those_that_are_there_anyway() -> None:
    terms = {"word_pair": {"meg-i-kontekst": "main"}, "competence": {}, "audience": {}}
    strange = Covering("case", "checked", "B1", None, [("fr", "")], terms)
    pairs = [row for row in count_coverage([], NAMES, today=TODAY).rows if row.vocabulary == "word_pair"]
    assert columns(pairs, "kind") == ("conversation-starter", "activity", "film")
    assert columns(pairs, "language") == ("nb", "nn", "en", "ar")
    pairs = [row for row in count_coverage([strange], NAMES, today=TODAY).rows if row.vocabulary == "word_pair"]
    assert columns(pairs, "kind") == ("conversation-starter", "activity", "case", "film")
    assert columns(pairs, "language") == ("nb", "nn", "en", "ar", "fr")
    assert columns([], "kind") == ()
