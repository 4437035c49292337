"""Saying no to mails, the outbox of a trial site, and the mails that failed."""

from __future__ import annotations

import re
from email.utils import unquote as bare

import pytest
from django.core import mail as django_mail
from django.test import Client
from pytest_django import Settings

from resourcebank.models import OutgoingMail, User
from resourcebank.services.letters import Letter, Quote
from resourcebank.services.mail_choices import Choice, goodbye_link
from resourcebank.services.outbox import send_due, write
from tests.factories import NOW, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A browser that insists on form tokens, as a real one meets them."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


@pytest.fixture
def trial(settings: Settings) -> None:
    """A site for trying things, which sends no mail."""
    settings.DEMO, settings.EMAIL_URL = True, ""


def put(to: User, kind: str = "own.take", text: str = "Les <i>kanarifuglen</i>.") -> OutgoingMail:
    mail = write(to, kind=kind, letter=lambda: Letter("Én", ("To.",), (Quote("Melding", text),), "http://127.0.0.1:8000/x/", "Se"), now=NOW)
    assert mail
    return mail


def path_of(user: User, choice: Choice) -> str:
    return goodbye_link(user, choice).removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize(("kind", "own", "queue"), [("own.take", False, True), ("queue.new", True, False), ("daily", False, False)])
def test_the_address_in_the_header_says_no_in_one_press_without_logging_in(
    kind: str, own: bool, queue: bool, alice: User, client: Client
) -> None:
    if kind == "daily":
        User.objects.filter(pk=alice.pk).update(mail_daily=True)
        alice.refresh_from_db()
        OutgoingMail.objects.filter(pk=put(alice).pk).update(due_at=NOW)
    else:
        put(alice, kind)
    send_due(NOW)
    (message,) = django_mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = bare(message.extra_headers["List-Unsubscribe"])
    assert url in message.body
    path = url.removeprefix("http://127.0.0.1:8000")
    response = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, dict(response.cookies)) == (200, {})
    alice.refresh_from_db()
    assert (alice.mail_about_own, alice.mail_about_queue) == (own, queue)


def test_a_visit_only_asks_and_the_press_does_it_as_often_as_one_likes(alice: User, client: Client) -> None:
    path = path_of(alice, Choice.OWN)
    for visit in (client.get, client.head):
        response = visit(path)
        assert response.status_code == 200
        assert not response.cookies
    page = client.get(path).content.decode()
    assert "Vil du slutte å få e-post?" in page
    assert alice.email not in page
    assert User.objects.get(pk=alice.pk).mail_about_own
    for _press in range(2):
        assert "Det er slått av" in client.post(path).content.decode()
    assert not User.objects.get(pk=alice.pk).mail_about_own


def test_the_page_speaks_the_language_of_the_mail(alice: User, client: Client) -> None:
    User.objects.filter(pk=alice.pk).update(language="nn")
    assert '<html lang="nn"' in client.get(path_of(alice, Choice.OWN), headers={"Accept-Language": "en"}).content.decode()


def test_an_address_nobody_signed_says_no_to_nothing(alice: User, rita: User, client: Client) -> None:
    path = path_of(alice, Choice.OWN)
    signed = path.split("/")[-2]
    forged = [
        signed.replace(str(alice.pk), str(rita.pk), 1),
        signed.replace("own", "daily"),
        signed[:-1] + ("a" if signed[-1] != "a" else "b"),
        "x",
        "%00",
        "9" * 300,
    ]
    for text in forged:
        for visit in (client.get, client.post):
            assert visit(f"/konto/avmeld/{text}/").status_code == 404
    assert User.objects.filter(mail_about_own=True, mail_about_queue=True).count() == 2


def test_a_trial_site_shows_what_it_would_have_sent(alice: User, client: Client, trial: None) -> None:
    mail = put(alice)
    front = client.get("/nb/").content.decode()
    assert 'href="/nb/utboks/"' in front
    listed = client.get("/nb/utboks/").content.decode()
    assert f'href="/nb/utboks/{mail.pk}/"' in listed
    shown = client.get(f"/nb/utboks/{mail.pk}/").content.decode()
    assert "&gt; Les &lt;i&gt;kanarifuglen&lt;/i&gt;." in shown
    assert '<a href="http://127.0.0.1:8000/x/"' in shown
    as_page = client.get(f"/nb/utboks/{mail.pk}/html/")
    assert "Les &lt;i&gt;kanarifuglen&lt;/i&gt;." in as_page.content.decode()
    policy = as_page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert re.search(r"\bsandbox\b", policy)
    assert "script" not in policy
    assert client.get("/nb/utboks/9999/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "meta"),
    [
        ({"DEMO": False}, {}),
        ({"EMAIL_URL": "smtp://mail.example.org"}, {}),
        ({"SITE_URL": "https://bank.example.org"}, {}),
        ({}, {"REMOTE_ADDR": "10.0.0.7"}),
        ({}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}),
        ({}, {"HTTP_FORWARDED": "for=10.0.0.7"}),
    ],
)
def test_the_outbox_is_shown_nowhere_else(
    changed: dict[str, object], meta: dict[str, str], alice: User, client: Client, trial: None, settings: Settings
) -> None:
    mail = put(alice)
    for name, value in changed.items():
        setattr(settings, name, value)
    for path in ("/nb/utboks/", f"/nb/utboks/{mail.pk}/", f"/nb/utboks/{mail.pk}/html/"):
        response = client.get(path, **meta)  # type: ignore[arg-type]
        assert response.status_code == 404
        assert "kanarifuglen" not in response.content.decode()
    assert "utboks" not in client.get("/nb/", **meta).content.decode()  # type: ignore[arg-type]


def logged_in(user: User, client: Client) -> Client:
    User.objects.filter(pk=user.pk).update(is_demo=True)  # who needs no second factor on a trial site
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_an_administrator_finds_the_mails_that_failed_and_tries_one_again(adam: User, alice: User, client: Client, trial: None) -> None:
    mail = put(alice)
    path = "/nb/utboks/feil/"
    logged_in(adam, client)
    assert f'href="{path}"' in client.get("/nb/").content.decode()
    assert "Alt har kommet av gårde." in client.get(path).content.decode()
    OutgoingMail.objects.filter(pk=mail.pk).update(error="OSError: <b>full</b>", attempts=3)
    page = client.get(path).content.decode()
    assert "OSError: &lt;b&gt;full&lt;/b&gt;" in page
    assert alice.email in page
    assert "kanarifuglen" not in page
    assert client.post(f"{path}{mail.pk}/").status_code == 403, "without a form token"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    answer = client.post(f"{path}{mail.pk}/", {"csrfmiddlewaretoken": token[1]})
    assert answer.headers["Location"] == f"{path}?igjen=1"
    assert OutgoingMail.objects.get(pk=mail.pk).attempts == 0
    assert client.get(f"{path}{mail.pk}/").status_code == 405


@pytest.mark.parametrize("name", ["sam", "alice", "rita", "carl"])
def test_nobody_else_sees_them(name: str, request: pytest.FixtureRequest, trial: None) -> None:
    client = logged_in(request.getfixturevalue(name), Client(SERVER_NAME="localhost"))
    mail = put(person("Erik"))
    OutgoingMail.objects.filter(pk=mail.pk).update(error="OSError: full", attempts=3)
    for response in (client.get("/nb/utboks/feil/"), client.post(f"/nb/utboks/feil/{mail.pk}/")):
        assert response.status_code == 403
        assert "erik" not in response.content.decode()
    assert OutgoingMail.objects.get(pk=mail.pk).attempts == 3


def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    assert client.get("/nb/utboks/feil/").status_code == 302
