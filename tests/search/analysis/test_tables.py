"""The tables a site gives: read as they are written, given once."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis.tables import Tables, give, others_of

FILES = {
    "classes.txt": "# how words go\nstol: - en\n",
    "stems.txt": "stol: stol stol; krakk stol  # both are chairs\nbok: bok, bøker\n",
    "parts.txt": "stol bok",
    "no-parts.txt": "ende",
    "pairs.txt": "bok = bok\nuke, veke = veke\n",
    "synonyms.txt": "stol, krakk, Taburett\n",
    "stopwords.no.txt": "og i\nå",
    "stopwords.en.txt": "the",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with small tables."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_tables_are_read_as_they_are_written(folder: Path) -> None:
    found = Tables.read(folder)
    assert found.stems == {"stol": "stol", "stolen": "stol", "krakk": "stol", "krakken": "stol", "bok": "bok", "bøker": "bok"}
    assert found.pairs == (("bok", "bok"), ("uke", "veke", "veke"))
    assert found.synonym_groups == (("stol", "krakk", "taburett"),)
    assert found.stop_words == {"no": {"og", "i", "å"}, "en": {"the"}, "other": set()}
    assert found.parts == {"stol", "bok"}
    assert found.no_parts == {"ende"}


def test_a_form_with_two_stems_is_refused(folder: Path) -> None:
    (folder / "stems.txt").write_text("stol: stol\nkrakk: stol\n", encoding="utf-8")
    with pytest.raises(ValueError, match="stol has two stems"):
        Tables.read(folder)


def test_a_pair_without_its_sign_is_refused(folder: Path) -> None:
    (folder / "pairs.txt").write_text("bok bok\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a line without ="):
        Tables.read(folder)


@pytest.mark.parametrize(("file", "shapes"), [("stems.txt", True), ("classes.txt", True), ("parts.txt", True), ("synonyms.txt", False)])
def test_the_version_changes_with_what_shapes_the_index(folder: Path, file: str, shapes: bool) -> None:
    before = Tables.read(folder).version
    (folder / file).write_text((folder / file).read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert (Tables.read(folder).version != before) == shapes


def test_words_stand_for_each_other_in_the_order_of_their_groups() -> None:
    assert others_of([("b", "a"), ("b", "c", "a"), ("c", "d")]) == {
        "b": ("a", "c"),
        "a": ("b", "c"),
        "c": ("b", "a", "d"),
        "d": ("c",),
    }


def test_a_process_keeps_the_tables_it_was_given(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="other tables"):
        give(folder)
