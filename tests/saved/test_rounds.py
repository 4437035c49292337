"""What people hear of the searches they keep: everything new once, to each in their time, from one run of each query."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.test import override_settings

from resourcebank import catalogue
from resourcebank.errors import Invalid, LoginNeeded, NotFound
from resourcebank.models import OutgoingMail, Resource, SavedSearch, StoredHit, StoredQuery, User
from resourcebank.selectors import own_data
from resourcebank.services import saved_searches
from resourcebank.services.chores import JOBS
from resourcebank.services.drafts import revise, save
from resourcebank.services.erasure import erase
from resourcebank.services.outbox import send_due
from resourcebank.services.publication import retire
from resourcebank.services.review import submit
from resourcebank.services.saved_searches import MOST_SAVED, change_search, keep_search, next_round, remove_search, tell_of_new_hits
from search.indexing import catch_up_soon
from search.request import SearchRequest
from tests.factories import NOW, passed, person
from tests.saved.conftest import Publish, content
from tests.starter_bank import index_in

pytestmark = pytest.mark.django_db
ACTIVITIES = SearchRequest(filters=(("kind", ("activity",)),))
DAY = timedelta(days=1)
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def keep(
    user: User, request: SearchRequest = ACTIVITIES, *, frequency: str = "daily", name: str = "Aktiviteter", now: datetime = NOW
) -> SavedSearch:
    return keep_search(request, name=name, frequency=frequency, by=user, now=now)


def told(user: User) -> list[str]:
    """The text of every mail about a kept search, in order."""
    return list(OutgoingMail.objects.filter(to=user, kind__startswith="saved.").order_by("pk").values_list("text", flat=True))


def sent_to(user: User) -> list[EmailMessage]:
    """The mails that have left for somebody."""
    return [message for message in django_mail.outbox if message.to == [user.email]]


def test_what_was_there_when_it_was_kept_is_not_new(sam: User) -> None:
    keep(sam)
    assert tell_of_new_hits(NOW + DAY) == 0
    assert told(sam) == []


def test_a_new_resource_is_told_once(sam: User, publish: Publish) -> None:
    saved = keep(sam)
    publish("stol", "Stolen")
    assert tell_of_new_hits(NOW + DAY) == 1
    assert tell_of_new_hits(NOW + DAY) == 0
    assert tell_of_new_hits(NOW + 2 * DAY) == 0
    [text] = told(sam)
    assert OutgoingMail.objects.get(kind=f"saved.{saved.pk}").subject == "1 ny ressurs i søket «Aktiviteter»"
    for words in ("Stolen", "http://127.0.0.1:8000/nb/ressurs/stol/", "http://127.0.0.1:8000/nb/sok/?kind=activity&sort=newest"):
        assert words in text
    assert "Bordet" not in text


def test_what_does_not_fit_is_not_told(sam: User, publish: Publish) -> None:
    keep(sam)
    publish("stol", "Stolen", kind="case")
    assert tell_of_new_hits(NOW + DAY) == 0


def test_a_resource_that_fits_only_from_now_on_is_new(sam: User, alice: User, rita: User, publish: Publish) -> None:
    keep(sam, SearchRequest(filters=(("kind", ("case",)),)))
    bord = Resource.objects.get(slug="bord")
    draft = revise(bord, by=alice, now=NOW)
    saved = save(draft, by=alice, content=content("Bordet", "case"), seen=draft.version, now=NOW)
    passed(submit(saved, by=alice, now=NOW, seen=saved.version), by=rita)
    catch_up_soon(catalogue.CATALOGUE)
    assert tell_of_new_hits(NOW + DAY) == 1
    assert "Bordet" in told(sam)[0]


def test_what_was_taken_down_before_the_round_is_not_told(sam: User, carl: User, publish: Publish) -> None:
    keep(sam)
    gone, stays = publish("stol", "Stolen"), publish("pute", "Puten")
    saved_searches.note_hits(StoredQuery.objects.get(), [str(gone.resource.public_id), str(stays.resource.public_id)], now=NOW + DAY / 2)
    retire(gone, by=carl, now=NOW + DAY / 2, seen=gone.version, reason="Feil.")
    assert tell_of_new_hits(NOW + DAY) == 1
    assert "Puten" in told(sam)[0]
    assert "Stolen" not in told(sam)[0]
    assert OutgoingMail.objects.get(to=sam).subject.startswith("1 ny ressurs")


def test_one_query_of_many_people_is_kept_and_run_once(sam: User, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [sam, person("Tove"), person("Otto")]
    for user, text in zip(people, ("stolen", "STOLEN", "Stolen"), strict=True):
        keep(user, SearchRequest(text=text, filters=(("kind", ("case", "activity") if text == "STOLEN" else ("activity", "case")),)))
    assert StoredQuery.objects.count() == 1
    publish("stol", "Stolen")
    runs: list[str] = []
    real = saved_searches.hits_of

    def counting(query: str) -> list[str] | None:
        runs.append(query)
        return real(query)

    monkeypatch.setattr(saved_searches, "hits_of", counting)
    assert tell_of_new_hits(NOW + DAY) == 3
    assert len(runs) == 1
    assert all("Stolen" in told(user)[0] for user in people)


def test_each_is_told_in_their_own_time_of_all_since(sam: User, publish: Publish) -> None:
    weekly = person("Tove")
    keep(sam, now=SUNDAY)
    keep(weekly, frequency="weekly", now=SUNDAY)
    never = person("Otto")
    keep(never, frequency="never", now=SUNDAY)
    publish("stol", "Stolen")
    assert tell_of_new_hits(SUNDAY + timedelta(hours=1)) == 0
    assert tell_of_new_hits(SUNDAY + DAY) == 2  # the next morning is a Monday's
    publish("pute", "Puten")
    assert tell_of_new_hits(SUNDAY + 2 * DAY) == 1
    publish("krakk", "Krakken")
    assert tell_of_new_hits(SUNDAY + 8 * DAY) == 2
    assert [("Puten" in text, "Krakken" in text) for text in told(sam)] == [(False, False), (True, False), (False, True)]
    assert [("Puten" in text, "Krakken" in text) for text in told(weekly)] == [(False, False), (True, True)]
    assert told(never) == []


def test_who_keeps_it_later_is_not_told_of_what_was_there(sam: User, publish: Publish) -> None:
    keep(sam)
    publish("stol", "Stolen")
    tove = person("Tove")
    keep(tove, now=NOW + timedelta(hours=2))
    assert tell_of_new_hits(NOW + DAY) == 1
    assert (len(told(sam)), told(tove)) == (1, [])


@pytest.mark.parametrize(
    ("frequency", "now", "then"),
    [
        ("daily", datetime(2026, 11, 22, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        ("daily", datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 6, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 24, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 5, 0, tzinfo=UTC)),  # summer time begins between
        ("never", NOW, None),
    ],
)
def test_a_round_is_in_the_morning(frequency: str, now: datetime, then: datetime | None) -> None:
    assert next_round(frequency, now) == then


def test_a_search_that_is_down_waits_for_the_next_round(sam: User, publish: Publish, tmp_path: Path) -> None:
    keep(sam)
    publish("stol", "Stolen")
    with index_in(tmp_path / "none"):
        assert tell_of_new_hits(NOW + DAY) == 0
    assert tell_of_new_hits(NOW + DAY) == 1


def test_kept_while_search_is_down_it_begins_with_the_first_look(sam: User, publish: Publish, tmp_path: Path) -> None:
    with index_in(tmp_path / "none"):
        keep(sam)
    assert tell_of_new_hits(NOW + DAY) == 0
    publish("stol", "Stolen")
    assert tell_of_new_hits(NOW + 2 * DAY) == 1
    assert "Bordet" not in told(sam)[0]


def test_an_index_that_lost_everything_makes_nothing_new(sam: User, publish: Publish) -> None:
    keep(sam)
    saved_searches.note_hits(StoredQuery.objects.get(), [], now=NOW)
    assert tell_of_new_hits(NOW + DAY) == 0


def test_a_filter_that_is_gone_finds_nothing_rather_than_too_much(sam: User) -> None:
    keep(sam)
    StoredQuery.objects.update(query="kind=finnes-ikke")
    assert tell_of_new_hits(NOW + DAY) == 0
    assert SavedSearch.objects.get().next_at == next_round("daily", NOW)


def test_more_than_twenty_are_counted_and_not_listed(sam: User, monkeypatch: pytest.MonkeyPatch, publish: Publish) -> None:
    monkeypatch.setattr(saved_searches, "MOST_LISTED", 2)
    keep(sam)
    for slug in ("stol", "pute", "krakk"):
        publish(slug, f"{slug.capitalize()}en")
    tell_of_new_hits(NOW + DAY)
    [text] = told(sam)
    assert "Og 1 til." in text
    assert text.count("/ressurs/") == 2


@pytest.mark.parametrize(("language", "subject", "title"), [("nb", "1 ny ressurs i søket", "Stolen"), ("nn", "i søk", "Stolen (nn)")])
def test_the_mail_speaks_the_persons_language(language: str, subject: str, title: str, sam: User, publish: Publish) -> None:
    User.objects.filter(pk=sam.pk).update(language=language)
    keep(sam)
    publish("stol", "Stolen")
    tell_of_new_hits(NOW + DAY)
    mail = OutgoingMail.objects.get(to=sam)
    assert subject in mail.subject
    assert title in mail.text
    assert f"/{language}/ressurs/stol/" in mail.text


def test_the_mail_has_both_forms_and_a_way_to_say_no(sam: User, publish: Publish) -> None:
    keep(sam)
    publish("stol", "Stolen <b>")
    tell_of_new_hits(NOW + DAY)
    send_due(NOW + DAY)
    [message] = sent_to(sam)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/avmeld/")
    html = str(getattr(message, "alternatives")[0][0])  # noqa: B009 - the stubs know only the plain message
    assert "Stolen &lt;b&gt;" in html
    assert 'href="http://127.0.0.1:8000/nb/ressurs/stol/"' in html


def test_who_gathers_their_mails_gets_it_in_the_daily_one_and_only_while_it_is_wanted(sam: User, publish: Publish) -> None:
    User.objects.filter(pk=sam.pk).update(mail_daily=True, mail_about_own=False, mail_about_queue=False)
    saved = keep(sam)
    publish("stol", "Stolen")
    tell_of_new_hits(NOW + DAY)
    send_due(NOW + 2 * DAY)
    [message] = sent_to(sam)
    assert "Stolen" in message.body
    publish("pute", "Puten")
    tell_of_new_hits(NOW + 3 * DAY)
    change_search(saved.pk, name="x", frequency="never", by=User.objects.get(pk=sam.pk), now=NOW + 3 * DAY)
    send_due(NOW + 5 * DAY)
    assert len(sent_to(sam)) == 1


def test_saying_no_stops_also_what_waits_in_the_outbox(sam: User, publish: Publish) -> None:
    saved = keep(sam)
    publish("stol", "Stolen")
    tell_of_new_hits(NOW + DAY)
    remove_search(saved.pk, by=sam)
    send_due(NOW + DAY)
    assert sent_to(sam) == []


def test_beginning_to_get_mails_does_not_tell_of_the_past(sam: User, publish: Publish) -> None:
    saved = keep(sam, frequency="never")
    publish("stol", "Stolen")
    change_search(saved.pk, name="Nytt navn", frequency="daily", by=sam, now=NOW + DAY)
    assert tell_of_new_hits(NOW + 2 * DAY) == 0


def test_the_same_search_once_more_changes_the_one_there_is(sam: User) -> None:
    first = keep(sam)
    second = keep(sam, name="Andre", frequency="weekly")
    assert (first.pk, second.name, second.frequency) == (second.pk, "Andre", "weekly")
    assert SavedSearch.objects.count() == 1


def test_order_and_page_are_no_part_of_what_is_kept(sam: User) -> None:
    keep(sam, SearchRequest(text="Stol", filters=ACTIVITIES.filters, sort="title", page=3, page_size=5))
    assert StoredQuery.objects.get().query == "q=stol&kind=activity"


@pytest.mark.parametrize(("name", "frequency"), [("", "daily"), ("  ", "daily"), ("x" * 81, "daily"), ("x", "hourly"), ("x", "")])
def test_what_cannot_be_kept_is_said(name: str, frequency: str, sam: User) -> None:
    with pytest.raises(Invalid):
        keep(sam, name=name, frequency=frequency)
    saved = keep(sam)
    with pytest.raises(Invalid):
        change_search(saved.pk, name=name, frequency=frequency, by=sam, now=NOW)
    assert SavedSearch.objects.get().name == "Aktiviteter"


def test_everything_is_no_search_and_there_is_an_end_to_how_many(sam: User) -> None:
    with pytest.raises(Invalid):
        keep(sam, SearchRequest())
    for number in range(MOST_SAVED):
        keep(sam, SearchRequest(text=f"ord{number}"), frequency="never")
    with pytest.raises(Invalid):
        keep(sam, SearchRequest(text="enda ett"))
    assert StoredQuery.objects.count() == MOST_SAVED


def test_nobody_touches_what_another_keeps(sam: User) -> None:
    saved, tove = keep(sam), person("Tove")
    with pytest.raises(NotFound):
        change_search(saved.pk, name="x", frequency="never", by=tove, now=NOW)
    with pytest.raises(NotFound):
        remove_search(saved.pk, by=tove)
    assert SavedSearch.objects.get().name == "Aktiviteter"
    assert LoginNeeded.status == 401


def test_the_query_goes_with_the_last_who_kept_it(sam: User) -> None:
    tove = person("Tove")
    mine, theirs = keep(sam), keep(tove)
    remove_search(mine.pk, by=sam)
    assert StoredQuery.objects.count() == 1
    remove_search(theirs.pk, by=tove)
    assert (StoredQuery.objects.count(), StoredHit.objects.count()) == (0, 0)


def test_an_erased_person_leaves_no_search_behind(sam: User) -> None:
    keep(sam, SearchRequest(text="noe eget"))
    assert [row["stored_query"] for row in own_data(sam)["saved_searches"]] == ["q=noe+eget"]
    erase(sam, by=sam, now=NOW)
    assert not SavedSearch.objects.exists()
    assert not StoredQuery.objects.exists()


def test_the_worker_does_it() -> None:
    assert tell_of_new_hits in [job.do for job in JOBS]


def test_a_trial_users_mail_waits_where_no_mail_leaves(sam: User, publish: Publish) -> None:
    with override_settings(EMAIL_URL="smtp://mail.example.org"):
        User.objects.filter(pk=sam.pk).update(is_demo=True)
        keep(sam)
        publish("stol", "Stolen")
        assert tell_of_new_hits(NOW + DAY) == 0
