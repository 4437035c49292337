"""Documents as engines get them: no empty field, whatever the texts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Lexicon, analyse, document_words, lexicon_of, words
from search.analysis.languages import group_of
from search.analysis.stems import stem
from search.analysis.tokens import MAX_GRAMS_INSIDE, grams
from search.index import Document, Passage
from tests.search.analysis.texts import anything
from tests.search.collection import a_document, a_schema

SCHEMA = a_schema("documents")
LEXICON = Lexicon.from_words([("no", ["karriere", "veiledning"] * 2)])
FIELDS = {name for name, _ in SCHEMA.text_fields()}
passages = st.lists(
    st.builds(Passage, st.sampled_from(["nb", "nn", "no", "en-GB", "ar", "", "NB-no"]), anything, anything, anything), max_size=4
).map(tuple)


@given(passages)
def test_no_field_of_any_document_is_empty(texts: tuple[Passage, ...]) -> None:
    analysed = analyse(Document("1", texts), SCHEMA, LEXICON)
    assert analysed.tokens.keys() == FIELDS
    for tokens in analysed.tokens.values():
        assert tokens
        assert all(tokens.split(" "))
        tokens.encode()


@given(passages)
def test_every_word_of_title_and_text_is_in_the_field_of_its_language(texts: tuple[Passage, ...]) -> None:
    analysed = analyse(Document("1", texts), SCHEMA, LEXICON)
    for passage in texts:
        group = group_of(passage.language)
        for word in words(passage.title):
            assert stem(word, group) in analysed.tokens[f"{group}_title"].split(" ")
        for word in words(f"{passage.title}\n{passage.rest}"):
            assert stem(word, group) in analysed.tokens[f"{group}_text"].split(" ")
        for word in words(passage.inside):
            assert stem(word, group) in analysed.tokens[f"{group}_inside"].split(" ")


def test_what_is_inside_stands_in_no_field_of_the_text() -> None:
    analysed = analyse(Document("1", (Passage("nb", "Stol", "bord", "en yrkesveiledning"),)), SCHEMA, LEXICON)
    assert "_yrk" in analysed.tokens["no_gram"].split()
    for field in ("text", "title", "exact"):
        assert not {"yrkesveiledning", "yrkesveiled"} & set(analysed.tokens[f"no_{field}"].split())
    assert analysed.tokens["en_inside"] == analysed.tokens["other_inside"] == "_"


def test_a_long_file_has_grams_of_its_first_words_alone() -> None:
    inside = f"{'stol ' * MAX_GRAMS_INSIDE}krakk"
    analysed = analyse(Document("1", (Passage("nb", "", "bord", inside), Passage("nb", "", "", "lampe"))), SCHEMA, LEXICON)
    assert {"_bor", "_sto", "_lam"} <= set(analysed.tokens["no_gram"].split())
    assert "_kra" not in analysed.tokens["no_gram"]


def test_a_word_that_stands_only_inside_is_known_but_counts_as_little_as_it_can() -> None:
    lexicon = lexicon_of([Document(str(n), (Passage("nb", "stol stol", "", "krakk krakk stol"),)) for n in range(4)])
    assert lexicon.counts["no"] == {"stol": 8, "krakk": 1}
    assert lexicon.has("krakken", "no")
    assert Lexicon.from_bytes(lexicon.to_bytes()).counts == lexicon.counts


@given(anything)
def test_grams_are_windows_of_four_that_cover_the_word(text: str) -> None:
    for word in words(text):
        found = grams(word)
        assert {len(gram) for gram in found} <= {4}
        assert "".join(gram[0] for gram in found) == f"_{word}_"[: len(found)] or not word.isascii()


def test_the_lexicon_counts_every_word_of_a_document_once_for_each_time_it_stands_there() -> None:
    document = Document("1", (Passage("nb", "Stol og bord", "stol"), Passage("en", "Chair", "")))
    counted = Counter((group, word) for group, some in document_words(document) for word in some)
    assert counted == {("no", "stol"): 2, ("no", "og"): 1, ("no", "bord"): 1, ("en", "chair"): 1}


def test_a_path_carries_its_ancestors_and_other_values_none() -> None:
    analysed = analyse(a_document("1", "", pair="valg/stoler/fire endring", kind="a/b"), SCHEMA, LEXICON)
    assert analysed.keywords["pair"] == ("endring", "valg", "valg/stoler", "valg/stoler/fire")
    assert analysed.keywords["kind"] == ("a/b",)
    assert analysed.keywords["needs"] == ()


def test_compound_parts_are_indexed_in_norwegian_only() -> None:
    analysed = analyse(Document("1", (Passage("nb", "", "karriereveiledning"), Passage("en", "", "karriereveiledning"))), SCHEMA, LEXICON)
    assert analysed.tokens["no_parts"] == "karriere veiled"
    assert analysed.tokens["en_parts"] == "_"


def test_languages_fall_into_three_groups() -> None:
    assert [group_of(language) for language in ("nb", "nn", "no", "NB-no", "en", "en-GB", "ar", "fa-AF", "")] == ["no"] * 4 + ["en"] * 2 + [
        "other"
    ] * 3


def test_equal_documents_have_equal_hashes_and_others_not() -> None:
    one = a_document("1", "stol", "bord", kind="film", numbers={"minutes": 5})
    assert one.content_hash() == a_document("1", "stol", "bord", numbers={"minutes": 5}, kind="film").content_hash()
    others = [a_document("1", "stol", "bord", kind="film"), a_document("1", "stol", "bord ", kind="film", numbers={"minutes": 5})]
    others.append(Document("1", (Passage("nb", "stol", "bord", "inni"),), one.keywords, one.numbers, one.sort_title))
    assert one.content_hash() not in {other.content_hash() for other in others}
    assert a_document("1", "\ud800").content_hash()
