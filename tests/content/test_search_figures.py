"""How well the starter bank answers what counsellors ask, held from below on the half of the judged searches that rules are tuned on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from resourcebank.management.judged_searches import read_needs
from resourcebank.management.search_figures import bank_documents, judged_queries, measured, paired_difference
from search.engines import configured
from tests.starter_bank import index_in

SET = Path(__file__).resolve().parents[2] / "fixtures" / "search_judgements"
NDCG, SUCCESS, APART = 0.73, 0.95, 0.03


@pytest.mark.django_db
@pytest.mark.sqlite  # the figures are those of the index, whatever the database
@pytest.mark.timeout(600)
def test_the_bank_answers_what_counsellors_ask_in_both_written_standards(tmp_path: Path) -> None:
    with index_in(tmp_path):
        call_command("load_framework", verbosity=0)
        call_command("load_bank", verbosity=0)
        documents = bank_documents()
        needs = [need for need in read_needs(SET, {d.id for d in documents}) if need.half == "tune"]
        sets = [(language, judged_queries(needs, language)) for language in ("nb", "nn")]
        found = {row.set_name: row.tally for row in measured(documents, sets, [configured.embedded("figures")], ())}
    for language, tally in found.items():
        report = tally.report("embedded")
        assert (report["queries"], report["zero_hits"]) == (len(needs), 0)
        assert sum(tally.each) / len(needs) >= NDCG, language
        assert tally.success / len(needs) >= SUCCESS, language
    mean, _low, _high = paired_difference(found["nb"].each, found["nn"].each)
    assert abs(mean) <= APART
