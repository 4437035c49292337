"""What stands inside: in what is handed out, said in a film or written in a file."""

from __future__ import annotations

import pytest

from search import plan
from search.analysis.tokens import MAX_INSIDE
from search.index import Document, Passage
from search.wording import STAGES
from tests.search.collection import Collection, a_document, answers_to

FOUND_INSIDE = [
    ("timeplanene", "1"),
    ("mandag", "1"),
    ("tilfeldighet", "2"),  # through a synonym
    ("tilfelle flaks", "2"),
    ("veiledning", "3"),  # a part of a compound
    ("timepaln", "1"),  # a slip
    ("schedules", "4"),
    ("صورة", "5"),
]
WISHES = [
    '"fire stoler"',
    '"stoler fire"',
    "timeplan -mandag",
    "mandag stol",
    "-mandag",
    '-"fire stoler"',
    "bord ukjentord",
    "veiledning flaks mandag",
]


@pytest.fixture
def shelf(collection: Collection) -> Collection:
    """Documents with short texts and something inside."""
    collection.fill(
        [
            a_document("1", "Uka", "bord", "Timeplan for mandag: fire stoler", kind="text"),
            a_document("2", "Spill", "bord", "om flaks", kind="film"),
            a_document("3", "Samtale", "bord", "karriereveiledning", kind="text"),
            Document("4", (Passage("nb", "Engelsk", "bord"), Passage("en", "", "", "a schedule"))),
            Document("5", (Passage("nb", "Bilde", "bord"), Passage("ar", "", "", "صورة"))),
            a_document("6", "Stoler", "fire bord", "og lamper", kind="film"),
        ]
    )
    return collection


class Inside:
    """A word that stands nowhere but inside is found; it weighs less than one of the text."""

    @pytest.mark.parametrize(("text", "document_id"), FOUND_INSIDE)
    def test_a_word_that_stands_only_inside_is_found(self, shelf: Collection, text: str, document_id: str) -> None:
        assert shelf.ids(text)[0] == document_id

    def test_the_text_comes_before_the_same_words_inside(self, collection: Collection) -> None:
        others = [a_document(str(n), "annet", "her", "og der") for n in range(3, 9)]
        collection.fill([a_document("1", "om", "bord", "livslinje"), a_document("2", "om", "livslinje", "bord"), *others])
        assert collection.ids("livslinje") == ["2", "1"]

    def test_a_phrase_stands_in_the_text_or_inside_and_not_across(self, shelf: Collection) -> None:
        assert shelf.ids('"fire stoler"') == ["1"]
        assert shelf.ids('"bord og lamper"') == []

    def test_an_excluded_word_takes_away_what_has_it_inside(self, shelf: Collection) -> None:
        assert set(shelf.ids("bord -mandagen")) == {"2", "3", "4", "5", "6"}
        assert set(shelf.ids("-schedule")) == {"1", "2", "3", "5", "6"}

    @pytest.mark.parametrize("text", [*WISHES, *(text for text, _ in FOUND_INSIDE)])
    def test_every_stage_finds_just_what_its_tree_describes(self, shelf: Collection, text: str) -> None:
        wording = shelf.worded(text)
        assert wording
        request = shelf.ask(text).request
        for stage in wording.stages:
            expected = {d.id for d in shelf.analysed() if answers_to(wording.tree(stage), d)}
            page = shelf.engine.view(shelf.schema).search(plan.build(shelf.schema, request, wording, stage))
            assert {document_id for document_id, _ in page.hits} == expected
            assert expected == {d.id for d in shelf.analysed() if answers_to(wording.matching(stage), d)}
        assert set(wording.stages) <= set(STAGES)

    def test_of_a_book_only_the_first_words_are_read(self, collection: Collection) -> None:
        book = "stol " * (MAX_INSIDE - 1) + "siste forbi"
        collection.fill([a_document("1", "bok", "", book), a_document("2", "annet")])
        assert collection.ids("siste") == ["1"]
        assert collection.ids('"forbi"') == []
