"""An index of made-up documents can be measured without a database, and every text of it is made, counted and found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from resourcebank.management.index_alone import MadeDocuments, measure_alone
from tests.starter_bank import index_in


@pytest.mark.django_db
@pytest.mark.sqlite  # nothing is read from a database while it is measured
@pytest.mark.timeout(300)
def test_an_index_alone_holds_what_was_made_and_answers_with_every_facet(tmp_path: Path) -> None:
    with index_in(tmp_path):
        call_command("load_framework", verbosity=0)
        call_command("load_bank", verbosity=0)
        made = MadeDocuments(30, 70, 1)
        assert [document.content_hash() for document in made] == [document.content_hash() for document in made]
        figures = measure_alone(many=200, length=70, seed=1)
    cells = {row: cell["embedded"] for row, cell in figures.items()}
    assert made.words == 30 * 70  # bokmål, nynorsk and easy-read share them 3 : 3 : 1
    assert cells["facets counted; hits on average"].startswith("16; ")
    assert sum(map(int, re.findall(r"` (\d+)", cells["stages that answered"]))) == 300
    assert re.fullmatch(r"[1-9]\d*k", cells["analysis and indexing, words a second on one core"])
