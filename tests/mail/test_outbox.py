"""From the outbox to the mail server and back again when it fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from pytest_django import Settings

from resourcebank.errors import NotAllowed, NotFound
from resourcebank.models import OutgoingMail, User
from resourcebank.selectors.mails import MAX_ATTEMPTS, failures_for
from resourcebank.services import outbox
from resourcebank.services.letters import LONGEST_QUOTE, Letter, Quote
from resourcebank.services.outbox import IN_FLIGHT, KEPT, LONGEST_WAIT, MailServerDown, forget_sent, send_due, try_again, write
from tests.factories import NOW, person
from tests.mail.post_office import PostOffice

pytestmark = pytest.mark.django_db
OLD = "«Fire stoler» er publisert"


class Killed(BaseException):
    """The process is gone."""


class DyingBackend(EmailBackend):
    """Delivers, and dies before anybody hears of it."""

    def send_messages(self, messages: object) -> int:
        super().send_messages(messages)  # type: ignore[arg-type]
        raise Killed


class DownBackend(EmailBackend):
    """Nobody answers."""

    def open(self) -> None:
        raise ConnectionRefusedError("nobody answers")


class RefusingBackend(EmailBackend):
    """Refuses one person's mails."""

    def send_messages(self, messages: object) -> int:
        for message in messages:  # type: ignore[attr-defined]
            if "alice@example.org" in message.to:
                raise OSError("550 full")
        return super().send_messages(messages)  # type: ignore[arg-type]


def a_letter(subject: str = OLD, **rest: object) -> Letter:
    return Letter(subject, ("Alle kan finne den nå.",), **rest)  # type: ignore[arg-type]


def put(to: User, *, kind: str = "own.publish", now: datetime = NOW, subject: str = OLD, **rest: object) -> OutgoingMail:
    """A mail in the outbox."""
    mail = write(to, kind=kind, letter=lambda: a_letter(subject, **rest), now=now)
    assert mail
    return mail


def sent() -> list[django_mail.EmailMessage]:
    return list(getattr(django_mail, "outbox", []))


def backend(name: str) -> str:
    return f"{__name__}.{name}"


def test_a_mail_leaves_once_with_text_and_html(alice: User, office: PostOffice) -> None:
    mail = put(alice, quotes=(Quote("Melding til deg", "Første linje.\n<b>Andre</b> & siste."),), link="http://x.no/a/", link_text="Se")
    assert send_due(NOW) == 1
    assert send_due(NOW + timedelta(days=1)) == 0
    (got,) = office.mails
    assert (got["Subject"], got["To"], got["Message-ID"]) == (OLD, "alice@example.org", mail.message_id)
    assert got["From"].addresses[0].display_name == "Øvingsbanken"
    assert got["Auto-Submitted"] == "auto-generated"
    text, html = (part.get_content() for part in got.iter_parts())
    assert "Hei, Alice!" in text
    assert "> Første linje.\n> <b>Andre</b> & siste." in text.replace("\r\n", "\n")
    assert "Se:\nhttp://x.no/a/" in text.replace("\r\n", "\n")
    assert "Første linje.<br>&lt;b&gt;Andre&lt;/b&gt; &amp; siste." in html
    assert '<html lang="nb">' in html
    assert "<table" not in html
    assert OutgoingMail.objects.get().sent_at == NOW


def test_a_mail_that_is_rolled_back_was_never_written(alice: User) -> None:
    def half_done() -> None:
        with transaction.atomic():
            put(alice)
            raise Killed

    with pytest.raises(Killed):
        half_done()
    assert OutgoingMail.objects.count() == send_due(NOW) == 0


def test_a_crash_between_sending_and_marking_gives_one_repeat_under_the_same_id(alice: User, settings: Settings) -> None:
    mail = put(alice)
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, backend("DyingBackend")
    with pytest.raises(Killed):
        send_due(NOW)
    settings.EMAIL_BACKEND = usual
    assert send_due(NOW + timedelta(minutes=1)) == 0, "the attempt may still be under way"
    assert send_due(NOW + IN_FLIGHT) == 1
    assert send_due(NOW + timedelta(days=3)) == 0
    assert [each.extra_headers["Message-ID"] for each in sent()] == [mail.message_id] * 2


def test_two_workers_do_not_send_the_same_mail(alice: User) -> None:
    mail = put(alice)
    assert outbox._claim(mail.pk, attempts=0, now=NOW)
    assert not outbox._claim(mail.pk, attempts=0, now=NOW)
    assert send_due(NOW) == 0


def test_a_refused_mail_waits_longer_each_time_and_is_kept_with_its_error(alice: User, rita: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = backend("RefusingBackend")
    mail, other = put(alice), put(rita)
    assert send_due(NOW) == 1, "the other mail is not held up"
    now, pauses = NOW, []
    while (mail := OutgoingMail.objects.get(pk=mail.pk)).attempts < MAX_ATTEMPTS:
        pauses.append(mail.due_at - now)
        assert send_due(mail.due_at - timedelta(seconds=1)) == 0
        now = mail.due_at
        assert send_due(now) == 0
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 16)]
    assert max(pauses) == LONGEST_WAIT
    assert timedelta(days=1.5) < now - NOW < timedelta(days=3)
    assert (mail.sent_at, mail.error) == (None, "OSError: 550 full")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now + timedelta(days=9)) == 0, "given up"
    assert OutgoingMail.objects.get(pk=other.pk).sent_at == NOW


def test_a_real_server_that_refuses_one_person_takes_the_others(alice: User, rita: User, office: PostOffice) -> None:
    office.refused = {"alice@"}
    put(alice)
    put(rita)
    assert send_due(NOW) == 1
    assert "nobody of that name" in OutgoingMail.objects.get(to=alice).error


def test_a_server_that_is_down_costs_one_attempt_a_round_and_no_mail(alice: User, rita: User, settings: Settings) -> None:
    mails = [put(alice), put(rita), put(alice, subject="To")]
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, backend("DownBackend")
    with pytest.raises(MailServerDown):
        send_due(NOW)
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    settings.EMAIL_BACKEND = usual
    assert send_due(NOW + timedelta(hours=1)) == len(mails) == len(sent())
    assert not OutgoingMail.objects.exclude(error="").exists()


def test_an_administrator_sees_that_a_mail_failed_but_not_what_it_says_and_gives_it_another_try(
    alice: User, adam: User, settings: Settings
) -> None:
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, backend("RefusingBackend")
    mail = put(alice)
    assert failures_for(adam) == ([], 0)
    send_due(NOW)
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=MAX_ATTEMPTS)
    (shown,), total = failures_for(adam)
    assert (total, shown.address, shown.kind, shown.error, shown.next_at) == (1, alice.email, "own.publish", "OSError: 550 full", None)
    assert "stoler" not in repr(shown)
    for stranger in (alice, person("Karl")):
        with pytest.raises(NotAllowed):
            failures_for(stranger)
        with pytest.raises(NotAllowed):
            try_again(mail.pk, by=stranger, now=NOW)
    settings.EMAIL_BACKEND = usual
    later = NOW + timedelta(days=5)
    try_again(mail.pk, by=adam, now=later)
    assert send_due(later) == 1
    with pytest.raises(NotFound):
        try_again(mail.pk, by=adam, now=later)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),  # the clocks went back that night
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), datetime(2027, 3, 28, 5, 0, tzinfo=UTC)),
    ],
)
def test_daily_mails_leave_at_seven_in_oslo(now: datetime, due: datetime) -> None:
    assert outbox.next_daily(now) == due


def test_a_daily_mail_gathers_all_that_waits_and_leaves_once(alice: User, rita: User, settings: Settings) -> None:
    User.objects.filter(pk=alice.pk).update(mail_daily=True, language="en")
    alice.refresh_from_db()
    put(alice, quotes=(Quote("Melding", "Kort ned."),))
    put(alice, subject="En til")
    put(rita)
    assert send_due(NOW) == 1, "only Rita's leaves at once"
    seven = outbox.next_daily(NOW)
    assert send_due(seven - timedelta(seconds=1)) == 0
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, backend("DyingBackend")
    with pytest.raises(Killed):
        send_due(seven)
    settings.EMAIL_BACKEND = usual
    assert send_due(seven + IN_FLIGHT) == 1
    first, again = sent()[1:]
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    body = str(first.body)
    assert body.index(OLD) < body.index("> Kort ned.") < body.index("En til")
    assert body.count("Alice!") == body.count("avmeld") == 1
    html = str(first.alternatives[0][0])  # type: ignore[attr-defined]
    assert '<blockquote dir="auto">Kort ned.</blockquote>' in html
    assert html.count("<html") == 1
    assert send_due(seven + timedelta(days=1)) == 0


def test_another_worker_that_gathers_at_the_same_time_makes_no_second_mail(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(mail_daily=True)
    alice.refresh_from_db()
    put(alice)
    parts = list(OutgoingMail.objects.select_related("to"))
    assert outbox._gather(parts, now=NOW)
    assert not outbox._gather(parts, now=NOW)
    assert OutgoingMail.objects.filter(kind="daily").count() == 1


@pytest.mark.parametrize("gone", [{"is_active": False}, {"erased_at": NOW}, {"is_system": True}, {"mail_about_own": False}])
def test_who_is_gone_or_wants_no_mail_gets_none_also_when_it_was_written_before(gone: dict[str, object], alice: User, rita: User) -> None:
    User.objects.filter(pk=rita.pk).update(mail_daily=True)
    rita.refresh_from_db()
    for somebody in (alice, rita):
        put(somebody)
        User.objects.filter(pk=somebody.pk).update(**gone)
        somebody.refresh_from_db()
        assert write(somebody, kind="own.publish", letter=a_letter, now=NOW) is None
    assert send_due(outbox.next_daily(NOW)) == 0
    assert sent() == []


def test_demo_users_get_mail_only_where_none_leaves_the_machine(alice: User, settings: Settings) -> None:
    User.objects.filter(pk=alice.pk).update(is_demo=True)
    alice.refresh_from_db()
    for demo, url, wanted in [(True, "", True), (True, "smtp://x", False), (False, "", False)]:
        settings.DEMO, settings.EMAIL_URL = demo, url
        assert bool(write(alice, kind="own.publish", letter=a_letter, now=NOW)) is wanted


HOSTILE = [
    "Stol\r\nBcc: mallory@example.org",
    "Stol\nSubject: noe annet\n\n<script>alert(1)</script>",
    "Stol\x00\x0b\x1b[31m",
    "Stol\u2028Bcc: mallory@example.org\u2029",
    "\u202egnp.exe\u202c stol \u2066x\u2069",
    "Stol\x85Bcc: mallory@example.org",
    "x" * 5000,
    "=?utf-8?q?=0D=0ABcc:_mallory=40example.org?=",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_title_or_name_adds_a_header_or_turns_the_text(text: str, alice: User, office: PostOffice) -> None:
    User.objects.filter(pk=alice.pk).update(name=text[:120].replace("\x00", ""))
    alice.refresh_from_db()
    put(alice, subject=text, quotes=(Quote("Melding", text),))
    assert send_due(NOW) == 1
    (got,) = office.mails
    assert sorted(key.lower() for key in got) == [
        "auto-submitted", "content-type", "date", "from", "list-unsubscribe", "list-unsubscribe-post",
        "message-id", "mime-version", "subject", "to",
    ]  # fmt: skip
    assert len(got["Subject"].strip()) <= 200
    bodies = [part.get_content() for part in got.iter_parts()]
    for whole in (str(got["Subject"]), *bodies):
        assert not set(whole) & set("\x00\x0b\x1b\x85\u2028\u2029\u202e\u202c\u2066\u2069")
    assert "<script>" not in bodies[1]


def test_an_address_that_cannot_stand_in_a_header_is_a_failure_and_no_crash(alice: User, rita: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@example.org\nBcc: mallory@example.org")
    alice.refresh_from_db()
    put(alice)
    put(rita)
    assert send_due(NOW) == 1
    assert OutgoingMail.objects.get(to=alice).error.startswith("BadHeaderError")


def test_a_very_long_message_is_cut_and_the_rest_stands_on_the_page(alice: User) -> None:
    mail = put(alice, quotes=(Quote("Melding", "a" * 20_000_000),))
    assert len(mail.text) < LONGEST_QUOTE + 2000
    assert "… (resten står på siden)" in mail.text


def test_what_was_sent_is_forgotten_after_a_while_and_what_was_not_is_kept(alice: User) -> None:
    put(alice)
    send_due(NOW)
    waiting = put(alice)
    assert forget_sent(NOW + KEPT) == 0
    assert forget_sent(NOW + KEPT + timedelta(seconds=1)) == 1
    assert OutgoingMail.objects.get() == waiting


def test_a_mail_to_an_address_that_is_not_the_persons_now_goes_there_and_fails_there(
    alice: User, adam: User, office: PostOffice, settings: Settings
) -> None:
    written = write(alice, kind="account.email_changed", letter=a_letter, now=NOW, address="ny@example.org")
    assert written
    assert send_due(NOW) == 1
    assert [got["To"] for got in office.mails] == ["ny@example.org"]
    same = write(alice, kind="account.email_changed", letter=a_letter, now=NOW, address="ALICE@example.org")
    assert same
    assert same.address == "", "it follows the person when it is theirs"
    settings.EMAIL_BACKEND = backend("DownBackend")
    write(alice, kind="account.email_changed", letter=a_letter, now=NOW - timedelta(hours=1), address="ny@example.org")
    with pytest.raises(MailServerDown):
        send_due(NOW)
    assert [failed.address for failed in failures_for(adam)[0]] == ["ny@example.org"]
