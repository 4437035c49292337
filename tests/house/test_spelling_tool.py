"""Spelling: unknown words are found at their place, and the field's own words are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import spelling


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of fixtures with a word list and nothing to read yet."""
    fixtures = tmp_path / "fixtures"
    (fixtures / "spelling").mkdir(parents=True)
    for name in ("nb", "nn", "names"):
        (fixtures / "spelling" / f"{name}.txt").write_text("# words\nøvingsbanken\n", encoding="utf-8")
    monkeypatch.setattr(spelling, "ROOT", tmp_path)
    monkeypatch.setattr(spelling, "FIXTURES", fixtures)
    monkeypatch.setattr(spelling, "LISTS", fixtures / "spelling")
    return fixtures


pytestmark = pytest.mark.hunspell


def test_a_misspelt_word_is_named_with_file_and_line(files: Path) -> None:
    (files / "nb.md").write_text("---\ntitle: En vanlig tittel\n---\n## goal\nÅ finne noe feilstavett.\n", encoding="utf-8")
    (files / "nb-a2.md").write_text("Øvingsbanken er fin.\n", encoding="utf-8")
    assert "fixtures/nb.md:5: «feilstavett» (nb)" in spelling.misspelt("nb")
    assert not any("Øvingsbanken" in line or "tittel" in line for line in spelling.misspelt("nb"))


def test_texts_in_toml_are_read_by_their_language(files: Path) -> None:
    (files / "a.toml").write_text('kind = "qwertzu"\nreason.nb = "Riktig ord."\nreason.nn = "Eit orrd til."\n', encoding="utf-8")
    assert spelling.misspelt("nn") == ["fixtures/a.toml:3: «orrd» (nn)"]
    assert spelling.misspelt("nb") == []


def test_addresses_and_front_matter_are_no_words(files: Path) -> None:
    text = "---\ntitle: Ein tittel\nmade_from: nbxq\n---\nSjå [sida](/nn/ordparxq/) på https://xqzz.no.\n"
    (files / "nn.md").write_text(text, encoding="utf-8")
    assert spelling.misspelt("nn") == []
