"""How the coverage map looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rest_framework import serializers

from resourcebank.api.addresses import address
from resourcebank.catalogue import DIMENSIONS, Coverage, Gap, Names, Row


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """One cell, named in the language asked for."""

    dimension: str
    value: str
    label: str
    count: int
    main: int
    stale: bool
    url: str


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """A pair, a word or a standard."""

    vocabulary: str
    value: str
    label: str
    working_title: bool
    count: int
    main: int
    cells: Sequence[CellAnswer]


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """Something that is missing."""

    vocabulary: str
    value: str
    dimension: str
    missing: str
    count: int


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """The whole map."""

    resources: int
    assurance: dict[str, int]
    rows: Sequence[RowAnswer]
    gaps: Sequence[GapAnswer]


def coverage_answer(found: Coverage, names: Names, *, language: str) -> CoverageAnswer:
    """The map in a language."""
    return CoverageAnswer(
        resources=found.resources,
        assurance=dict(found.assurances),
        rows=[_row(row, names, language) for row in found.rows],
        gaps=[_gap(gap) for gap in found.gaps],
    )


def _row(row: Row, names: Names, language: str) -> RowAnswer:
    named = names.values[row.vocabulary][row.slug]
    return RowAnswer(
        vocabulary=row.vocabulary,
        value=row.slug,
        label=named.label(language),
        working_title=not named.confirmed,
        count=row.count,
        main=row.main,
        cells=list(_cells(row, names, language)),
    )


def _cells(row: Row, names: Names, language: str) -> Iterator[CellAnswer]:
    for dimension in DIMENSIONS:
        for cell in row.cells[dimension]:
            label = names.values[dimension][cell.value].label(language)
            url = address("web:search", query=f"{row.vocabulary}={row.slug}&{dimension}={cell.value}")
            yield CellAnswer(dimension, cell.value, label, cell.count, cell.main, cell.stale, url)


def _gap(gap: Gap) -> GapAnswer:
    return GapAnswer(gap.row.vocabulary, gap.row.slug, gap.dimension, gap.value, gap.count)


class CellSerializer(serializers.Serializer[CellAnswer]):
    """How many resources the search at `url` finds; `main`: those mainly about the row; `stale`: all should have been read anew by now."""

    dimension = serializers.ChoiceField(choices=DIMENSIONS)
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    main = serializers.IntegerField()
    stale = serializers.BooleanField()
    url = serializers.CharField()


class RowSerializer(serializers.Serializer[RowAnswer]):
    """A word pair, one of its words, or a competence standard, against every value of every dimension."""

    vocabulary = serializers.CharField()
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    working_title = serializers.BooleanField()
    count = serializers.IntegerField()
    main = serializers.IntegerField()
    cells = CellSerializer(many=True)


class GapSerializer(serializers.Serializer[GapAnswer]):
    """What a pair or standard should have and has not, the most missed first. `count` resources touch on it."""

    vocabulary = serializers.CharField()
    value = serializers.CharField()
    dimension = serializers.ChoiceField(choices=DIMENSIONS)
    missing = serializers.CharField(help_text="A value of `dimension`.")
    count = serializers.IntegerField()


class CoverageSerializer(serializers.Serializer[CoverageAnswer]):
    """What the bank covers and where it is empty."""

    resources = serializers.IntegerField()
    assurance = serializers.DictField(child=serializers.IntegerField(), help_text="How many have been read how far.")
    rows = RowSerializer(many=True)
    gaps = GapSerializer(many=True)
