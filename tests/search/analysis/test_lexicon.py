"""What a collection's words say about compounds, known words and misspelt ones."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Lexicon, lexicon_name, words
from search.analysis.lexicon import MAX_PARTS, MIN_GIVEN, MIN_PART, NEAREST, part_stems
from search.analysis.nearness import distance
from search.analysis.normalise import fold
from search.analysis.stems import norwegian
from search.analysis.tables import tables
from tests.search.analysis.texts import anything, norwegian_words

TWICE = ["veiledning", "valg", "yrke", "samfunn", "rolle", "barne", "hage", "språk", "kurs", "deltaker", "ting", "ende"]
WORDS = [*["karriere", "arbeid", "søker"] * 3, *TWICE * 2, "arbeids", "innvandrer", "barnehage"]
COUNTS = Counter(WORDS)
LEXICON = Lexicon.from_words([("no", WORDS), ("en", ["choice", "choices", "career"]), ("other", ["مهنة", "orientation"])])
COMPOUNDS = [
    ("karriereveiledning", ("karriere", "veiledning")),
    ("arbeidssøker", ("arbeid", "søker")),  # a linking s
    ("yrkesvalg", ("yrke", "valg")),
    ("samfunnsrolle", ("samfunn", "rolle")),
    ("språkkurs", ("språk", "kurs")),
    ("språkkursdeltaker", ("språk", "kurs", "deltaker")),
    ("karriere", ()),
    ("innvandrer", ()),
    ("veiledning", ()),
    ("karriereting", ()),  # endings that look like words
    ("karriereveildening", ()),
    ("arbeid2søker", ()),
]
NEAR = [
    ("veildening", ["veiledning"]),
    ("kårriere", []),  # known: it folds to what is there
    ("karierre", ["karriere"]),
    ("søger", ["søker"]),
    ("valgg", ["valg"]),
    ("vlag", ["valg"]),
    ("vlg", ["valg"]),
    ("alg", ["valg"]),
    ("vag", ["valg"]),
    ("ksr", []),  # three letters are near four alone
    ("va", []),  # too short to be misspelt
    ("xarriere", ["karriere"]),  # one slip may be in the first letter
    ("arriere", ["karriere"]),
    ("kkarriere", ["karriere"]),
    ("akrriere", ["karriere"]),
    ("xarierre", []),  # a second one not
    ("deltoker", ["deltaker"]),
]


def _slowly(a: str, b: str) -> int:
    """Optimal string alignment distance by its definition."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a), len(b)]


@pytest.mark.parametrize(("word", "parts"), COMPOUNDS)
def test_a_compound_is_made_of_words_of_the_collection(word: str, parts: tuple[str, ...]) -> None:
    assert LEXICON.split(word) == parts


def test_a_common_word_is_not_torn_into_rare_ones() -> None:
    rare = Lexicon.from_words([("no", ["papegøyebur", "papegøye", "papegøye", "burene", "burene"])])
    common = Lexicon.from_words([("no", ["papegøyeburene"] * 9 + ["papegøye", "burene"] * 2)])
    assert (common.split("papegøyeburene"), rare.split("papegøyeburene")) == ((), ("papegøye", "burene"))


def test_a_compound_of_the_tables_parts_is_split_however_common_it_is() -> None:
    empty, common = Lexicon.from_words([]), Lexicon.from_words([("no", ["arbeidslivet"] * 500)])
    assert empty.split("arbeidslivet") == common.split("arbeidslivet") == ("arbeid", "livet")


@pytest.mark.parametrize("word", ["veilederne", "stillingen", "overgangen", "nettverk", "rettleiinga"])
def test_a_form_of_a_part_is_whole(word: str) -> None:
    assert LEXICON.split(word) == ()


def test_the_fewest_parts_win() -> None:
    assert Lexicon.from_words([("no", ["fram"] * 500)]).split("framtidsplan") == ("framtid", "plan")


@given(st.lists(st.sampled_from([*COUNTS, "s", "e", "ligheten"]), min_size=1, max_size=5).map("".join))
def test_parts_are_words_of_the_collection_in_the_order_of_the_compound(word: str) -> None:
    parts = LEXICON.split(word)
    assert len(parts) <= MAX_PARTS
    at = 0
    for part in parts:
        given = norwegian(part) in part_stems()
        assert given or COUNTS[part] >= 2
        assert len(part) >= (MIN_GIVEN if given else MIN_PART)
        assert part not in tables().no_parts
        assert at <= word.index(part, at) <= at + 1
        at = word.index(part, at) + len(part)


@pytest.mark.parametrize(("word", "nearest"), NEAR)
def test_a_misspelt_word_is_near_what_was_meant(word: str, nearest: list[str]) -> None:
    found = [] if LEXICON.has(word, "no") else [other for _, other in LEXICON.near(word, "no")]
    assert found == nearest


def test_nearest_come_first_then_the_commonest() -> None:
    lexicon = Lexicon.from_words([("no", ["stolar"] * 2 + ["stoler"] * 5 + ["stolir"] + ["stolen"] * 9 + ["stolas"] * 3)])
    assert lexicon.near("stolor", "no") == ((1, "stoler"), (1, "stolar"), (1, "stolir"))


def test_only_the_nearest_are_near() -> None:
    lexicon = Lexicon.from_words([("no", ["presidenten", *["presidentene"] * 9])])
    assert lexicon.near("presidetnen", "no") == ((1, "presidenten"),)
    assert lexicon.near("presidetnenn", "no") == ((2, "presidentene"), (2, "presidenten"))


def test_of_equals_the_one_with_the_same_letters_is_nearest() -> None:
    lexicon = Lexicon.from_words([("no", [*["song"] * 9, *["grønne"] * 9, "sønn", "kronen"])])
    assert lexicon.near("søn", "no") == ((1, "sønn"), (1, "song"))
    assert lexicon.near("kronne", "no") == ((1, "kronen"), (1, "grønne"))


def test_a_word_is_written_in_just_the_form_in_which_it_stands() -> None:
    lexicon = Lexicon.from_words([("no", ["ferer", "søker"]), ("en", ["choices"])])
    assert [word for word in ("ferer", "feret", "soker", "søkerens", "choices", "choice") if lexicon.is_written(word)] == [
        *("ferer", "soker", "søkerens", "choices")  # søkerens stands in the table of stems
    ]


def _other_head(word: str, other: str) -> bool:
    """Is the first letter all that parts two words: another one, one too few or too many, or swapped with the second?"""
    a, b = fold(word), fold(other)
    return a[0] != b[0] and (a[1:] == b[1:] or a[1:] == b or a == b[1:] or a[1::-1] + a[2:] == b)


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@given(norwegian_words, norwegian_words, st.integers(0, 3), st.integers(0, 9), st.booleans())
def test_distance_is_exact_up_to_its_bound(a: str, other: str, most: int, at: int, like: bool) -> None:
    b = _swapped(a, at) + other[:1] if like else other
    assert distance(a, b, most) == min(_slowly(a, b), most + 1)


@given(norwegian_words, st.randoms(use_true_random=False))
def test_near_words_are_those_within_reach(word: str, dice: random.Random) -> None:
    around = {word[:n] + dice.choice("aeiou") + word[n + 1 :] for n in range(len(word))} | {word[::-1], word + "s"}
    lexicon = Lexicon.from_words([("no", sorted(around - {word}))])
    most = 0 if len(fold(word)) < 3 else 1 if len(fold(word)) < 8 else 2
    reach = {fold(o): _slowly(fold(word), fold(o)) for o in around - {word} if fold(o)[0] == fold(word)[0] or _other_head(word, o)}
    reach = {other: edits for other, edits in reach.items() if len(fold(word)) > 3 or len(other) > 3}
    within = sorted(edits for edits in reach.values() if edits <= most)
    found = lexicon.near(word, "no")
    assert [edits for edits, _ in found] == ([edits for edits in within if edits == within[0]][:NEAREST] if most else [])


@given(anything)
def test_no_word_breaks_a_lexicon(text: str) -> None:
    for word in words(text):
        assert len(LEXICON.split(word)) <= MAX_PARTS
        assert set(LEXICON.groups_with(word)) <= {"no", "en", "other"}
        assert all(len(LEXICON.near(word, group)) <= NEAREST for group in ("no", "en", "other"))


def test_a_word_is_known_in_any_form_and_only_where_it_stands() -> None:
    assert LEXICON.groups_with("søkerne") == ("no",)
    assert LEXICON.groups_with("soker") == ("no",)
    assert LEXICON.groups_with("choice") == ("en",)
    assert LEXICON.groups_with("مِهْنة") == ("other",)
    assert LEXICON.groups_with("papegøye") == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("soker", "søker"),
        ("soeker", "søker"),
        ("barnehage", "barnehage"),
        ("laererne", "lærerne"),
        ("larerne", "lærerne"),
        ("moglegheit", "moglegheit"),
        ("papegoye", "papegoye"),
        ("choice", "choice"),
        ("aa", "aa"),
    ],
)
def test_a_word_typed_without_norwegian_letters_is_read_as_it_is_written(typed: str, written: str) -> None:
    assert LEXICON.spelt(typed) == written


def test_a_word_that_stands_in_the_texts_is_not_respelt() -> None:
    assert Lexicon.from_words([("no", ["bore", "børe", "børe"])]).spelt("bore") == "bore"
    assert Lexicon.from_words([("no", ["børe"])]).spelt("bore") == "børe"


@given(anything)
def test_respelling_never_goes_on(text: str) -> None:
    for word in words(text):
        assert LEXICON.spelt(LEXICON.spelt(word)) == LEXICON.spelt(word)


def test_words_that_come_later_are_known_and_never_parts() -> None:
    lexicon = Lexicon.from_words([("no", WORDS)])
    assert lexicon.near("papegøye", "no") == ()
    assert lexicon.near("papegjye", "no") == ()
    lexicon.learn([("no", "papegøye"), ("no", "papegøye"), ("en", "parrot")] * 3)
    assert lexicon.groups_with("papegøya") == ("no",)
    assert lexicon.near("papegjye", "no") == ((1, "papegøye"),)
    assert lexicon.groups_with("parrots") == ("en",)
    assert lexicon.split("papegøyevalg") == ()


@given(st.lists(st.tuples(st.sampled_from(["no", "en", "other"]), st.lists(norwegian_words, max_size=8)), max_size=6))
def test_a_lexicon_reads_back_as_it_was_written(pairs: list[tuple[str, list[str]]]) -> None:
    lexicon = Lexicon.from_words(pairs)
    data = lexicon.to_bytes()
    again = Lexicon.from_bytes(data)
    assert again.to_bytes() == data
    assert lexicon_name(Lexicon.from_words(reversed(pairs)).to_bytes()) == lexicon_name(data)
    for _, some in pairs:
        for word in some:
            assert again.split(word + word) == lexicon.split(word + word)
            assert again.groups_with(word) == lexicon.groups_with(word)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'"lexicon 1"', b'{"format":"lexicon 0","counts":{},"parts":[]}', b"\xff\xfe"])
def test_what_is_no_lexicon_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any ValueError means the same to the caller
        Lexicon.from_bytes(data)
