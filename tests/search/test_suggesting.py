"""What is suggested to somebody who is typing, and what is like a document: the same on both engines."""

from __future__ import annotations

import pytest

from search.analysis import Lexicon
from search.analysis.completion import completions
from search.likeness import documents_like, likeness_query
from search.suggesting import Suggestions, suggest
from tests.search.collection import Collection, a_document


def suggestions(collection: Collection, text: str) -> Suggestions:
    return suggest(collection.index, text, language="nb", most=5, titles=5, engines=(collection.engine,))


def said(collection: Collection, text: str) -> list[tuple[str, int]]:
    return [(word.text, word.count) for word in suggestions(collection, text).words]


@pytest.fixture
def shelf(collection: Collection) -> Collection:
    """Titles that begin alike."""
    collection.fill(
        [
            a_document("1", "Veiledning i gruppe", "veiledning veiledningen"),
            a_document("2", "Veien videre", "veiledning over tid"),
            a_document("3", "Ørnen", "en ørn og en veileder"),
            a_document("4", "Kort om verdier", "veiledning"),
            a_document("5", "Four chairs", "guidance", language="en"),
        ]
    )
    return collection


def test_the_last_word_is_finished_with_the_commonest_words_in_one_form_each(shelf: Collection) -> None:
    assert said(shelf, "vei")[0] == ("veiledning", 3)
    assert {text for text, _ in said(shelf, "vei")} == {"veiledning", "veien", "veileder"}
    assert said(shelf, "VEIL")[0] == ("veiledning", 3)


def test_a_suggestion_counts_the_documents_that_have_all_its_words(shelf: Collection) -> None:
    assert said(shelf, "verdier vei") == [("verdier veiledning", 1)]
    assert said(shelf, "i vei")[0] == ("i veiledning", 3)  # a stop word wants nothing


def test_phrases_and_exclusions_before_the_last_word_are_kept_and_hold(shelf: Collection) -> None:
    assert said(shelf, '"over tid" veil') == [('"over tid" veiledning', 1)]
    assert ("-gruppe veiledning", 2) in said(shelf, "-gruppe veil")
    assert ('"veiledning', 3) in said(shelf, '"veil')
    assert said(shelf, "verdier -vei") == []
    assert said(shelf, "-vei") == []
    assert suggestions(shelf, "kort-om ve").ids == ("4",)


def test_a_word_that_stands_only_inside_is_offered_with_its_hits(collection: Collection) -> None:
    collection.fill([a_document("1", "Uka", "", "timeplan"), a_document("2", "Spill", "", "en timeplan"), a_document("3", "Spill", "bord")])
    assert said(collection, "timep") == [("timeplan", 2)]


def test_what_is_inside_makes_documents_no_more_alike(collection: Collection) -> None:
    one = a_document("1", "Uka", "stol lampe teppe", "kompass kart sekk")
    others = [a_document(str(n), "Spill", "kompass kart sekk") for n in (2, 3)]
    collection.fill([one, *others, a_document("4", "Dag", "stol lampe"), a_document("5", "Natt", "bord")])
    assert documents_like(collection.index, one, most=4, engines=(collection.engine,)) == ("4",)


def test_letters_a_keyboard_lacks_will_do(shelf: Collection) -> None:
    assert said(shelf, "orn") == [("ørn", 1)]
    assert suggestions(shelf, "orn").ids == ("3",)


def test_titles_that_hold_the_words_are_found_by_what_is_typed_of_them(shelf: Collection) -> None:
    assert set(suggestions(shelf, "vei").ids) == {"1", "2"}
    assert suggestions(shelf, "kort ve").ids == ("4",)
    assert suggestions(shelf, "chai").ids == ("5",)


@pytest.mark.parametrize("text", ["", " ", "v", "?", "veiledning x", "qqq", "en to tre fire fem seks syv åtte ni"])
def test_nothing_is_suggested_for_too_little_too_much_or_nothing_known(shelf: Collection, text: str) -> None:
    found = suggestions(shelf, text)
    assert (found.words, found.ids) == ((), ())


def test_a_word_that_is_gone_is_suggested_no_longer_and_a_new_one_at_once(shelf: Collection) -> None:
    shelf.change(gone=["3"], version=1)
    assert said(shelf, "ørn") == []
    assert suggestions(shelf, "ørn").ids == ()
    shelf.lexicon().learn([("no", "veiviser")])
    shelf.change([a_document("6", "Veiviser")], version=2)
    assert ("veiviser", 1) in said(shelf, "veivi")


def test_completions_come_commonest_first_from_each_group() -> None:
    lexicon = Lexicon({"no": {"kart": 3, "kaste": 1, "kåt": 2, "12": 9}, "en": {"kart": 1, "karate": 5}, "other": {"карта": 4}})
    assert [(one.word, one.times) for one in completions("ka", lexicon, most=2)] == [("kart", 3), ("kåt", 2), ("karate", 5), ("kart", 1)]
    assert [one.word for one in completions("ka", lexicon, most=1, first="en")] == ["karate", "kart"]
    assert [one.word for one in completions("кар", lexicon, most=4)] == ["карта"]
    lexicon.learn([("no", "kabal"), ("no", "kabel"), ("no", "kabin"), ("no", "kabaret"), ("no", "zzz")])
    assert [one.word for one in completions("kab", lexicon, most=9)] == ["kabal", "kabaret", "kabel", "kabin"]


def test_the_likest_share_the_telling_words_and_never_the_document_itself(collection: Collection) -> None:
    collection.fill(
        [
            a_document("1", "Kompass og kart", "finne retning med kompass i skogen"),
            a_document("2", "Kart", "kompass og retning på fjellet"),
            a_document("3", "Skogen", "finne sopp i skogen"),
            a_document("4", "Stol", "bord og lampe"),
            a_document("5", "Bord", "lampe og stol"),
            a_document("6", "Bare her", "einerbusk"),
        ]
    )
    like = {i: documents_like(collection.index, d, most=3, engines=(collection.engine,)) for i, d in collection.held.items()}
    assert like["1"][0] == "2"
    assert like["4"] == ("5",)
    assert like["6"] == ()
    assert all(i not in found for i, found in like.items())
    collection.change(gone=["2"], version=1)
    assert "2" not in documents_like(collection.index, collection.held["1"], most=3, engines=(collection.engine,))


def test_a_document_that_shares_no_word_asks_nothing() -> None:
    assert likeness_query(a_document("1", "ukjent"), Lexicon({"no": {"annet": 2}})) is None
