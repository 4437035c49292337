"""Numbers and addresses that may lead to a person are found; those that only look like it are not."""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest

from resourcebank.content import Content, ContentForm
from resourcebank.personal_data import has_identity_number, has_mail_address, has_telephone_number, personal_data
from resourcebank.quality import findings
from tests.factories import a_picture, whole_content, whole_form


def with_check_digits(nine: str) -> str:
    """The made-up identity number that begins with these nine digits, or "" when there is none."""
    digits = [int(digit) for digit in nine]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        check = 11 - sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return ""
        digits.append(0 if check == 11 else check)
    return "".join(map(str, digits))


def some(day: int, month: int) -> str:
    """A made-up number for a day."""
    return next(filter(None, (with_check_digits(f"{day:02}{month:02}95{person:03}") for person in range(400))))


ORDINARY, D_NUMBER, LEAP = some(17, 5), some(57, 5), some(29, 2)


@pytest.mark.parametrize(
    "text",
    [
        ORDINARY,
        D_NUMBER,
        f"Født {ORDINARY}.",
        f"({ORDINARY[:6]} {ORDINARY[6:]})",
        f"{ORDINARY[:6]}-{ORDINARY[6:]}",
        f"{ORDINARY[:2]}.{ORDINARY[2:4]}.{ORDINARY[4:6]} {ORDINARY[6:]}",
        f"{ORDINARY[:6]}\u00a0{ORDINARY[6:]}, sa hun",
        next(filter(None, (with_check_digits(f"290200{person:03}") for person in range(400)))),
    ],
)
def test_identity_numbers_are_found_however_they_are_written(text: str) -> None:
    assert has_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORDINARY[:9]}{(int(ORDINARY[9]) + 1) % 10}{ORDINARY[10]}",
        f"{ORDINARY[:10]}{(int(ORDINARY[10]) + 1) % 10}",
        f"{ORDINARY}1",
        f"1{ORDINARY}",
        f"{ORDINARY}-1",
        f"978-{ORDINARY}",
        f"{ORDINARY}.5",
        "17.05.1995",
        "17051995",
        "1234.56.78903",
        "ISBN 978-82-02-12345-6",
        "Artikkel 12345678901",
        "0150 Oslo, 5003 Bergen",
        "10 000 000 000",
        "00000000000",
        "KID 99999999999",
    ],
)
def test_what_only_looks_like_an_identity_number_is_none(text: str) -> None:
    assert not has_identity_number(text)


def test_right_check_digits_are_not_enough_without_a_date() -> None:
    numbers = [made for nine in range(324500000, 324500400) if (made := with_check_digits(str(nine)))]
    assert len(numbers) > 300
    assert not any(map(has_identity_number, numbers))


def test_of_random_numbers_hardly_any_is_taken_for_one() -> None:
    source = random.Random(5)
    taken = sum(has_identity_number(f"{source.randrange(10**11):011}") for _number in range(20_000))
    assert taken <= 20  # one in 121 has the digits, and of those one in fourteen a date


@pytest.mark.parametrize(
    "text",
    ["Ring Anne på 412 34 567.", "tlf. 22 33 44 55", "Mobil: 41234567", "Telefonnummer: 22334455", "+47 412 34 567", "+4741234567",
     "0047 22 33 44 55", "Send SMS til 41 23 45 67"],
)  # fmt: skip
def test_telephone_numbers_are_found_where_something_says_so(text: str) -> None:
    assert has_telephone_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "Ring 116 123 (Mental Helse).", "Ring 113.", "ring 800 33 321", "telefon 815 33 300", "Artikkel 41234567", "i 2024 2025 2026",
     "20242025", "12 34 56 78", "Vi ringer hverandre kl. 10.30–11.15.", "Ring inn de tre viktigste av 20 000 000 kroner",
     "tlf. 412345678901", "ISBN 82-02-123-45", "Telefonen kostet 4 123,45 kroner", "Ring rundt ordene\n41 23 45 67"],
)  # fmt: skip
def test_what_only_looks_like_a_telephone_number_is_none(text: str) -> None:
    assert not has_telephone_number(text)


def test_mail_addresses_are_found_but_not_examples() -> None:
    assert all(map(has_mail_address, ["anne.hansen@firma.no", "Skriv til a+b@sub.domene.co.uk!", "<kari_n@skole.kommune.no>"]))
    assert not any(map(has_mail_address, ["anne@example.org", "du@eksempel.no", "@anne", "anne @ firma", "a@b", "10 kr@stk.", ""]))


def test_identity_numbers_block_and_the_rest_is_pointed_at() -> None:
    content = whole_content(
        forms=(
            whole_form("nb", steps=("Sett fram stolene.", f"Skriv {ORDINARY}.", "Ring Kari på 412 34 567."), care="kari@firma.no"),
            whole_form("nn"),
        ),
    )
    found = {(finding.code, finding.level, finding.field) for finding in findings(content)}
    assert found == {
        ("identity-number", "blocking", "forms.nb.steps.2"),
        ("telephone-number", "advice", "forms.nb.steps.3"),
        ("mail-address", "advice", "forms.nb.care"),
    }
    assert not any(ORDINARY in finding.message or "412" in finding.message for finding in findings(content))


def changed(name: str, value: Any) -> ContentForm:
    """The bokmål form with one part changed."""
    return replace(whole_form("nb"), **{name: value})


@pytest.mark.django_db
def test_every_text_is_looked_at() -> None:
    whole = whole_content()
    term = replace(whole.terms[0], reason={"nb": ORDINARY, "nn": "Ja."})
    picture = replace(a_picture(), alt={"nb": ORDINARY, "nn": "Ja."})
    texts = ("title", "summary", "goal", "care", "participant_sheet", "transcript")
    cases: list[tuple[Content, str]] = [
        (whole_content(terms=(term, *whole.terms[1:])), "terms.word_pair:valg-og-tilfeldigheter"),
        (whole_content(pictures=(picture,)), "pictures.1.alt"),
        *((whole_content(forms=(changed(name, ORDINARY), whole_form("nn"))), f"forms.nb.{name}") for name in texts),
        *(
            (whole_content(forms=(changed(name, ("a", "b", ORDINARY)), whole_form("nn"))), f"forms.nb.{name}.3")
            for name in ("steps", "questions", "adaptations")
        ),
    ]
    for content, place in cases:
        assert [finding.field for finding in findings(content) if finding.code == "identity-number"] == [place]


@pytest.mark.parametrize(
    ("text", "in_a_draft", "of_a_stranger"),
    [
        ("41 23 45 67", [], ["telephone-number"]),
        ("41.23.45.67", [], ["telephone-number"]),
        ("ring 800 33 321", [], ["telephone-number"]),
        ("tlf.41234567", ["telephone-number"], ["telephone-number"]),
        ("+46 8 123 456 78", ["telephone-number"], ["telephone-number"]),
        ("anne@example.org", [], ["mail-address"]),
        ("kari (at) skole.kommune.no", ["mail-address"], ["mail-address"]),
        ("ka\u200bri@skole.no", ["mail-address"], ["mail-address"]),
        ("Ring ４１２３４５６７", ["telephone-number"], ["telephone-number"]),
        (f"{ORDINARY[:3]}\u200b{ORDINARY[3:]}", ["identity-number"], ["identity-number"]),
        (" ".join(ORDINARY), ["identity-number"], ["identity-number"]),
        (f"Anne {ORDINARY}, anne@firma.no, +47 41234567", ["identity-number", "mail-address", "telephone-number"], None),
        ("Steg 3 tar 20 min, 10.30–12.45, rom 22 33. Se 2025-2026 og side 1234567.", [], []),
    ],
)
def test_one_text_as_a_draft_and_as_the_words_of_a_stranger(text: str, in_a_draft: list[str], of_a_stranger: list[str] | None) -> None:
    assert list(personal_data(text)) == in_a_draft
    assert list(personal_data(text, doubtful=True)) == (in_a_draft if of_a_stranger is None else of_a_stranger)


def test_a_very_long_text_is_read_in_no_time() -> None:
    began = perf_counter()
    for text in ("1" * 200_000, "a" * 200_000, "a." * 100_000, "1 " * 100_000, "ring " * 40_000, "x@" * 100_000, "+47 " * 50_000):
        assert list(personal_data(text, doubtful=True)) == []
    assert perf_counter() - began < 10
