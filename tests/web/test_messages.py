"""Every text a person sees stands in bokmål in the code and in nynorsk and English in the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from tools.messages import ADMIN_LOCALE, LANGUAGES, LOCALE, Message, catalogue, messages, renewed, untranslated

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def found() -> dict[Message, set[str]]:
    return messages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str, found: dict[Message, set[str]]) -> None:
    kept = catalogue(language)
    assert {Message(entry.msgid, entry.msgid_plural) for entry in kept} == set(found), "run `python -m tools.messages`"
    assert untranslated(kept) == []
    assert not [entry for entry in kept if entry.fuzzy or entry.obsolete]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str, found: dict[Message, set[str]]) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    assert (folder / "django.mo").read_bytes() == catalogue(language).to_binary(), "run `python -m tools.messages`"
    assert str(renewed(catalogue(language), language, found)) == str(catalogue(language))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_django_lacks_in_its_administration_is_compiled(language: str) -> None:
    folder = ADMIN_LOCALE / language / "LC_MESSAGES"
    written = polib.pofile(str(folder / "django.po"))
    assert (folder / "django.mo").read_bytes() == written.to_binary(), "run `python -m tools.messages`"
    assert untranslated(written) == []
    assert [entry.msgid for entry in written if set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_bokmaal_is_what_the_code_says(found: dict[Message, set[str]]) -> None:
    """A text that happens to be a text of the framework's too would come out as something else."""
    with translation.override("nb"):
        changed = [message.text for message in found if translation.gettext(message.text) != message.text]
    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_speaks_every_language(language: str) -> None:
    with translation.override(language):
        assert translation.gettext("Søk i banken") == {"nn": "Søk i banken", "en": "Search the bank"}[language]
        assert translation.gettext("Vi finner ikke siden") == {"nn": "Vi finn ikkje sida", "en": "We cannot find the page"}[language]


TEMPLATES = sorted(path for path in (LOCALE.parent / "templates").rglob("*.html") if path.parent.name != "mail")
"""A mail is no page: it carries its style in itself, and no policy of ours reaches it."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_holds_no_inline_style_script_or_evaluated_attribute(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|hx-on|hx-vals|javascript:|js:", text)
    used = set(re.findall(r"\b(hx-[a-z-]+)", text))
    assert used <= {"hx-get", "hx-target", "hx-select", "hx-swap", "hx-push-url", "hx-sync", "hx-trigger"}
