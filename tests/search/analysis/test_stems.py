"""The field's words share one stem in all their forms, bokmål and nynorsk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import words
from search.analysis.stems import norwegian, stem
from search.analysis.tables import tables
from tests.search.analysis.texts import anything

PARADIGMS = [
    "veileder veilederen veilederens veiledere veilederne veiledernes veileders rettleiar rettleiaren rettleiarar rettleiarane rettleiars",
    "veiledning veiledningen veiledninger veiledningene rettleiing rettleiinga rettleiingar rettleiingane",
    "søker søkeren søkere søkerne søkjar søkjaren søkjarar søkjarane",
    "veisøker veisøkeren veisøkere veisøkerne vegsøkjar vegsøkjaren vegsøkjarar vegsøkjarane",
    "lærer læreren lærere lærerne lærernes lærar læraren lærarar lærarane",
    "deltaker deltakeren deltakere deltakerne deltakar deltakaren deltakarar deltakarane",
    "mulighet muligheten muligheter mulighetene moglegheit moglegheita moglegheiter moglegheitene",
    "karriere karrieren karrierer karrierene karrierar",
    "valg valget valgene val valet vala",
    "karrierevalg karrierevalget karriereval karrierevalet",
    "begrensning begrensningen begrensninger begrensningene avgrensing avgrensinga avgrensingar avgrensingane",
    "tilfeldighet tilfeldigheten tilfeldigheter tilfeldighetene",
    "tilpasning tilpasningen tilpasninger tilpassing tilpassinga tilpassingar",
    "øvelse øvelsen øvelser øvelsene øving øvinga øvingar øvingane",
    "utdanning utdanningen utdanninga utdanninger utdanningar",
    "drøm drømmen drømmer drømmene draum draumen draumar draumane",
    "rådgiver rådgiveren rådgivere rådgiverne rådgjevar rådgjevaren rådgjevarar rådgjevarane",
]
BY_RULE = [
    "nyhet nyheten nyheter nyhetene nyhets nyheit nyheita nyheiter nyheitene nyheits",
    "kapasitet kapasiteten kapasiteter kapasitetene kapasitets kapasitetar kapasitetane",
    "vennskap vennskapet vennskapene vennskaps",
    "klasserom klasserommet klasserommene klasseromma",
    "barnehagelærer barnehagelæreren barnehagelærerne barnehagelærar barnehagelærarane",
    "yrkesveileder yrkesveilederens yrkesveiledere yrkesrettleiar yrkesrettleiarane",
    "stol stolen stolars stolanes stolas stolers",
    "nav nav's",
    "väg væg vægen",
]
APART = [
    "veileder veiledning",
    "mulighet mulig",
    "karriere karrierevalg",
    "lærer lærling",
    "søker søknad",
    "valg valuta",
    "leder led",
    "mål måltid",
    "yrkesveileder veileder",
    "nyhet ny",
]


def test_every_form_of_the_table_has_the_stem_it_gives() -> None:
    stems = tables().stems
    assert len(stems) > 500
    assert {form: norwegian(form) for form in stems} == dict(stems)


def test_every_form_of_the_table_is_one_word_in_normal_form() -> None:
    assert [form for form in tables().stems if words(form) != [form]] == []


@pytest.mark.parametrize("paradigm", PARADIGMS, ids=lambda paradigm: paradigm.split()[0])
def test_all_forms_of_a_word_share_one_stem(paradigm: str) -> None:
    assert len({norwegian(form) for form in paradigm.split()}) == 1


@pytest.mark.parametrize("paradigm", BY_RULE, ids=lambda paradigm: paradigm.split()[0])
def test_forms_that_no_table_holds_share_one_stem_by_rule(paradigm: str) -> None:
    assert len({norwegian(form) for form in paradigm.split()}) == 1
    assert not set(paradigm.split()) & set(tables().stems)


@pytest.mark.parametrize("pair", APART)
def test_words_that_mean_something_else_keep_apart(pair: str) -> None:
    one, other = pair.split()
    assert norwegian(one) != norwegian(other)


@pytest.mark.parametrize(
    ("group", "one", "other"),
    [
        ("no", "fortellingene", "fortelling"),
        ("no", "stolane", "stoler"),
        ("en", "choices", "choice"),
        ("en", "planning", "planned"),
        ("other", "café", "cafe"),
    ],
)
def test_each_group_stems_in_its_own_language(group: str, one: str, other: str) -> None:
    assert stem(one, group) == stem(other, group)


def test_english_rules_are_not_used_on_norwegian_words() -> None:
    assert stem("running", "no") != stem("running", "en") == stem("run", "en")


@given(anything, st.sampled_from(["no", "en", "other"]))
def test_every_word_has_a_stem_without_spaces(text: str, group: str) -> None:
    for word in words(text):
        found = stem(word, group)
        assert found
        assert found == "".join(found.split())
        assert stem(word, group) == found


def test_stems_are_the_same_in_every_thread() -> None:
    forms = [
        f"{base}{ending}" for base in ("fortelling", "stol", "yrkesretning", "samtalepartner") for ending in ("", "en", "er", "ene", "ar")
    ] * 50
    alone = [stem(form, "no") for form in forms]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda form: norwegian.__wrapped__(form), forms)) == alone
