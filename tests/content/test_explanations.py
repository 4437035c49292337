"""The pages about the framework as files: what is wrong is found in one run and named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from resourcebank.bank_form import explanation_faults
from resourcebank.explanations import FOLDER
from tests.content.desk import known
from tests.content.test_resource_files import line_of

PAGE = "ordpar/valg-og-tilfeldigheter"


class Spoiled(NamedTuple):
    """A good file with one text replaced; the fault stands on the line that begins with `at`."""

    file: str
    old: str
    new: str
    at: str
    says: str


FILES = {
    "a title that is not there": Spoiled("nb.md", "title: Valg og tilfeldigheter\n", "", "---", "«title» mangler"),
    "a part nobody knows": Spoiled("nb.md", "## hear", "## heard", "## heard", "Mente du «hear»?"),
    "a part that is not there": Spoiled("nb.md", "## known\n", "", "---", "«known» mangler"),
    "a list that is none": Spoiled("nb.md", "- «Det bare ble sånn.»", "«Det bare ble sånn.»", "«Det bare", "skal være et punkt"),
    "a long sentence in easy-read": Spoiled(
        "nb-a2.md", "## known\n", f"## known\nDet {'var ' * 12}et valg.\n\n", "Det var var", "høyst 12"
    ),
    "bokmål in nynorsk": Spoiled("nn.md", "## known\n", "## known\nHva så?\n", "Hva så?", "På nynorsk"),
    "a link that leads nowhere": Spoiled(
        "nb.md", "(/nb/ordpar/valg-og-tilfeldigheter/valg/)", "(/nb/ordpar/valg/)", "De to ordene", "finnes ikke"
    ),
    "a link to another language": Spoiled(
        "nb.md", "(/nb/ordpar/valg-og-tilfeldigheter/valg/)", "(/nn/ordpar/valg-og-tilfeldigheter/valg/)", "De to ordene", "annet språk"
    ),
    "a source without its address": Spoiled(
        "page.toml", 'address = "https://veilederforum.no/', 'adress = "https://veilederforum.no/', "adress", "Mente du «address»?"
    ),
    "a source that says nothing": Spoiled(
        "page.toml", 'note.nn = "Ein fagtekst', 'note.da = "Ein fagtekst', 'note.nb = "En fagtekst', "«note.nn» mangler"
    ),
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A copy of the pages that may be spoiled."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pages"))


def test_the_pages_of_the_site_are_in_order() -> None:
    assert explanation_faults(FOLDER, known().terms) == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_in_a_page_is_named_with_file_and_line(name: str, pages: Path) -> None:
    spoiled = FILES[name]
    path = pages / PAGE / spoiled.file
    text = path.read_text(encoding="utf-8")
    assert text.count(spoiled.old) == 1
    edited = text.replace(spoiled.old, spoiled.new)
    path.write_text(edited, encoding="utf-8")
    faults = [fault for fault in explanation_faults(pages, known().terms) if fault.file == path]
    assert any(spoiled.says in fault.message and fault.line == line_of(edited, spoiled.at) for fault in faults), faults


def test_a_page_without_one_of_its_forms_or_without_a_term_is_named(pages: Path) -> None:
    (pages / PAGE / "nn.md").unlink()
    shutil.copytree(pages / "standard" / "omrade-2", pages / "standard" / "omrade-9")
    said = {fault.file.relative_to(pages).as_posix(): fault.message for fault in explanation_faults(pages, known().terms)}
    assert "mangler" in said[PAGE]
    assert "ordlistene" in said["standard/omrade-9"]
    assert f"{PAGE}/nn.md" in said
