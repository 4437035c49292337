"""Phrases, words to do without, and what a misspelt query was meant to say."""

from __future__ import annotations

import pytest

from search.index import SynonymRow
from search.request import Stage
from search.wording import STAGES
from tests.search.collection import FACET_NAMES, Collection, a_document, a_request, answers_to, values_of

WISHES = [
    '"gul hatt"',
    '"gul hatt" vase',
    '"linje til yrke" -stol',
    "stol -bord",
    "-stol",
    '-"gul hatt"',
    "stol bord -lampe -teppe",
    '"ord ingen skrev"',
    'ukjentord "gul hatt"',
    '-ukjentord "stol"',
]


def some_texts() -> list[tuple[str, str]]:
    return [
        ("1", "gul hatt og blå vase"),
        ("2", "gule hatten med en stol"),
        ("3", "hatt som er gul, og en vase"),
        ("4", "stol og bord"),
        ("5", "stol"),
        ("6", "linjen til yrket"),
        ("7", "stol og lampe"),
    ]


@pytest.fixture
def room(collection: Collection) -> Collection:
    """A few short texts."""
    collection.fill(a_document(i, "", text, kind="text" if int(i) % 2 else "film") for i, text in some_texts())
    return collection


class Wishing:
    """What must be there as it is typed, and what must not."""

    def test_a_phrase_is_found_in_any_form_where_its_words_stand_side_by_side(self, room: Collection) -> None:
        assert set(room.ids('"gul hatt"')) == {"1", "2"}
        assert set(room.ids("«linjer til yrke»")) == {"6"}
        assert set(room.ids("gul hatt")) >= {"1", "2", "3"}

    @pytest.mark.parametrize(
        "quoted", ['"gul hatt"', "«gul hatt»", "»gul hatt«", "“gul hatt”", "„gul hatt“", "”gul hatt”", "«gule hattene»"]
    )
    def test_every_kind_of_quotation_mark_makes_a_phrase(self, room: Collection, quoted: str) -> None:
        assert set(room.ids(quoted)) == {"1", "2"}

    @pytest.mark.parametrize("text", ['"gul hatt', "gul hatt»", '5" gul hatt', "gul- hatt", "gul - hatt"])
    def test_signs_that_mean_nothing_are_left_aside(self, room: Collection, text: str) -> None:
        assert {"1", "2", "3"} <= set(room.ids(text))

    def test_a_phrase_stands_in_one_language_at_a_time(self, collection: Collection) -> None:
        collection.fill([a_document("1", "", "yellow shoe", language="en"), a_document("2", "", "shoe yellow", language="en")])
        assert collection.ids('"yellow shoes"') == ["1"]

    def test_a_phrase_holds_however_loosely_the_words_beside_it_are_taken(self, room: Collection) -> None:
        page = room.ask('"gul hatt" karrierebremse vase')
        assert page.stage != "all_words"
        assert {hit.id for hit in page.hits} <= {"1", "2"}

    def test_an_excluded_word_takes_away_every_text_with_any_form_of_it(self, room: Collection) -> None:
        assert set(room.ids("stol -bord")) == {"2", "5", "7"}
        assert set(room.ids("stol -bordene -lampen")) == {"2", "5"}
        assert set(room.ids('vase -"gul hatt"')) == {"3"}

    def test_an_excluded_word_takes_away_no_text_with_a_synonym_of_it(self, collection: Collection) -> None:
        collection.fill([a_document("1", "", "om flaks i livet"), a_document("2", "", "om tilfeldigheter i livet")])
        assert collection.ids("livet -tilfeldighet") == ["1"]

    def test_only_excluded_words_leave_all_others_in_the_order_of_no_words(self, room: Collection) -> None:
        page = room.ask("-stol")
        assert {hit.id for hit in page.hits} == {"1", "3", "6"}
        assert (page.stage, page.without) == (None, (("stol",),))
        assert {hit.score for hit in page.hits} == {None}
        assert room.ids("-stol") == [i for i in room.ids() if i in {"1", "3", "6"}]

    def test_a_hyphen_inside_a_word_excludes_nothing(self, collection: Collection) -> None:
        collection.fill([a_document("1", "", "samtale 1-1"), a_document("2", "", "nav-veileder")])
        assert "1" in collection.ids("1-1")
        assert "2" in collection.ids("nav-veileder")

    def test_a_phrase_that_nobody_wrote_finds_nothing_and_is_not_loosened(self, room: Collection) -> None:
        page = room.ask('"vase gul"')
        assert (page.total, page.stage) == (0, "all_words")

    @pytest.mark.parametrize("text", WISHES)
    def test_totals_and_counts_are_those_of_the_documents_that_fit(self, room: Collection, text: str) -> None:
        page = room.ask(text)
        wording = room.worded(text)
        assert wording
        tree = wording.tree(page.stage) if page.stage else wording.limits()
        fitting = [d for d in room.analysed() if answers_to(tree, d)]
        assert page.total == len(fitting)
        assert values_of(page, "kind") == {
            kind: many for kind in ("film", "text") if (many := sum(kind in d.keywords["kind"] for d in fitting))
        }

    @pytest.mark.parametrize("text", WISHES)
    @pytest.mark.parametrize("stage", STAGES)
    def test_no_stage_finds_what_is_excluded_or_lacks_a_phrase(self, room: Collection, text: str, stage: Stage) -> None:
        wording = room.worded(text)
        assert wording
        if stage not in wording.stages:
            assert not wording.groups
            return
        for document in room.analysed():
            if answers_to(wording.tree(stage), document):
                assert all(answers_to(node, document) for node in wording.wanted)
                assert not any(answers_to(node, document) for node in wording.unwanted)

    def test_a_stop_word_beside_a_phrase_wants_nothing(self, room: Collection) -> None:
        page = room.ask('hva er "gul hatt"')
        assert (page.stage, {hit.id for hit in page.hits}) == ("all_words", {"1", "2"})

    def test_words_that_are_excluded_count_among_the_sixteen(self, room: Collection) -> None:
        text = " ".join(f"-ord{n}" for n in range(15)) + ' stol bord "gul hatt"'
        page = room.ask(text)
        assert (page.left_out, len(page.without), page.phrases) == (3, 15, ())

    def test_a_misspelt_word_is_put_right_and_the_rest_kept(self, collection: Collection) -> None:
        collection.fill([a_document("1", "Foreldremøte", "stol"), a_document("2", "Foreldremøte"), a_document("3", "Foreldresamtale")])
        assert collection.ask("foreldremote").did_you_mean == "foreldremøte"
        assert collection.ask('Foreldremte, "stlo" -stol').did_you_mean is None  # nothing would be left
        assert collection.ask('Foreldremte! "stoll" :-)').did_you_mean == 'foreldremøte! "stol" :-)'

    @pytest.mark.parametrize(
        "text", ["foreldremøte", "foreldremøtene", "FORELDREMØTE", "stol", "foreldre stol", "qqqxyz", "tilfeldighet", ""]
    )
    def test_a_right_word_and_one_like_nothing_are_left_alone(self, collection: Collection, text: str) -> None:
        collection.fill([a_document("1", "Foreldremøte", "foreldre møte stol"), a_document("2", "foreldre møte", "foreldremote")])
        assert collection.ask(text).did_you_mean is None

    def test_a_word_the_synonyms_know_is_right_though_nobody_wrote_it(self, collection: Collection) -> None:
        collection.fill([a_document("1", "flakk og flekk"), a_document("2", "annet"), a_document("3", "mer")])
        assert collection.ask("flaks").did_you_mean is None
        assert collection.ask("flatk").did_you_mean == "flakk"

    def test_the_commonest_of_the_nearest_words_is_meant(self, collection: Collection) -> None:
        collection.fill([a_document("1", "skolen skolen skolen stolen"), a_document("2", "stolen skolen")])
        assert collection.ask("stkolen").did_you_mean == "skolen"

    def test_nothing_is_proposed_that_has_no_hits_under_the_same_filters(self, collection: Collection) -> None:
        collection.fill([a_document("1", "kompass", kind="film"), a_document("2", "lampe", kind="text")])
        assert collection.ask("kompas", kind="film").did_you_mean == "kompass"
        assert collection.ask("kompas", kind="text").did_you_mean is None
        collection.change(gone=["1"], version=1)
        assert collection.ask("kompas").did_you_mean is None

    def test_synonyms_of_the_owner_count_at_once_and_switched_off_ones_no_more(self, collection: Collection) -> None:
        collection.fill([a_document("1", "om flaks"), a_document("2", "om tilfeldigheter"), a_document("3", "om krabbe")])
        assert "3" not in collection.ids("flaks")
        collection.rows = (SynonymRow("flaks", "krabbe"), SynonymRow("flaks", "tilfeldighet", off=True))
        assert (set(collection.ids("flaks")), set(collection.ids("krabbe"))) == ({"1", "3"}, {"1", "3"})
        collection.rows = (SynonymRow("flaks", "krabbe", both_ways=False), SynonymRow("krabbe", "krabbene"))
        assert (set(collection.ids("flaks")), set(collection.ids("krabbe"))) == ({"1", "2", "3"}, {"3"})

    def test_facets_keep_their_promise_beside_wishes(self, room: Collection) -> None:
        page = room.answer(a_request("stol -bord"))
        for value, count in values_of(page, "kind").items():
            assert room.ask("stol -bord", kind=value).total == count
        assert page.request.facets == FACET_NAMES
