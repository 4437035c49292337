"""The judged searches fit the bank as it is, and are fair: split by a rule, in both languages, with something to find."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from resourcebank.management.judged_searches import SECOND_READING, STYLES, Need, agreement, half_of, judged_lines, read_needs
from resourcebank.management.search_figures import as_a_reader_ranks
from search.evaluation import read_judgements

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SET = FIXTURES / "search_judgements"


@pytest.fixture(scope="module")
def bank() -> set[str]:
    return {file.parent.name for file in (FIXTURES / "bank").glob("*/resource.toml")}


@pytest.fixture(scope="module")
def needs(bank: set[str]) -> list[Need]:
    return read_needs(SET, bank)


def test_at_least_eighty_needs_are_split_so_that_each_half_can_tell_something(needs: list[Need]) -> None:
    halves = Counter(need.half for need in needs)
    assert halves.total() >= 80
    assert set(halves) == {"tune", "sealed"}
    assert min(halves.values()) >= 40


def test_every_way_of_typing_is_there_in_both_halves(needs: list[Need]) -> None:
    typed = Counter((need.style, need.half) for need in needs)
    assert all(typed[style, half] >= 3 for style in STYLES for half in ("tune", "sealed")), typed


def test_no_words_are_those_of_two_needs(needs: list[Need]) -> None:
    typed = Counter(words for need in needs for words in {need.nb.casefold(), need.nn.casefold()})
    assert [words for words, many in typed.items() if many > 1] == []


def test_bokmal_and_nynorsk_differ_in_most(needs: list[Need]) -> None:
    assert sum(need.nb != need.nn for need in needs) > len(needs) / 2


def test_every_need_has_something_that_fits_and_is_no_need_for_everything(needs: list[Need]) -> None:
    assert [need.id for need in needs if max(need.grades.values(), default=0) < 2 or len(need.grades) > 25] == []
    three_to_ten = sum(3 <= len(need.grades) <= 10 for need in needs)
    assert three_to_ten > len(needs) / 2


def test_every_resource_was_read_for_it(needs: list[Need], bank: set[str]) -> None:
    """A new resource that nobody has judged would count as a wrong answer wherever it is found."""
    assert bank - {resource for need in needs for resource in need.grades} == set()


def test_the_half_is_a_matter_of_the_id_alone() -> None:
    assert [half_of(need) for need in ("a", "b", "c", "d")] == ["tune", "sealed", "tune", "sealed"]


def test_the_set_is_what_an_evaluation_reads(needs: list[Need], tmp_path: Path) -> None:
    sealed = [need for need in needs if need.half == "sealed"]
    file = tmp_path / "judgements.tsv"
    file.write_text("\n".join(judged_lines(sealed)), encoding="utf-8")
    assert read_judgements(file) == {words: need.grades for need in sealed for words in (need.nb, need.nn)}


@pytest.mark.parametrize(
    ("file", "pattern", "instead", "fault"),
    [
        ("needs.tsv", r"\Aid", "name", "needs.tsv:1: the first line names the columns"),
        ("needs.tsv", r"\n(\S+)\ttune\t", r"\n\1\tsealed\t", "belongs to tune"),
        ("needs.tsv", r"\tsentence\t", r"\tdialect\t", "dialect is no style"),
        ("needs.tsv", r"\n(.+)\n", r"\n\1\n\1\n", "needs.tsv:3: vet-ikke-hva-de-vil stands twice"),
        ("needs.tsv", r"\tflaks\tflaks\t", r"\t\tflaks\t", "a cell is empty"),
        ("needs.tsv", "å", "a\u030a", "letters must be composed"),
        ("judgements.tsv", r"\t3\n", r"\n", "3 columns with tabs between them: need, resource, grade"),
        ("judgements.tsv", r"\t3\n", r"\t4\n", "4 is no grade"),
        ("judgements.tsv", r"\n(.+)\n", r"\n\1\n\1\n", "judgements.tsv:3: prov-litt-mellom-motene stands twice for vet-ikke-hva-de-vil"),
        ("judgements.tsv", r"\nvet-ikke\S+", r"\nvet-alt", "vet-alt is no need"),
        ("judgements.tsv", r"\tspor-etter-arbeid\t", r"\tspor-etter-jobb\t", "spor-etter-jobb is not in the bank"),
    ],
)
def test_a_fault_is_told_with_file_and_line(file: str, pattern: str, instead: str, fault: str, bank: set[str], tmp_path: Path) -> None:
    shutil.copytree(SET, tmp_path, dirs_exist_ok=True)
    spoiled = re.sub(pattern, instead, (SET / file).read_text(encoding="utf-8"), count=1)
    (tmp_path / file).write_text(spoiled, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{re.escape(file)}:\d+: ") as told:
        read_needs(tmp_path, bank)
    assert fault in str(told.value)


def test_a_resource_that_is_renamed_in_the_bank_is_missed_here(bank: set[str]) -> None:
    with pytest.raises(ValueError, match="fire-stoler is not in the bank"):
        read_needs(SET, bank - {"fire-stoler"} | {"fem-stoler"})


def test_a_second_reader_agrees(needs: list[Need], bank: set[str]) -> None:
    second = read_needs(SET, bank, SECOND_READING)
    assert [need.id for need in second if max(need.grades.values(), default=0) < 2 or len(need.grades) > 25] == []
    assert 0.8 < agreement(needs, second, bank) < 1  # another reading, not the same one


def test_agreement_is_one_with_oneself_and_none_with_chance() -> None:
    one, other, turned = (Need("id", "tune", "word", "nb", "nn", "need") for _ in range(3))
    one.grades.update(a=3, b=1)
    other.grades.update(a=1, b=3)
    turned.grades.update(c=3, d=1)
    assert agreement([one], [one], "abcd") == 1
    assert agreement([one], [other], "abcd") == pytest.approx(1 - 8 / 12)  # 2² + 2² apart; by chance (2·4 + 4·9 + 4·1) / 4
    assert agreement([one], [turned], "abcd") < 0


def test_a_reader_ranks_well_for_oneself_and_badly_for_another() -> None:
    one, other = (Need("id", "tune", "word", "nb", "nn", "need") for _ in range(2))
    one.grades.update(a=3, b=1)
    other.grades.update(c=3)
    everything = [*"abcdefghijkl"]
    assert as_a_reader_ranks([one], [one], everything) == 1
    assert 0 < as_a_reader_ranks([one], [other], everything) < 0.5  # c comes third at best, and by chance
