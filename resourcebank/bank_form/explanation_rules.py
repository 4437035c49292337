"""What the pages that explain the framework must be, besides being written rightly: complete, idiomatic, easy where they say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from resourcebank.bank_form.language import bokmal_in_nynorsk, long_sentences
from resourcebank.explanations import ETHICS, OVERVIEW, VOCABULARIES, Explanation, read_explanations
from resourcebank.faults import Fault


def explanation_faults(folder: Path, known: Mapping[str, Collection[str]]) -> list[Fault]:
    """Everything wrong with the pages in a folder. `known` maps a vocabulary to the slugs that must each have a page."""
    pages, faults = read_explanations(folder)
    return [*faults, *_missing(folder, {page.place for page in pages}, known), *(fault for page in pages for fault in _language(page))]


def _missing(folder: Path, places: Collection[str], known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    wanted = {OVERVIEW, ETHICS} | {
        f"{section}/{slug}" for section, vocabulary in VOCABULARIES.items() for slug in known.get(vocabulary, ())
    }
    for place in sorted(wanted - set(places)):
        yield Fault(folder / place, 1, "Siden mangler, eller mangler en av språkversjonene nb, nn og nb-a2.")
    for place in sorted(set(places) - wanted):
        yield Fault(folder / place, 1, "Siden forklarer noe som ikke finnes i ordlistene.")


def _language(page: Explanation) -> Iterator[Fault]:
    for text in page.texts.values():
        for passage in text.passages():
            remarks = [
                *(long_sentences(passage.text) if text.level else ()),
                *(bokmal_in_nynorsk(passage.text) if text.language == "nn" else ()),
            ]
            for remark in remarks:
                yield Fault(text.path, passage.line + remark.line, remark.message)
