"""The one declaration: fields, weights, facets, number parameters and sorts. Adding a facet is adding a line here.

Mapping, analysis, API parameters, the filter form and the documentation derive from it. A facet's name is its vocabulary's.
"""

from __future__ import annotations

from search.schema import Bound, Browsing, Integer, Keyword, Path, Schema

FOR_COLLEAGUES = frozenset({"case", "colleague-reflection", "observation", "training-plan", "team-exercise"})
"""Kinds that counsellors use among themselves: they belong to the standards, all others to the word pairs."""
COLLEAGUES = "kollegaer"
SCHEMA = Schema(
    name="resources",
    facets=(
        Path(name="word_pair", declared=True),
        Keyword(name="kind"),
        Keyword(name="duration", declared=True),
        Keyword(name="norwegian_level", declared=True),
        Keyword(name="format"),
        Keyword(name="needs", combine="all"),
        Keyword(name="language"),
        Keyword(name="use"),
        Keyword(name="audience"),
        Keyword(name="theme"),
        Keyword(name="sector"),
        Keyword(name="competence", declared=True),
        Keyword(name="quality_area", declared=True),
        Path(name="ethics", declared=True),
        Keyword(name="assurance", declared=True),
        Keyword(name="licence"),
    ),
    numbers=(
        Integer(name="minutes_low"),
        Integer(name="minutes_high"),
        Integer(name="group_low"),
        Integer(name="group_high"),
        Integer(name="published_minute"),
        Integer(name="browse_rank"),
    ),
    bounds=(
        Bound(name="minutes_max", field="minutes_high", at_most=True),
        Bound(name="minutes_min", field="minutes_low", at_most=False),
        Bound(name="group", field="group_low", at_most=True),
        Bound(name="group", field="group_high", at_most=False),
    ),
    sorts=(
        ("newest", "published_minute", False),
        ("shortest", "minutes_high", True),
        ("title", "title_sort", True),
    ),
    sides=("use", "colleagues"),
    browsing=Browsing(
        sort=("participants_first", "browse_rank", True),
        unless=frozenset({"competence", "quality_area", "ethics", "use=colleagues", f"audience={COLLEAGUES}"})
        | {f"kind={kind}" for kind in FOR_COLLEAGUES},
        otherwise="newest",
    ),
)
