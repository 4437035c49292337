"""Orders and pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.index import Document
from search.schema import Browsing
from tests.search.collection import Collection, a_document, a_request, all_pages


class Ordering:
    """Every order has a place for every document, and pages cut it without loss."""

    def test_newest_first(self, library: Collection) -> None:
        dated = sorted((d for d in library.held.values() if "published" in d.numbers), key=lambda d: -d.numbers["published"])
        assert library.ids(sort="newest")[: len(dated)] == [d.id for d in dated]

    def test_shortest_first_and_what_states_no_time_last(self, library: Collection) -> None:
        ids = library.ids(sort="shortest")
        assert [library.held[i].numbers.get("minutes", 999) for i in ids] == [5, 10, 10, 15, 15, 30, 90, *[999] * 5]

    def test_titles_in_norwegian_order(self, library: Collection) -> None:
        assert library.ids(sort="title") == ["d06", "d08", "d01", "d05", "d07", "d03", "d02", "d10", "d11", "d04", "d12", "d09"]

    def test_norwegian_letters_come_last_and_aa_is_one_of_them(self, collection: Collection) -> None:
        titles = (
            *("10 minutter", "«Alle» her", "angst", "Ås", "aa", "Zebra", "Ære", "Ønske", "Åsne", "A", "öl", "Ärlig", "é", "ü", "Aase", "z"),
            *("اسم", "Карта", "a\u030as"),
        )
        collection.fill(a_document(str(n), title) for n, title in enumerate(titles))
        ordered = [collection.held[i].sort_title for i in collection.ids(sort="title")]
        assert ordered[:7] == ["10 minutter", "A", "«Alle» her", "angst", "é", "ü", "z"]
        assert ordered[7:12] == ["Zebra", "Ære", "Ärlig", "öl", "Ønske"]
        assert ordered[12:17] == ["aa", "a\u030as", "Ås", "Aase", "Åsne"]
        assert ordered[17:] == ["Карта", "اسم"]

    def test_equal_numbers_are_ordered_by_title(self, collection: Collection) -> None:
        titles = ["Ås", "bord", "Ære", "alt", "aas mer", "zoo"]
        collection.fill(a_document(str(n), title, numbers={"published": 5, "minutes": 7}) for n, title in enumerate(titles))
        expected = ["alt", "bord", "zoo", "Ære", "Ås", "aas mer"]
        for sort in ("newest", "shortest", "title"):
            assert [collection.held[i].sort_title for i in collection.ids(sort=sort)] == expected, sort

    def test_a_search_leans_to_the_side_of_its_best_titles(self, collection: Collection) -> None:
        titled = [a_document(str(n), "stol ved bordet", kind="guide") for n in range(3)]
        others = [a_document("8", "om annet", "en stol", kind="film"), a_document("9", "om annet", "en stol", kind="guide")]
        collection.fill([*titled, *others])
        assert collection.ids("stol") == ["0", "1", "2", "9", "8"]
        collection.fill([replace(document, keywords={"kind": ("film",)}) for document in titled] + others)
        assert collection.ids("stol") == ["0", "1", "2", "8", "9"]

    def test_leaning_finds_nothing_counts_nothing_and_asks_no_filter(self, collection: Collection) -> None:
        titled = [a_document(str(n), "stol ved bordet", kind="guide", pair="valg") for n in range(3)]
        others = [a_document(str(n), "om annet", "en stol" if n < 9 else "", kind="guide" if n % 2 else "film") for n in range(5, 11)]
        collection.fill([*titled, *others])
        whole = collection.answer(a_request("stol"))
        assert (whole.total, [hit.id for hit in whole.hits]) == (7, ["0", "1", "2", "5", "7", "6", "8"])
        assert {value.value: value.count for value in whole.facets[1].values} == {"guide": 5, "film": 2}
        scores = {hit.id: hit.score for hit in whole.hits}
        films = collection.answer(a_request("stol", kind="film"))
        assert {hit.id: hit.score for hit in films.hits} == {"6": scores["6"], "8": scores["8"]}

    def test_without_words_the_schemas_own_order_holds_until_a_filter_says_otherwise(self, collection: Collection) -> None:
        collection.schema = replace(
            collection.schema,
            browsing=Browsing(sort=("own", "minutes", True), unless=frozenset({"pair", "kind=film"}), otherwise="newest"),
        )
        numbers = [{"minutes": 3, "published": 3}, {"minutes": 1, "published": 1}, {"minutes": 2, "published": 2}]
        collection.fill(
            a_document(str(n), "stol", kind="film text", pair="valg", needs="no-reading", numbers=some) for n, some in enumerate(numbers)
        )
        own: list[dict[str, str]] = [{}, {"text": "-bord"}, {"kind": "text"}, {"needs": "no-reading"}]
        others: list[dict[str, str]] = [{"kind": "film"}, {"kind": "text film"}, {"pair": "valg"}]
        assert [collection.ids(**asked) for asked in own] == [["1", "2", "0"]] * 4
        assert [collection.ids(**asked) for asked in others] == [["0", "2", "1"]] * 3
        assert collection.ids(sort="newest") == ["0", "2", "1"]
        assert {hit.score for hit in collection.ask("stol").hits} != {None}
        assert "own" not in collection.schema.sort_names

    def test_scores_are_given_only_in_the_order_of_relevance(self, library: Collection) -> None:
        assert all(hit.score for hit in library.ask("valg").hits)
        assert {hit.score for hit in library.ask("valg", sort="title").hits} == {None}

    @pytest.mark.parametrize("sort", ["relevance", "newest", "shortest", "title"])
    @pytest.mark.parametrize("text", ["", "stol", "stol bord lampe"])
    def test_every_hit_stands_on_just_one_page(self, collection: Collection, text: str, sort: str) -> None:
        collection.fill(_alike(range(60)))
        collection.change(_alike(range(20, 45)), gone=["7", "8"], version=1)
        pages = all_pages(collection, a_request(text, sort=sort, page_size=7))
        ids = [hit.id for page in pages for hit in page.hits]
        assert sorted(ids) == sorted(collection.held)
        assert ids == [hit.id for page in all_pages(collection, a_request(text, sort=sort, page_size=13)) for hit in page.hits]
        assert {page.total for page in pages} == {58}

    def test_a_page_after_the_last_is_empty_and_still_tells_the_total(self, library: Collection) -> None:
        page = library.ask(page=99)
        assert (page.total, page.hits, page.pages) == (len(library.held), (), 1)
        assert library.ask(page=99, page_size=100).total == len(library.held)

    def test_the_last_page_of_the_window_can_be_opened(self, library: Collection) -> None:
        assert library.ask("valg", page=100, page_size=100).hits == ()


def _alike(numbers: range) -> list[Document]:
    """Documents that tie in every order, in a few groups."""
    return [a_document(str(n), "stol" if n % 3 else "stol bord", numbers={"minutes": n % 4, "published": n % 2}) for n in numbers]
