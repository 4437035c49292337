"""What lies in `fixtures/` keeps every rule, and no name of the framework is anything but what its source says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from resourcebank.bank_form.language import bokmal_in_nynorsk
from resourcebank.catalogue import SCHEMA
from resourcebank.checklist import read_checklist
from resourcebank.framework import CHECKLIST, TermEntry, read_framework
from resourcebank.models import Resource, Revision
from resourcebank.workflow import Status
from tests.content.desk import FIXTURES, Desk, command

WORKING_TITLES = {f"omrade-{number}" for number in range(2, 8)}


def vocabulary(name: str) -> dict[str, TermEntry]:
    entries, _ = read_framework(FIXTURES / "framework" / f"{name}.toml")
    return {term.slug: term for term in entries[0].terms}


def test_every_file_keeps_every_rule() -> None:
    said = command("check_content")
    first, *signals = said.splitlines()
    assert first == f"17 ordlister og {len(list((FIXTURES / 'bank').glob('*/resource.toml')))} ressurser er i orden."
    assert signals
    assert all(line.startswith("LIX på deltakerark") for line in signals)


def test_a_fault_anywhere_is_told_with_file_and_line(desk: Desk) -> None:
    spoiled = [
        desk.edit("use.toml", 'nb = "Bruk", ', "", folder=desk.framework),
        desk.edit("checklist.toml", "version = 2", "version = 0", folder=desk.framework),
        desk.edit("nb.md", "## care", "## omtanke"),
    ]
    with pytest.raises(CommandError) as refused:
        command("check_content", str(desk.bank.parent))
    lines = str(refused.value).splitlines()
    assert {line.partition(":")[0] for line in lines[:-1]} == {str(path) for path in spoiled}
    assert lines[-1] == f"{len(lines) - 1} feil."


def test_a_folder_without_a_bank_is_said(desk: Desk) -> None:
    with pytest.raises(CommandError, match="er ikke en mappe"):
        command("check_content", str(desk.bank))


def test_every_facet_has_its_vocabulary() -> None:
    entries, _ = read_framework(FIXTURES / "framework")
    assert {entry.slug for entry in entries} == {facet.name for facet in SCHEMA.facets} | {"competence_level"}


def test_the_checklist_asks_five_things() -> None:
    checklist, faults = read_checklist(FIXTURES / "framework" / CHECKLIST)
    assert faults == ()
    assert checklist
    assert [row.key for row in checklist.criteria] == ["method", "care", "language", "rights", "accessibility"]


def test_labels_and_descriptions_in_nynorsk_are_nynorsk() -> None:
    entries, _ = read_framework(FIXTURES / "framework")
    texts = [
        text
        for entry in entries
        for term in entry.terms
        for text in (term.labels["nn"], term.description.get("nn", ""), *term.alternatives.get("nn", ()))
        if text != "Tilfeldigheter"  # the source spells it so
    ]
    assert [remark for text in texts for remark in bokmal_in_nynorsk(text)] == []


@pytest.mark.django_db
def test_the_whole_starter_bank_is_published() -> None:
    command("load_framework")
    command("load_bank")
    assert Resource.objects.count() == len(list((FIXTURES / "bank").glob("*/resource.toml"))) > 0
    assert set(Revision.objects.values_list("status", "assurance")) == {(Status.PUBLISHED, "checked")}


def facts() -> dict[str, Any]:
    return dict(json.loads((Path(os.environ["BANK_SAMPLES"]) / "framework-facts.json").read_text(encoding="utf-8")))


def address(source: str | None) -> str:
    """Some sources name a file before the address it was read from."""
    return (source or "").split(" = ")[-1]


def told_apart(term: TermEntry, row: dict[str, Any], languages: tuple[str, ...] = ("nb", "nn", "en")) -> None:
    """A label is confirmed exactly where the facts have the name, and then it is that name."""
    named = [tag for tag in languages if row.get(tag)]
    assert list(term.confirmed_languages) == named, term.slug
    assert [term.labels[tag].casefold() for tag in named] == [row[tag].casefold() for tag in named]
    assert not named or term.source == address(row["source"])


@pytest.mark.samples
def test_names_of_pairs_and_words_are_those_of_the_source() -> None:
    terms = vocabulary("word_pair")
    for row in facts()["word_pairs"]:
        told_apart(terms[row["id"]], row)
        for nb, nn in zip(row["words"], row["words_nn"], strict=True):
            told_apart(terms[f"{row['id']}/{nb}"], row | {"nb": nb, "nn": nn})
    assert len(terms) == 15


@pytest.mark.samples
@pytest.mark.parametrize(
    ("name", "part"), [("competence", "competence_areas"), ("competence_level", "competence_levels"), ("quality_area", "quality_areas")]
)
def test_names_that_nobody_confirmed_are_marked_as_ours(name: str, part: str) -> None:
    rows = facts()[part]
    terms = list(vocabulary(name).values())
    assert len(terms) == len(rows)
    for term, row in zip(terms, rows, strict=True):
        assert term.slug == row["id"] or term.slug in WORKING_TITLES
        told_apart(term, row)


@pytest.mark.samples
def test_categories_of_ethics_have_the_guidelines_of_the_source() -> None:
    terms = vocabulary("ethics")
    for row in facts()["ethics"]:
        match row["kind"]:
            case "category":
                told_apart(terms[row["id"]], row)
            case "guideline":
                guideline = terms[f"{row['category']}/{row['id']}"]
                assert guideline.labels["nb"].startswith(f"{row['order']}. ")
                assert guideline.source == address(row["source"])
    assert len(terms) == 15


@pytest.mark.samples
@pytest.mark.parametrize(("name", "part"), [("audience", "target_groups"), ("sector", "sectors")])
def test_audiences_and_sectors_are_those_of_the_facts(name: str, part: str) -> None:
    assert [(term.slug, term.source) for term in vocabulary(name).values()] == [
        (row["id"], address(row["source"])) for row in facts()[part]
    ]
