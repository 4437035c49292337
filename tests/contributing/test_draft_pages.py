"""Writing a draft on its four pages: nothing typed is lost, whatever happens to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resourcebank.content import content_of
from resourcebank.models import Contribution, Revision, User
from resourcebank.services.drafts import revise, save
from resourcebank.web.contributing_form import Page
from resourcebank.workflow import RoleName, Status
from tests.contributing.conftest import address, at_desk, fresh, sent
from tests.factories import NOW, a_draft, a_published, handed_in, next_version, passed, person, whole_content, whole_form

ONE_LANGUAGE = whole_content(forms=(whole_form("nb"),))
JSON = {"Accept": "application/json"}


def text(response: Any) -> str:
    """The page, which must be a whole one."""
    page: str = response.content.decode()
    assert page.rstrip().endswith("</html>")
    return page


def start(client: Client, **more: str) -> Revision:
    """A draft begun on the start page."""
    response = client.post("/nb/bidra/", {"key": "en", "way": "own", "language": "nb"} | more)
    assert response.status_code == 302, response.content.decode()
    return Revision.objects.get(pk=int(re.findall(r"/bidra/(\d+)/", response["Location"])[0]))


def test_an_own_text_begins_with_the_usual_answers(desk: Client, alice: User) -> None:
    content = content_of(start(desk))
    assert (content.origin, content.licence, content.attribution) == ("own", "CC-BY-4.0", "Alice")
    assert (content.slugs("format"), content.slugs("use")) == (("one-to-one",), ("with-participant",))
    assert [form.code for form in content.forms] == ["nb"]


def test_an_empty_cell_of_the_map_fills_in_what_it_lacks(desk: Client) -> None:
    page = text(desk.get("/nb/bidra/?word_pair=valg-og-tilfeldigheter&kind=film&norwegian_level=A2&theme=tull&utm_source=x"))
    assert "Valg og tilfeldigheter" in page
    draft = start(desk, word_pair="valg-og-tilfeldigheter", kind="film", norwegian_level="A2", language="so", theme="tull")
    content = content_of(draft)
    assert (content.kind, content.norwegian_level, content.forms[0].language) == ("film", "A2", "so")
    assert [(term.slug, term.role) for term in content.framework_links] == [("valg-og-tilfeldigheter", "main")]


def test_pressing_twice_begins_one_draft(desk: Client) -> None:
    assert start(desk) == start(desk)
    assert start(desk, key="to") != start(desk)


def test_a_link_begins_a_draft_also_when_the_page_cannot_be_reached(desk: Client) -> None:
    response = desk.post("/nb/bidra/", {"key": "k", "way": "linked", "address": "https://127.0.0.1/min-side"})
    assert response.status_code == 302
    content = content_of(Revision.objects.get())
    assert (content.origin, content.source_url, content.licence) == ("linked", "https://127.0.0.1/min-side", "link-only")
    assert "Vi fikk ikke hentet noe" in text(desk.get(response["Location"]))


@pytest.mark.parametrize("wrong", ["", "ikke en adresse", "javascript:alert(1)", "ftp://eksempel.no/"])
def test_an_address_that_is_none_is_said_at_its_field_and_kept(wrong: str, desk: Client) -> None:
    response = desk.post("/nb/bidra/", {"key": "k", "way": "linked", "address": wrong})
    assert response.status_code == 422
    page = text(response)
    assert f'value="{wrong}"' in page
    assert 'aria-invalid="true"' in page
    assert not Revision.objects.exists()


def test_who_has_no_role_is_told_how_to_get_one(sam: User) -> None:
    client = at_desk(sam)
    assert "rollen bidragsyter" in text(client.get("/nb/bidra/"))
    assert client.post("/nb/bidra/", {"key": "k", "way": "own"}).status_code == 403


def test_a_page_saves_what_was_typed_and_goes_on(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    response = desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fem stoler"], "do": "next"}))
    assert (response.status_code, response["Location"]) == (302, f"/nb/bidra/{draft.pk}/?steg=2")
    assert content_of(fresh(draft)).forms[0].title == "Fem stoler"


def test_pressing_twice_saves_once(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    press = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fem stoler"]})
    assert [desk.post(address(draft), press).status_code for _ in range(3)] == [302, 302, 302]
    assert fresh(draft).version == draft.version + 1
    assert desk.post(address(draft), press | {"seen": str(fresh(draft).version)}).status_code == 302
    assert fresh(draft).version == draft.version + 1, "what is saved already is not saved again"


def test_two_windows_meet_and_both_texts_are_shown(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fra det første"]}))
    response = desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fra det andre"]}))
    assert response.status_code == 409
    page = text(response)
    assert "To tekster" in page
    assert "Fra det første" in page
    assert 'value="Fra det andre"' in page
    assert content_of(fresh(draft)).forms[0].title == "Fra det første"
    seen = re.findall(r'name="seen" value="(\d+)"', page)[0]
    again = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fra det andre"], "seen": seen})
    assert desk.post(address(draft), again).status_code == 302
    assert content_of(fresh(draft)).forms[0].title == "Fra det andre"


def test_two_windows_on_different_pages_that_changed_nothing_do_not_meet(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    desk.post(address(draft, Page.PLACE), sent(draft, Page.PLACE, ONE_LANGUAGE, group_max=["30"]))
    assert desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE)).status_code == 302
    assert content_of(fresh(draft)).group == (1, 30)


def test_a_script_saves_and_is_told_when(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    press = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"goal.nb": ["Å velge."], "do": "autosave"})
    response = desk.post(address(draft), press, headers=JSON)
    assert response.status_code == 200
    assert re.fullmatch(r"Utkast lagret kl\. \d\d\.\d\d", response.json()["message"])
    assert response.json()["seen"] == draft.version + 1
    other = desk.post(address(draft), press | {"goal.nb": ["Å la være."]}, headers=JSON)
    assert other.status_code == 409
    assert "endret" in other.json()["message"]


def test_when_the_log_in_has_run_out_everything_typed_is_on_the_page(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    typed = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ['Fem "stoler"'], "care.nb": ["Linje 1\nLinje <2>"]})
    Session.objects.all().delete()
    response = desk.post(address(draft), typed)
    assert response.status_code == 401
    page = text(response)
    assert 'name="title.nb" value="Fem &quot;stoler&quot;"' in page
    assert "Linje 1\nLinje &lt;2&gt;</textarea>" in page
    assert "/konto/login/?next=%2Fnb%2Fbidra%2F" in page
    assert desk.post(address(draft), typed, headers=JSON).status_code == 401
    kept = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', page))
    desk.force_login(alice)
    assert desk.post(address(draft), typed | {name: [value.replace("&quot;", '"')] for name, value in kept.items()}).status_code == 302
    assert content_of(fresh(draft)).forms[0].title == 'Fem "stoler"'


def test_a_page_older_than_the_log_in_is_shown_again_to_be_sent(alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(alice)
    typed = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["Fem stoler"], "csrfmiddlewaretoken": "a" * 64})
    response = client.post(address(draft), typed, headers={"Origin": "http://localhost"})
    assert response.status_code == 403
    page = text(response)
    assert 'value="Fem stoler"' in page
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    assert client.post(address(draft), typed | {"csrfmiddlewaretoken": token}, headers={"Origin": "http://localhost"}).status_code == 302
    foreign = client.post(address(draft), typed, headers={"Origin": "https://ond.example"})
    assert foreign.status_code == 403
    assert "Fem stoler" not in text(foreign)


def test_what_is_typed_on_an_old_page_after_sending_in_is_shown_again(desk: Client, alice: User) -> None:
    waiting = handed_in(by=alice, content=ONE_LANGUAGE)
    response = desk.post(address(waiting), sent(waiting, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": ["For sent"]}))
    assert response.status_code == 409
    page = text(response)
    assert 'value="For sent"' in page
    assert "Trekk den tilbake først" in page
    assert desk.get(address(waiting))["Location"] == f"/nb/mine/{waiting.pk}/"
    assert desk.post(address(waiting), sent(waiting, Page.CONTENT, ONE_LANGUAGE))["Location"] == f"/nb/mine/{waiting.pk}/"


HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "turned": "\u202eevil\u202c \u200fsnu\u061c",
    "nul": "før\x00etter",
    "formula": "=cmd|' /C calc'!A0",
    "braces": "{{ view.seen }} {% now 'Y' %} ${7*7}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_as_text(name: str, desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    typed = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"title.nb": [HOSTILE[name]], "care.nb": [HOSTILE[name]]})
    assert desk.post(address(draft), typed).status_code == 302
    assert content_of(fresh(draft)).forms[0].title == HOSTILE[name].replace("\x00", "")
    for page in (*(address(draft, page) for page in Page), "/nb/mine/", f"/nb/mine/{draft.pk}/"):
        shown = text(desk.get(page))
        assert "<script>alert" not in shown
        assert "onerror=alert(1)>" not in shown


def test_a_text_of_twenty_megabytes_is_refused_with_a_sentence_and_the_rest_is_kept(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    typed = sent(draft, Page.CONTENT, ONE_LANGUAGE, **{"care.nb": ["a" * 20_000_000], "title.nb": ["Fem stoler"]})
    response = desk.post(address(draft), typed)
    assert response.status_code == 422
    page = text(response)
    assert 'href="#care.nb"' in page
    assert "for lang: høyst 50000 tegn" in page.replace("\xa0", "").replace("50 000", "50000")
    assert 'value="Fem stoler"' in page
    assert len(page) < 500_000
    assert content_of(fresh(draft)) == content_of(draft)


@pytest.mark.parametrize("page", Page)
def test_nonsense_breaks_no_page(page: Page, desk: Client, alice: User) -> None:
    draft = a_draft(by=alice)
    wrong = {
        name: ["\x00", "9" * 40, "-1"] for name in ("form", "step.nb.1", "minutes.1", "minutes_min", "term.1", "picture", "kind", "use")
    }
    for do in ("save", "remove-step:x", "remove-form:zz", "add-form", "up-step:99", "remove-picture:7", "go:9", "rebase", "send", "\x00"):
        assert desk.post(address(draft, page), wrong | {"do": do}).status_code in (302, 409, 422), do
    assert desk.get(f"/nb/bidra/{draft.pk}/?steg=x&rader=999999&koblinger=-1&hentet=a,,b&form=<b>").status_code == 200


def test_steps_and_links_are_added_and_taken_away_without_a_script(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    response = desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE, do="add-step"))
    assert text(desk.get(response["Location"])).count('name="step.nb.') == 4
    desk.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE, do="remove-step:2"))
    assert content_of(fresh(draft)).step_minutes == (3, 6)
    response = desk.post(address(draft, Page.PLACE), sent(fresh(draft), Page.PLACE, content_of(fresh(draft)), do="add-link"))
    assert text(desk.get(response["Location"])).count('name="term.') == 2


def test_a_language_form_stands_beside_the_first(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    press = sent(draft, Page.CONTENT, ONE_LANGUAGE, do="add-form", new_language="nn", new_level="")
    response = desk.post(address(draft), press)
    assert response["Location"].endswith("#form.nn")
    page = text(desk.get(response["Location"]))
    assert 'data-count="2"' in page
    assert 'id="title.nn"' in page
    assert page.count('name="minutes.1"') == 1
    desk.post(address(draft), sent(fresh(draft), Page.CONTENT, content_of(fresh(draft)), do="remove-form:nn"))
    assert [form.code for form in content_of(fresh(draft)).forms] == ["nb"]


def test_findings_stand_at_their_fields_once_something_is_there(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=whole_content(forms=(whole_form("nb", questions=("Hva?",), care=""),)))
    page = text(desk.get(address(draft)))
    assert "Skriv tre til seks" in page
    assert "«Pass på» kan ikke være tom" not in page
    assert "«Pass på» kan ikke være tom" in text(desk.get(address(draft) + "&vis=1"))


def test_sending_in_stops_only_at_what_blocks_and_then_gives_a_receipt(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=whole_content(forms=(whole_form("nb", care=""),)))
    response = desk.post(address(draft, Page.SEND), {"do": "send", "seen": draft.version})
    assert response.status_code == 422
    assert f'href="/nb/bidra/{draft.pk}/?steg=1&amp;vis=1#care.nb"' in text(response)
    saved = save(draft, by=alice, content=ONE_LANGUAGE, seen=draft.version, now=NOW)
    response = desk.post(address(draft, Page.SEND), {"do": "send", "seen": saved.version})
    assert response["Location"] == f"/nb/mine/{draft.pk}/"
    receipt = text(desk.get(response["Location"]))
    assert f"Saksnummeret er {draft.pk}." in receipt
    assert "innen 2 uker" in receipt
    again = desk.post(address(draft, Page.SEND), {"do": "send", "seen": saved.version})
    assert again["Location"] == response["Location"]
    assert fresh(draft).status == Status.IN_REVIEW
    assert fresh(draft).resource.slug == "fire-stoler-nb"


def test_what_is_granted_and_the_terms_stand_beside_the_button_that_sends(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    page = text(desk.get(address(draft, Page.SEND)))
    button = page.index('value="send"')
    assert "kan alle bruke den slik lisensen sier" in page[button - 900 : button]
    assert 'href="/nb/vilkar/"' in page[button - 900 : button]
    assert "lisensen sier" not in text(desk.get(address(draft)))


def test_what_is_sent_in_is_what_was_seen(desk: Client, alice: User) -> None:
    draft = a_draft(by=alice, content=ONE_LANGUAGE)
    save(draft, by=alice, content=whole_content(forms=(whole_form("nb", title="Et annet vindu"),)), seen=draft.version, now=NOW)
    response = desk.post(address(draft, Page.SEND), {"do": "send", "seen": draft.version})
    assert response.status_code == 409
    assert "Et annet vindu" in text(response)
    assert fresh(draft).status == Status.DRAFT
    assert desk.post(address(draft, Page.FILES), {"do": "send", "seen": draft.version + 1}).status_code == 302
    assert fresh(draft).status == Status.DRAFT, "only the page that shows all of it sends it in"


def test_the_address_follows_the_title_until_it_is_public(desk: Client, alice: User, carl: User) -> None:
    draft = start(desk)
    assert draft.resource.slug == "ressurs"
    saved = save(draft, by=alice, content=ONE_LANGUAGE, seen=draft.version, now=NOW)
    desk.post(address(draft, Page.SEND), {"do": "send", "seen": saved.version})
    assert fresh(draft).resource.slug == "fire-stoler-nb"
    passed(fresh(draft), by=carl)
    second = next_version(fresh(draft), author=alice)
    assert second.resource.slug == "fire-stoler-nb"


def test_nobody_else_reads_or_writes_a_draft(alice: User, rita: User, carl: User, adam: User, sam: User) -> None:
    draft = a_draft(by=alice)
    for other in (rita, carl, adam, sam):
        client = at_desk(other)
        for path in (*(address(draft, page) for page in Page), f"/nb/mine/{draft.pk}/", f"/nb/bidra/{draft.pk}/bilde/1/"):
            answer = client.get(path)
            assert answer.status_code == 404 or (answer.status_code == 302 and "/konto/" in answer["Location"])
        assert client.post(address(draft), sent(draft, Page.CONTENT, ONE_LANGUAGE)).status_code in (302, 404)
    assert content_of(fresh(draft)) == content_of(draft)
    visitor = Client(SERVER_NAME="localhost")
    assert visitor.get(address(draft)).status_code == 302
    assert visitor.get("/nb/mine/").status_code == 302


def test_an_edit_suggested_to_anothers_resource_keeps_their_credit(alice: User, carl: User, rita: User) -> None:
    published = a_published(author=alice, approver=carl)
    bo = person("Bo", RoleName.CONTRIBUTOR)
    client = at_desk(bo)
    path = f"/nb/bidra/?ressurs={published.resource.slug}"
    assert "Foreslå endring" in text(client.get(path))
    first, second = (client.post(path)["Location"] for _ in range(2))
    assert first == second
    draft = Revision.objects.get(author=bo)
    assert (draft.based_on, content_of(draft)) == (published, content_of(published))
    parts = Contribution.objects.filter(revision=draft).values_list("user__name", "part")
    assert set(parts) == {("Alice", "author"), ("Bo", "suggested")}
    assert revise(published.resource, by=alice, now=NOW).pk != draft.pk


def test_a_language_form_is_added_to_anothers_resource(alice: User, carl: User) -> None:
    published = a_published(author=alice, approver=carl)
    bo = person("Bo", RoleName.CONTRIBUTOR)
    client = at_desk(bo)
    path = f"/nb/bidra/?ressurs={published.resource.slug}&hva=sprak"
    assert "Bokmål, Nynorsk" in text(client.get(path))
    response = client.post(path, {"new_language": "ar", "new_level": ""})
    assert response["Location"].endswith("#form.ar")
    draft = Revision.objects.get(author=bo)
    form = content_of(draft).form("ar")
    assert form is not None
    assert (form.made_from, form.translated_by) == ("nb", "Bo")
    assert set(Contribution.objects.values_list("user__name", "part", "form")) == {("Alice", "author", ""), ("Bo", "translator", "ar")}
    page = text(client.get(response["Location"]))
    assert '<textarea class="ds-input" id="summary.ar" name="summary.ar" rows="3" lang="ar" dir="rtl"' in page
    assert client.get("/nb/bidra/?ressurs=finnes-ikke").status_code == 404


def test_a_draft_on_an_old_edition_shows_both_and_is_moved_onto_the_new(desk: Client, alice: User, carl: User) -> None:
    kari = person("Kari", RoleName.CURATOR)
    published = a_published(author=carl, approver=kari)
    mine = revise(published.resource, by=alice, now=NOW)
    passed(next_version(published, author=carl), by=kari)
    page = text(desk.get(address(mine, Page.SEND)))
    assert "En nyere utgave er publisert" in page
    assert "Fem stoler" in page
    response = desk.post(address(mine, Page.SEND), {"do": "rebase", "seen": mine.version})
    assert response.status_code == 302
    assert fresh(mine).based_on_id == fresh(mine).resource.published_id
    assert "En nyere utgave er publisert" not in text(desk.get(address(mine, Page.SEND)))


def test_a_near_duplicate_is_warned_of_and_does_not_stop(desk: Client, alice: User, carl: User) -> None:
    a_published(author=carl, approver=person("Kari", RoleName.CURATOR), content=ONE_LANGUAGE, slug="fire-stoler")
    draft = a_draft(by=alice, content=whole_content(forms=(whole_form("nb", title="Fire stolar (nb)"),)))
    page = text(desk.get(address(draft, Page.SEND)))
    assert "Finnes den kanskje fra før?" in page
    assert 'href="/nb/ressurs/fire-stoler/"' in page
    assert desk.post(address(draft, Page.SEND), {"do": "send", "seen": draft.version})["Location"] == f"/nb/mine/{draft.pk}/"


@pytest.mark.parametrize(
    "path", ["bidra/", "bidra/{}/?steg=1", "bidra/{}/?steg=2", "bidra/{}/?steg=3", "bidra/{}/?steg=4", "mine/", "mine/{}/"]
)
def test_a_page_asks_the_database_at_most_eight_times(path: str, desk: Client, alice: User) -> None:
    for number in range(4):
        a_draft(by=alice, slug=f"nummer-{number}")
    draft = a_draft(by=alice)
    desk.get(f"/nb/{path.format(draft.pk)}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert desk.get(f"/nb/{path.format(draft.pk)}").status_code == 200
    assert len(asked) <= 8, [query["sql"][:120] for query in asked]


def test_the_start_page_sets_no_cookie_for_a_reader() -> None:
    client = Client(SERVER_NAME="localhost")
    for path in ("/nb/bidra/", "/nn/bidra/?kind=film"):
        response = client.get(path)
        assert not response.cookies
        assert "/konto/login/?next=" in text(response)
