"""A reader without an account tells of a problem or a use: nothing of who they are is kept, and nothing they wrote is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from resourcebank.models import ProblemReport, Resource, User, UseReport
from resourcebank.services.forgetting import forget_expired
from resourcebank.services.publication import rename, retire
from resourcebank.web import open_forms
from tests.aftercare.conftest import mark
from tests.factories import NOW, a_draft, a_published

pytestmark = pytest.mark.django_db
MELD, BRUKT = "/nb/ressurs/stoler/meld/", "/nb/ressurs/stoler/brukt/"
TEXT = "Steg to viser til et bilde som mangler."


def report(resource: Resource, **changes: str) -> dict[str, str]:
    return {"reason": "broken", "text": TEXT, open_forms.MARK: mark("meld", resource), open_forms.BAIT: ""} | changes


def use(resource: Resource, **changes: str) -> dict[str, str]:
    said = {"setting": "nav", "group_size": "8", "minutes": "35", "tip": "Sett av tid til steg tre."}
    return said | {open_forms.MARK: mark("brukt", resource), open_forms.BAIT: ""} | changes


def refused(response: Any, status: int) -> str:
    """The text of a form that came back, with everything typed still in it."""
    assert response.status_code == status
    assert not response.cookies
    text = unescape(response.content.decode())
    assert 'role="alert"' in text
    return text


def test_a_report_is_kept_without_a_trace_of_who_sent_it(client: Client, stoler: Resource) -> None:
    response = client.post(MELD, report(stoler), headers={"x-forwarded-for": "192.0.2.77"})
    assert (response.status_code, response["Location"]) == (302, "/nb/ressurs/stoler/takk/meld/")
    kept = ProblemReport.objects.get()
    assert (kept.resource, kept.reason, kept.text, kept.handled_at) == (stoler, "broken", TEXT, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM bank_cache")
        assert not [row for row in cursor.fetchall() if "192.0.2" in "".join(row)]
    thanks = client.get(response["Location"]).content.decode()
    assert "Redaksjonen leser alle meldinger" in thanks


@pytest.mark.parametrize("path", [MELD, BRUKT, "/nb/ressurs/stoler/historikk/", "/nb/slik-kvalitetssikrer-vi/", "/nb/ressurs/stoler/"])
def test_no_page_sets_a_cookie_or_asks_for_a_session(path: str, client: Client, stoler: Resource) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_sending_sets_no_cookie_either(client: Client, stoler: Resource) -> None:
    for path, sent in ((MELD, report(stoler)), (BRUKT, use(stoler)), (MELD, {})):
        response = client.post(path, sent)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_a_form_sent_at_once_comes_back_and_can_be_sent_again(client: Client, stoler: Resource) -> None:
    page = client.get(MELD).content.decode()
    [shown] = re.findall(rf'name="{open_forms.MARK}" value="([^"]+)"', page)
    text = refused(client.post(MELD, report(stoler, **{open_forms.MARK: shown})), 400)
    assert "Vent noen sekunder" in text
    assert TEXT in text
    assert ProblemReport.objects.count() == 0


def forged(resource: Resource) -> str:
    return signing.dumps(["meld", resource.pk, int(timezone.now().timestamp()) - 10, "ord"], salt="en annen")


@pytest.mark.parametrize("fault", ["missing", "garbage", "forged", "expired", "other form", "other resource", "tampered"])
def test_a_mark_that_is_not_good_keeps_the_text(fault: str, client: Client, stoler: Resource, alice: User, rita: User) -> None:
    other = a_published(author=alice, approver=rita, slug="andre").resource
    bad = {
        "missing": "",
        "garbage": "æøå:::",
        "forged": forged(stoler),
        "expired": mark("meld", stoler, age=open_forms.LONGEST + 1),
        "other form": mark("brukt", stoler),
        "other resource": mark("meld", other),
        "tampered": mark("meld", stoler)[:-1] + "_",
    }[fault]
    text = refused(client.post(MELD, report(stoler, **{open_forms.MARK: bad})), 400)
    assert "Teksten din er her fortsatt" in text
    assert TEXT in text
    assert ProblemReport.objects.count() == 0
    [fresh] = re.findall(rf'name="{open_forms.MARK}" value="([^"]+)"', text)
    assert open_forms.read_mark(fresh, "meld", stoler.pk, now=timezone.now() + timedelta(seconds=5)).kind == "meld"


def test_a_form_is_good_until_its_last_second(client: Client, stoler: Resource) -> None:
    for age in (open_forms.SHORTEST + 1, open_forms.LONGEST - 5):
        assert client.post(MELD, report(stoler, **{open_forms.MARK: mark("meld", stoler, age=age)})).status_code == 302
    assert ProblemReport.objects.count() == 2


def test_the_same_form_sent_twice_is_one_report(client: Client, stoler: Resource) -> None:
    sent = report(stoler)
    assert [client.post(MELD, sent).status_code for _ in range(3)] == [302] * 3
    assert ProblemReport.objects.count() == 1


def test_a_form_that_was_refused_can_be_mended_and_sent_with_the_same_mark(client: Client, stoler: Resource) -> None:
    sent = report(stoler, text="Ring 22 33 44 55.")
    refused(client.post(MELD, sent), 422)
    assert client.post(MELD, sent | {"text": TEXT}).status_code == 302
    assert ProblemReport.objects.get().text == TEXT


def test_who_fills_in_what_nobody_sees_is_asked_to_empty_it(client: Client, stoler: Resource) -> None:
    text = refused(client.post(MELD, report(stoler, **{open_forms.BAIT: "https://kjøp.example"})), 400)
    assert "La dette stå tomt" in text
    assert TEXT in text
    assert ProblemReport.objects.count() == 0


def test_a_flood_from_one_address_is_stopped_and_others_are_not(client: Client, stoler: Resource) -> None:
    for _ in range(open_forms.PER_HOUR):
        assert client.post(MELD, report(stoler), headers={"x-forwarded-for": "2001:db8::1"}).status_code == 302
    # The same network, another form.
    response = client.post(BRUKT, use(stoler), headers={"x-forwarded-for": "10.0.0.1, 2001:db8::2"})
    text = refused(response, 429)
    assert response["Retry-After"] == "3600"
    assert "Vent en time" in text
    assert "Sett av tid til steg tre." in text
    assert client.post(MELD, report(stoler), headers={"x-forwarded-for": "198.51.100.4"}).status_code == 302
    assert (ProblemReport.objects.count(), UseReport.objects.count()) == (open_forms.PER_HOUR + 1, 0)


def test_an_address_counts_only_from_a_trusted_proxy(client: Client, stoler: Resource) -> None:
    for number in range(open_forms.PER_HOUR):
        client.post(MELD, report(stoler), headers={"x-forwarded-for": f"192.0.2.{number}"}, REMOTE_ADDR="203.0.113.9")
    response = client.post(MELD, report(stoler), headers={"x-forwarded-for": "192.0.2.99"}, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 429


def test_what_was_counted_is_gone_after_an_hour(client: Client, stoler: Resource) -> None:
    client.post(MELD, {}, headers={"x-forwarded-for": "192.0.2.1"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM bank_cache")
        assert cursor.fetchone()[0] == 1
    assert forget_expired(now=timezone.now()) == 0
    assert forget_expired(now=timezone.now() + timedelta(hours=1, seconds=2)) == 1


@pytest.mark.parametrize(("changes", "field", "said"), [
    ({"reason": ""}, "reason", "Velg hva det gjelder"),
    ({"reason": "dårlig"}, "reason", "Velg hva det gjelder"),
    ({"text": " \n "}, "text", "Skriv kort hva som er galt"),
    ({"text": "x" * 1001}, "text", "1001 tegn"),
    ({"text": "Skriv til ola.nordmann@example.org"}, "text", "e-postadresse"),
    ({"text": "Skriv til ola.nordmann (at) example.org"}, "text", "e-postadresse"),
    ({"text": "Ring +47 22 33 44 55"}, "text", "telefonnummer"),
    ({"text": "Ring 2\u200b2334455 i morgen"}, "text", "telefonnummer"),
    ({"text": "Hun har fnr 01010750160."}, "text", "fødselsnummer"),
    ({"text": "Hun har fnr 010107 50160."}, "text", "fødselsnummer"),
])  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_field(changes: dict[str, str], field: str, said: str, client: Client, stoler: Resource) -> None:
    sent = report(stoler, **changes)
    text = refused(client.post(MELD, sent), 422)
    assert re.search(rf'<a class="ds-link" href="#{field}">[^<]*{said}', text)
    assert f'id="{field}-fault"' in text
    assert sent["text"].strip() in text
    assert ProblemReport.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["Steg 3 tar 20 min, ikke 10–15.", "Se 2025-2026 og side 1234567.", "12345678901", "10.30–12.45, rom 22 33"]
)
def test_ordinary_numbers_are_no_persons(text: str, client: Client, stoler: Resource) -> None:
    assert client.post(MELD, report(stoler, text=text)).status_code == 302


def test_hostile_text_is_only_ever_text(client: Client, stoler: Resource) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"
    shown = client.post(MELD, report(stoler, text=nasty, reason='"><b>')).content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert nasty in unescape(shown)
    turned = "Feil \u202eesrever\u202c i\x00 steg\u2066 to\u2069."
    assert client.post(MELD, report(stoler, text=turned)).status_code == 302
    assert ProblemReport.objects.get().text == "Feil esrever i steg to."


def test_far_too_much_is_refused_with_a_sentence(client: Client, stoler: Resource) -> None:
    response = client.post(MELD, report(stoler, text="x" * 3_000_000))
    assert response.status_code == 413
    assert "Skriv kortere" in response.content.decode()


def test_a_use_is_kept_with_what_was_really_used(client: Client, stoler: Resource) -> None:
    response = client.post(BRUKT, use(stoler))
    assert response["Location"] == "/nb/ressurs/stoler/takk/brukt/"
    kept = UseReport.objects.get()
    assert (kept.setting.slug, kept.group_size, kept.minutes, kept.tip) == ("nav", 8, 35, "Sett av tid til steg tre.")
    assert (kept.revision, len(kept.steps_hash)) == (stoler.published, 64)
    assert client.post(BRUKT, use(stoler, group_size="", minutes="", tip="")).status_code == 302


@pytest.mark.parametrize(("changes", "field"), [
    ({"setting": ""}, "setting"),
    ({"setting": "", "minutes": "mange", "tip": "Ring 912 34 567."}, "tip"),
    ({"setting": "undervann"}, "setting"),
    ({"group_size": "mange"}, "group_size"),
    ({"group_size": "0"}, "group_size"),
    ({"minutes": "-5"}, "minutes"),
    ({"minutes": "99999999999999999999"}, "minutes"),
    ({"tip": "x" * 301}, "tip"),
    ({"tip": "Kari kan nås på 912 34 567."}, "tip"),
])  # fmt: skip
def test_a_use_that_cannot_be_kept_comes_back_whole(changes: dict[str, str], field: str, client: Client, stoler: Resource) -> None:
    sent = use(stoler, **changes)
    text = refused(client.post(BRUKT, sent), 422)
    assert f'href="#{field}"' in text
    assert sent["tip"] in text
    assert (f'value="{sent["setting"]}" checked' in text) == (sent["setting"] == "nav")
    assert UseReport.objects.count() == 0


def test_a_form_follows_a_resource_that_moved_and_stops_at_one_that_is_gone(client: Client, stoler: Resource, carl: User) -> None:
    sent = report(stoler)
    rename(stoler, by=carl, now=NOW, slug="nye-stoler")
    response = client.post(MELD, sent)
    assert (response.status_code, response["Location"]) == (308, "/nb/ressurs/nye-stoler/meld/")
    assert client.post(response["Location"], sent).status_code == 302
    assert client.get(MELD).status_code == 301
    public = Resource.objects.get(pk=stoler.pk).published
    assert public
    retire(public, by=carl, now=NOW, seen=public.version, reason="Foreldet.")
    assert [client.get(f"/nb/ressurs/nye-stoler/{page}/").status_code for page in ("meld", "brukt", "historikk", "takk/meld")] == [410] * 4
    assert client.post("/nb/ressurs/nye-stoler/meld/", report(stoler)).status_code == 410
    assert ProblemReport.objects.count() == 1


def test_nobody_learns_of_a_draft(client: Client, alice: User) -> None:
    draft = a_draft(by=alice, slug="hemmelig")
    for page in ("meld", "brukt", "historikk", "takk/meld", "takk/tull"):
        assert client.get(f"/nb/ressurs/hemmelig/{page}/").status_code == 404
    assert client.post("/nb/ressurs/hemmelig/meld/", report(draft.resource)).status_code == 404
    assert client.get("/nb/ressurs/finnes-ikke/meld/").status_code == 404


def test_a_form_costs_few_statements(client: Client, stoler: Resource, django_assert_max_num_queries: Any) -> None:
    cache.clear()
    with override("nb"):
        for path in (MELD, BRUKT):
            with django_assert_max_num_queries(6):
                client.get(path)
