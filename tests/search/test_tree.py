"""The tree of a text: which words stand for it, and what is given up when it would grow too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given

from search import wording
from search.analysis import Lexicon, words
from search.analysis.normalise import fold
from search.analysis.stems import stem
from search.analysis.tables import stop_words
from search.analysis.thesaurus import thesaurus_with
from search.analysis.typed import MAX_WORDS
from search.tree import Best, Bool, Node, Phrase, Side, Term
from search.wording import MAX_LEAVES, Wording
from tests.search.analysis.texts import anything

COMPOUND = ("arbeidsmarked", "yrkesvalg", "språkkurs", "kursdeltaker")
FOREIGN = ("plan", "team", "coach", "program")
WITH_SYNONYMS = ("flaks", "tvil", "familie", "nettverk")
UNKNOWN = ("veildeningstime", "orienteringsmete", "tilrettelagging", "medvilkningar")
QUERY = " ".join((*COMPOUND, *FOREIGN, *WITH_SYNONYMS, *UNKNOWN))
MEANT = ("veiledningstime", "orienteringsmøte", "tilrettelegging", "medvirkningar")
LEXICON = Lexicon.from_words(
    [
        ("no", [*COMPOUND, *WITH_SYNONYMS, *FOREIGN, *MEANT, *["arbeid", "marked", "yrke", "valg", "språk", "kurs", "deltaker"] * 9]),
        ("en", [*FOREIGN, *MEANT]),
        ("other", [*FOREIGN, *MEANT]),
    ]
)
SIGNS = str.maketrans(dict.fromkeys('-"«»“”„'))
"""What makes a word more than a loose word."""
GIVEN_UP = ("gram", "near", "synonym", "part", "foreign")


def leaves(node: Node) -> Iterator[Term | Phrase]:
    match node:
        case Best(_, nodes):
            for inner in nodes:
                yield from leaves(inner)
        case Bool(must, should, _, without):
            for inner in (*must, *should, *without):
                yield from leaves(inner)
        case Term() | Phrase():
            yield node
        case Side():
            raise AssertionError("a search leans only once its titles are known")


def kind(leaf: Term | Phrase) -> str:
    """What a leaf stands for, told by its field and its weight."""
    if isinstance(leaf, Phrase):
        return "phrase"
    group, _, name = leaf.field.partition("_")
    if name == "gram":
        return "gram"
    if leaf.boost == {"text": 0.8, "title": 1.0, "inside": 0.4, "exact": 0.5, "parts": 0.3}[name]:
        return "typed" if group == "no" else "foreign"
    if leaf.boost == {"text": 0.4, "title": 0.5, "inside": 0.2}.get(name):
        return "synonym"
    return "part" if leaf.boost == 0.25 and name in ("text", "parts") else "near"


def read(text: str = QUERY) -> Wording:
    made = wording.read(text, LEXICON, thesaurus_with())
    assert made
    return made


def kinds(wording: Wording) -> Counter[str]:
    return Counter(kind(leaf) for leaf in leaves(wording.tree("near")))


def test_the_query_of_these_tests_holds_leaves_of_every_kind() -> None:
    assert set(kinds(read())) == {"typed", "phrase", *GIVEN_UP}


@pytest.mark.parametrize("most", range(70, 520, 15))
def test_what_is_given_up_goes_in_order_and_typed_words_never(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    whole = kinds(read())
    monkeypatch.setattr(wording, "MAX_LEAVES", most)
    now = kinds(read())
    assert now.total() <= max(most, whole["typed"] + whole["phrase"])
    assert (now["typed"], now["phrase"]) == (whole["typed"], whole["phrase"])
    kept = [name for name in GIVEN_UP if now[name] == whole[name]]
    assert kept == list(GIVEN_UP[len(GIVEN_UP) - len(kept) :])
    assert all(now[name] == 0 for name in GIVEN_UP if name not in kept and name != "gram")


def test_grams_are_cut_only_as_far_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kinds(read())
    monkeypatch.setattr(wording, "MAX_LEAVES", whole.total() - 5)
    assert kinds(read()) == whole - Counter(gram=5)


def test_the_smaller_tree_gives_up_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "MAX_LEAVES", 150)
    made = read()
    scored = {leaf for leaf in leaves(made.tree("near")) if isinstance(leaf, Term) and not leaf.field.endswith("_title")}
    assert scored == {leaf for leaf in leaves(made.matching("near")) if isinstance(leaf, Term)}


@given(anything)
def test_no_text_breaks_the_tree_or_makes_it_too_large(text: str) -> None:
    made = wording.read(text, LEXICON, thesaurus_with())
    assert (made is None) == (not words(text))
    for stage in made.stages if made else ():
        assert made
        assert 0 < sum(1 for _ in leaves(made.tree(stage))) <= MAX_LEAVES


@given(anything)
def test_every_telling_word_is_looked_for_as_it_is_spelt(text: str) -> None:
    loose = text.translate(SIGNS)
    typed = [LEXICON.spelt(word) for word in words(loose)[:MAX_WORDS]]
    telling = [w for w in typed if w not in stop_words()["no"] | stop_words()["en"]] or typed
    made = wording.read(loose, LEXICON, thesaurus_with())
    found = {leaf for group in made.groups for leaf in leaves(group)} if made else set()
    for word in telling:
        assert Term("no_text", stem(word, "no"), 0.8) in found
        assert Term("no_exact", fold(word), 0.5) in found
    assert len(made.groups if made else ()) == len(set(telling))


@pytest.mark.parametrize(("many", "least"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 6), (8, 6), (12, 9), (16, 12)])
def test_all_words_are_wanted_up_to_two_else_three_quarters(many: int, least: int) -> None:
    made = read(" ".join(f"ord{n:02}" for n in range(many)))
    tree = made.tree("all_words")
    assert isinstance(tree, Bool)
    (core,) = tree.must
    assert isinstance(core, Bool)
    assert (core.least, len(core.should)) == (least, many)
    assert [made.matching(stage) for stage in ("any_word",)] == [Bool((), made.bare_groups, 1)]


@pytest.mark.parametrize(("size", "needed"), [(0, 3), (10, 3), (30, 3), (50, 5), (200, 20), (10_000, 20)])
def test_how_many_hits_of_all_words_are_enough(size: int, needed: int) -> None:
    assert not wording.enough("all_words", needed - 1, size=size)
    assert wording.enough("all_words", needed, size=size)


def test_any_word_needs_three_hits_and_near_none() -> None:
    assert not wording.enough("any_word", 2, size=10_000)
    assert wording.enough("any_word", 3, size=10_000)
    assert wording.enough("near", 0, size=10_000)


def test_near_words_stand_only_for_words_nobody_wrote() -> None:
    found = {group: [kind(leaf) for leaf in leaves(node)] for group, node in zip(QUERY.split(), read().groups, strict=True)}
    assert [word for word, some in found.items() if "near" in some] == list(UNKNOWN)


def pairs(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(leaf.field, leaf.tokens) for leaf in read(text).phrases]


def test_neighbours_stand_side_by_side_in_every_group_that_knows_both() -> None:
    both = ("plan", "team")
    everywhere = [(f"{group}_{name}", both) for group in ("no", "en", "other") for name in ("text", "title")]
    assert pairs("plan team flaks") == [*everywhere, ("no_text", ("team", "flaks")), ("no_title", ("team", "flaks"))]


def test_neighbours_are_also_those_that_stop_words_part_and_in_titles_stop_words_themselves() -> None:
    flaks, tvil = stem("flaks", "no"), stem("tvil", "no")
    assert pairs("flaks med min tvil") == [
        *(("no_text", (flaks, "med")), ("no_title", (flaks, "med")), ("no_title", ("med", "min"))),
        *(("no_text", ("min", tvil)), ("no_title", ("min", tvil)), ("no_text", (flaks, tvil)), ("no_title", (flaks, tvil))),
    ]


def test_a_word_known_by_its_stem_alone_may_mean_one_a_slip_away_but_adds_no_document() -> None:
    lexicon = Lexicon.from_words([("no", ["ferer", "feiret", "feiring"])])
    made = wording.read("feret årsdag", lexicon, thesaurus_with())
    assert made
    (doubted,) = made.doubted
    assert {leaf.tokens if isinstance(leaf, Phrase) else leaf.token for leaf in leaves(doubted)} == {"feiret", stem("feiret", "no")}
    assert not set(leaves(doubted)) & set(leaves(made.matching("any_word")))
    written = wording.read("ferer", lexicon, thesaurus_with())
    assert written
    assert written.doubted == ()
