"""The largest things a person can ask."""

from __future__ import annotations

import random

import pytest

from search import plan
from search.index import Document, Passage
from search.request import MAX_TEXT, Stage
from search.wording import MAX_LEAVES, STAGES
from tests.search.collection import Collection, answers_to
from tests.search.test_tree import leaves

LETTERS = "abcdefghijklmnoprstuvyæøå"


def _misspelt_everywhere() -> tuple[str, list[Document]]:
    """Sixteen words of sixty letters that nobody wrote, and texts in all languages with three near words of each."""
    dice = random.Random(3)
    typed = ["".join(dice.choices(LETTERS, k=60)) for _ in range(16)]
    near = [[word[:at] + "x" + word[at + 1 :] for word in typed] for at in (20, 30, 40)]
    return " ".join(typed), [
        Document(f"{n}{language}", (Passage(language, "", " ".join(some)),))
        for n, some in enumerate(near)
        for language in ("nb", "en", "ar")
    ]


class Limits:
    """No query is too large for an engine."""

    @pytest.mark.parametrize("stage", STAGES)
    def test_the_largest_tree_is_answered(self, collection: Collection, stage: Stage) -> None:
        text, documents = _misspelt_everywhere()
        collection.fill(documents)
        wording = collection.worded(text)
        assert wording
        assert sum(1 for _ in leaves(wording.tree("near"))) == MAX_LEAVES
        request = collection.ask("x").request
        page = collection.engine.view(collection.schema).search(plan.build(collection.schema, request, wording, stage))
        assert page.total == sum(answers_to(wording.tree(stage), document) for document in collection.analysed()) == len(documents)

    def test_the_longest_text_is_answered(self, library: Collection) -> None:
        for text in (("x" * 14 + " ") * 16, "a b c d e f g h i j k l m n o p q r s t", "stol " * 50, "øæå" * 83):
            assert library.ask(text[:MAX_TEXT]).stage in STAGES

    def test_a_document_of_a_hundred_thousand_words_is_indexed_and_found(self, collection: Collection) -> None:
        collection.fill([Document("long", (Passage("nb", "lang", "stol bord " * 50_000 + "siste"),))])
        assert collection.ids("siste") == ["long"]
