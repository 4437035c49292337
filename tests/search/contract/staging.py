"""Which stage answers, and that nothing but the text decides it."""

from __future__ import annotations

import pytest

from tests.search.collection import Collection, a_document


class Staging:
    """All words, then any word, then any word or gram."""

    def test_all_words_answer_when_enough_documents_have_them(self, collection: Collection) -> None:
        collection.fill(a_document(str(n), "stol og bord" if n < 3 else "stol") for n in range(12))
        page = collection.ask("stol bord")
        assert (page.stage, page.total) == ("all_words", 3)

    def test_any_word_answers_when_too_few_have_them_all(self, collection: Collection) -> None:
        collection.fill(a_document(str(n), "stol og bord" if n < 2 else "stol") for n in range(12))
        page = collection.ask("stol bord")
        assert (page.stage, page.total) == ("any_word", 12)
        assert set(collection.ids("stol bord")[:2]) == {"0", "1"}

    def test_the_only_word_is_all_words(self, collection: Collection) -> None:
        collection.fill(a_document(str(n), "stol" if n < 4 else "bord") for n in range(50))
        page = collection.ask("stol")
        assert (page.stage, page.total) == ("all_words", 4)

    def test_three_of_four_words_are_enough(self, collection: Collection) -> None:
        collection.fill(a_document(str(n), "stol bord lampe") for n in range(3))
        assert collection.ask("stol bord lampe teppe").stage == "all_words"
        assert collection.ask("stol bord teppe").stage == "any_word"  # 75 % of three, rounded up, is all of them

    def test_a_tenth_of_a_large_index_must_have_all_words(self, collection: Collection) -> None:
        collection.fill(a_document(str(n), "stol bord" if n < 4 else "stol") for n in range(50))
        assert collection.ask("stol bord").stage == "any_word"
        collection.change([a_document("4", "stol bord")], version=1)
        assert collection.ask("stol bord").stage == "all_words"

    def test_near_answers_when_hardly_anything_has_any_word(self, collection: Collection) -> None:
        collection.fill([a_document("1", "karriereknapp"), a_document("2", "bord"), a_document("3", "lampe")])
        page = collection.ask("karrierebrems")
        assert (page.stage, [hit.id for hit in page.hits]) == ("near", ["1"])

    def test_a_text_like_nothing_finds_nothing(self, library: Collection) -> None:
        page = library.ask("qqqq wwww")
        assert (page.stage, page.total, page.hits) == ("near", 0, ())

    @pytest.mark.parametrize("text", ["valg", "gul stol", "karrierebremse"])
    def test_neither_filter_nor_page_nor_order_changes_the_stage(self, library: Collection, text: str) -> None:
        stage = library.ask(text).stage
        asked: list[dict[str, object]] = [
            {"kind": "film"},
            {"minutes_max": 5},
            {"page": 7},
            {"sort": "title"},
            {"kind": "nothing"},
            {"page_size": 1},
        ]
        assert {library.ask(text, **choice).stage for choice in asked} == {stage}
