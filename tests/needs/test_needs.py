"""Counting what nobody finds: no word of a person in clear, and gone after 90 days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcebank.catalogue import Lacking, demand, lacking
from resourcebank.errors import LoginNeeded, NotAllowed, NotFound
from resourcebank.models import SearchNeed, User
from resourcebank.services import needs
from resourcebank.services.chores import JOBS
from resourcebank.services.needs import DAYS_BEFORE_SHOWN, forget_needs, hide_need, key_of, note_need
from search.request import SearchRequest
from tests.factories import NOW

pytestmark = pytest.mark.django_db
UNKNOWN = Lacking(unknown=("autisme",))
KNOWN = Lacking(known=("stol",), chosen=(("language", "so"),))


def on_day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def stored() -> str:
    """Every column of every row, as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SearchNeed._meta.db_table}")
        return repr(cursor.fetchall())


def missed() -> list[tuple[str, tuple[str, ...], int, int]]:
    return [(each.facet, each.words, each.count, each.said) for each in demand()]


def test_known_words_and_filters_are_counted_per_day() -> None:
    for _time in range(2):
        note_need(KNOWN, now=NOW)
    note_need(KNOWN, now=on_day(1))
    rows = SearchNeed.objects.order_by("day", "facet").values_list("day", "facet", "word", "count")
    days = (date(2026, 11, 22), date(2026, 11, 23))
    assert list(rows) == [
        (days[0], "", "stol", 2),
        (days[0], "language", "so", 2),
        (days[1], "", "stol", 1),
        (days[1], "language", "so", 1),
    ]
    assert missed() == [("", ("stol",), 3, 0), ("language", ("so",), 3, 0)]


def test_a_word_the_bank_does_not_know_is_unreadable_until_its_third_day() -> None:
    for number in range(DAYS_BEFORE_SHOWN - 1):
        for _time in range(5):
            note_need(UNKNOWN, now=on_day(number))
        assert "autisme" not in stored()
        assert missed() == []
    note_need(UNKNOWN, now=on_day(DAYS_BEFORE_SHOWN - 1))
    assert missed() == [("", ("autisme",), 5 * (DAYS_BEFORE_SHOWN - 1) + 1, 0)]
    note_need(UNKNOWN, now=on_day(DAYS_BEFORE_SHOWN))
    assert missed() == [("", ("autisme",), 5 * (DAYS_BEFORE_SHOWN - 1) + 2, 0)]


def test_the_hash_cannot_be_made_without_the_key_of_the_site(settings: object) -> None:
    before = key_of("", "autisme")
    setattr(settings, "SECRET_KEY", "another")  # noqa: B010 - what pytest-django hands out takes any name
    assert key_of("", "autisme") != before


def test_telling_counts_apart_and_stands_first() -> None:
    note_need(Lacking(known=("stol",)), now=NOW)
    note_need(Lacking(known=("bord",)), now=NOW, said=True)
    assert missed() == [("", ("bord",), 0, 1), ("", ("stol",), 1, 0)]


def test_the_forms_of_a_word_in_bokmal_and_nynorsk_stand_together() -> None:
    note_need(Lacking(known=("veileder",)), now=NOW)
    for _time in range(2):
        note_need(Lacking(known=("rettleiar",)), now=NOW)
    assert missed() == [("", ("rettleiar", "veileder"), 3, 0)]


def test_everything_is_gone_after_ninety_days() -> None:
    note_need(Lacking(("stol",), ("autisme",), (("language", "so"),)), now=NOW)
    assert forget_needs(NOW + timedelta(days=90)) == 0
    assert forget_needs(NOW + timedelta(days=91)) == 3
    assert not SearchNeed.objects.exists()
    assert forget_needs in [job.do for job in JOBS]


def test_a_flood_of_words_fills_a_day_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "MOST_A_DAY", 10)
    for number in range(20):
        note_need(Lacking(unknown=(f"ord{chr(97 + number)}",)), now=NOW)
    assert SearchNeed.objects.count() == 10
    note_need(UNKNOWN, now=on_day(1))
    assert SearchNeed.objects.count() == 11


def test_a_curator_takes_a_word_away_for_good(carl: User, rita: User, sam: User) -> None:
    note_need(Lacking(known=("stol",)), now=NOW)
    for nobody, refusal in ((sam, NotAllowed), (rita, NotAllowed)):
        with pytest.raises(refusal):
            hide_need([key_of("", "stol")], by=nobody)
    hide_need([key_of("", "stol")], by=carl)
    assert missed() == []
    note_need(Lacking(known=("stol",)), now=on_day(1))
    assert missed() == []
    with pytest.raises(NotFound):
        hide_need(["x"], by=carl)


def test_nobody_hides_without_logging_in(client: Client) -> None:
    note_need(Lacking(known=("stol",)), now=NOW)
    assert client.post("/nb/sok/savnet/skjul/", {"key": key_of("", "stol")}).status_code == 302
    assert missed() != []
    assert LoginNeeded.status == 401


names = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=2, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names, names, st.integers(2_000_000, 99_999_999_999))
def test_a_name_with_a_number_leaves_nothing_at_all(first: str, last: str, number: int) -> None:
    for text in (
        f"{first} {last} {number}",
        f"{number}{first}",
        f"{first}.{last}@{last}.no",
        f"{first} {str(number)[:3]} {str(number)[3:]}",
    ):
        assert lacking(SearchRequest(text=text)) == Lacking()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names, names)
def test_a_name_looked_for_once_is_never_kept_in_clear(first: str, last: str) -> None:
    SearchNeed.objects.all().delete()
    found = lacking(SearchRequest(text=f"{first} {last}"))
    note_need(found, now=NOW)
    held = stored()
    assert not found.known
    assert not [word for word in found.unknown if f"'{word}'" in held]


def test_small_words_excluded_words_and_words_with_digits_are_not_taken() -> None:
    assert lacking(SearchRequest(text="hva er A2 for deg -gruppe og trinn 10")).unknown == ("trinn",)


def test_there_is_no_room_for_who_searched_nor_when() -> None:
    """A new column is a new promise to everybody who searches: the page about privacy says what is kept."""
    columns = {field.name for field in SearchNeed._meta.get_fields()}
    assert columns == {"id", "day", "key", "facet", "word", "count", "said", "hidden"}
