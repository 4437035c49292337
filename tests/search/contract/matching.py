"""Which documents a text finds, and which it puts first."""

from __future__ import annotations

import unicodedata

import pytest

from search import plan
from search.request import Stage
from search.wording import STAGES
from tests.search.collection import Collection, a_document, answers_to, in_groups

FOUND_BY = [
    ("veileder", "d01"),
    ("rettleiarane", "d01"),  # a nynorsk form finds bokmål and nynorsk texts alike
    ("VEILEDERENS", "d01"),
    ("moglegheitene", "d01"),
    ("soker", "d04"),  # letters a foreign keyboard lacks
    ("forde", "d02"),
    ("FØRDE", "d02"),
    ("arlig", "d11"),
    ("veiledning", "d03"),  # stands there only inside karriereveiledning
    ("stolvalgdag", "d01"),  # a compound nobody wrote: its grams
    ("tilfeldigeter", "d02"),  # one slip
    ("karriereveildening", "d11"),  # two
    ("kandidat", "d01"),  # a synonym of veisøker
    ("flaks", "d02"),
    ("choice", "d01"),
    ("apprentice", "d08"),
    ("مهنة", "d09"),  # as people type it, without the vowel signs
    ("المهنة", "d09"),
    ("Hva vil du bli?", "d07"),  # stop words are all there is
    ("hva vil du", "d07"),
    ("blå hat", "d06"),
    ("«karriere­veiledning»", "d03"),  # quotes, and a soft hyphen
]
QUERIES = [
    "valg",
    "veileder",
    "karriereveiledning",
    "gul sko",
    "motstand mestring",
    "hva vil du bli",
    "flaks i yrket",
    "velge en stol for hver mulighet",
    "xyzzy",
    "ord som ingen har skrevet noe sted",
    "choices education",
    "صورة",
    "stlo",
]


class Matching:
    """Which documents a text finds."""

    @pytest.mark.parametrize(("text", "document_id"), FOUND_BY)
    def test_a_text_finds_what_its_writer_means(self, library: Collection, text: str, document_id: str) -> None:
        assert document_id in library.ids(text)

    @pytest.mark.parametrize("text", QUERIES)
    @pytest.mark.parametrize("stage", STAGES)
    def test_every_stage_finds_just_the_documents_its_tree_describes(self, library: Collection, text: str, stage: Stage) -> None:
        wording = library.worded(text)
        assert wording
        expected = {d.id for d in library.analysed() if answers_to(wording.tree(stage), d)}
        page = library.engine.view(library.schema).search(plan.build(library.schema, library.ask(text).request, wording, stage))
        assert {document_id for document_id, _ in page.hits} == expected
        assert page.total == len(expected)
        assert expected == {d.id for d in library.analysed() if answers_to(wording.matching(stage), d)}

    @pytest.mark.parametrize("text", ["søker", "Førde", "øvinga å velje", "Ærlig Ågot"])
    def test_a_decomposed_text_finds_the_same(self, library: Collection, text: str) -> None:
        assert library.ids(unicodedata.normalize("NFD", text)) == library.ids(text) != []

    @pytest.mark.parametrize("text", ["", "   ", "?!", "_", "\u200f", "\u00ad", "\ud800"])
    def test_a_text_without_words_finds_everything_the_newest_first(self, library: Collection, text: str) -> None:
        page = library.ask(text)
        assert page.total == len(library.held)
        assert page.stage is None
        assert [hit.id for hit in page.hits][:4] == ["d03", "d04", "d01", "d02"]

    @pytest.mark.parametrize("text", ["\x00valg", '"valg" AND (', "valg\u202e", "*", "id:d01", "valg" * 3000, "\udfff valg", "a" * 10_000])
    def test_no_text_breaks_a_search(self, library: Collection, text: str) -> None:
        assert library.ask(text).total >= 0

    def test_a_known_word_is_not_taken_for_a_misspelt_one(self, collection: Collection) -> None:
        collection.fill([*(a_document(str(n), "skole") for n in range(3)), *(a_document(str(n), "stole") for n in range(3, 6))])
        assert set(collection.ids("stole")) == {"3", "4", "5"}
        assert set(collection.ids("skile")) == {"0", "1", "2"}

    def test_neighbours_come_before_the_same_words_apart(self, collection: Collection) -> None:
        collection.fill([a_document("1", "", "blå sko og gul hatt"), a_document("2", "", "blå hatt og gul sko"), a_document("3", "annet")])
        assert collection.ids("gul sko")[:2] == ["2", "1"]

    def test_stop_words_side_by_side_tell_titles_apart(self, collection: Collection) -> None:
        others = [a_document(str(n), "å gjøre mye") for n in range(2, 6)]
        collection.fill([*others, a_document("7", "mye å gjøre"), a_document("8", "annet")])
        assert collection.ids("mye å gjøre")[0] == "7"

    def test_words_that_stop_words_part_are_neighbours(self, collection: Collection) -> None:
        collection.fill([a_document("1", "", "øvelse om redd hund og endring"), a_document("2", "", "øvelse om hund og redd endring")])
        assert collection.ids("redd for endring") == ["2", "1"]

    def test_a_form_nobody_wrote_also_leans_to_a_word_one_slip_away(self, collection: Collection) -> None:
        texts = ["hun ferer og har årsdag", "en årsdag", "de feiret sammen med alle en hel årsdag", "de feiret"]
        collection.fill([a_document(str(n), "", text) for n, text in enumerate(texts)])
        assert collection.ids("feret årsdag") == ["0", "2", "1"]

    def test_a_compound_is_found_by_its_parts_written_apart(self, collection: Collection) -> None:
        texts = ["et jobbsøkerkurs i mars", "kurs i strikking", "kurs i koking", "kurs for alle", "jobbsøker i mars"]
        collection.fill([a_document(str(n), "", text) for n, text in enumerate(texts)])
        assert collection.ids("jobbsøker kurs")[0] == "0"
        assert collection.ids("kurs jobbsøker")[0] != "0"  # nobody turns a compound round

    def test_a_stop_word_makes_no_compound_with_its_neighbour(self, collection: Collection) -> None:
        texts = ["øvelser for eldre", "eldre og øvelser", "øvelser som eldre liker", "øvelser med foreldre"]
        collection.fill([a_document(str(n), "", text) for n, text in enumerate(texts)])
        assert set(collection.ids("øvelser for eldre")) == {"0", "1", "2"}

    def test_a_word_of_the_title_comes_before_a_word_of_the_text(self, collection: Collection) -> None:
        collection.fill([a_document("1", "om annet", "livslinje her"), a_document("2", "om livslinje", "annet her")])
        assert collection.ids("livslinje") == ["2", "1"]

    def test_a_rare_word_weighs_more_than_a_common_one(self, collection: Collection) -> None:
        common = [a_document(str(n), "stol", "om bord") for n in range(8)]
        collection.fill([*common, a_document("rare", "kompass", "om bord")])
        assert collection.ids("stol kompass")[0] == "rare"

    def test_what_is_typed_comes_before_its_synonym_and_its_neighbour(self, collection: Collection) -> None:
        collection.fill(
            [a_document("1", "om flaks"), a_document("2", "om tilfeldigheter"), a_document("3", "om annet"), a_document("4", "om enda mer")]
        )
        assert collection.ids("tilfeldighet") == ["2", "1"]

    def test_words_of_different_languages_meet_in_one_document(self, library: Collection) -> None:
        assert library.ids("veileder participant stolar")[0] == "d01"

    def test_hits_of_equal_score_come_in_the_order_of_their_ids(self, collection: Collection) -> None:
        collection.fill(a_document(f"{n:03}", "stol") for n in reversed(range(70)))
        collection.change([a_document("033", "stol"), a_document("200", "stol")], version=1)
        page = collection.ask("stol", page_size=100)
        assert in_groups(page) == [sorted(collection.held)]
        assert [hit.id for hit in page.hits] == sorted(collection.held)

    def test_words_after_the_sixteenth_are_left_out_and_counted(self, library: Collection) -> None:
        assert library.ask(" ".join(f"ord{n}" for n in range(19))).left_out == 3
        assert library.ask("valg").left_out == 0
