"""What administrators can do, and that nobody else gets in and no content is reached."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

from resourcebank.admin import site
from resourcebank.models import AccountEvent, AuditEvent, Membership, Organisation, Revision, Term, User
from resourcebank.models.audit import DEED_NAMES, STATUS_NAMES
from resourcebank.policies import roles_of
from resourcebank.services.people import give_role
from resourcebank.workflow import Action, RoleName, Status
from tests.accounts.conftest import Enter, with_factor
from tests.factories import NOW, a_published, person

pytestmark = pytest.mark.django_db
LISTS = ("accountevent", "auditevent", "organisation", "synonym", "synonymchange", "term", "user")
SCOPE = "term:word_pair:valg-og-tilfeldigheter"


@pytest.fixture
def admin(enter: Enter, adam: User) -> Client:
    """The browser of an administrator with a second factor."""
    return enter(with_factor(adam))


def rows(prefix: str, *added: dict[str, str], there: int = 0) -> dict[str, Any]:
    """The fields of an inline with some rows added."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": there + len(added), f"{prefix}-INITIAL_FORMS": there}
    for number, row in enumerate(added, start=there):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_only_these_can_be_reached() -> None:
    assert {model._meta.model_name for model in site._registry} == set(LISTS)
    content = {"Revision", "Form", "Step", "TermLink", "Attachment", "Resource", "Review", "Decision", "Answer", "Comment"}
    assert not {model for model in apps.get_models() if model.__name__ in content and site.is_registered(model)}


def test_an_administrator_with_a_second_factor_reads_every_list(admin: Client, framework: None, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl)
    assert admin.get("/admin/").status_code == 200
    for name in LISTS:
        assert admin.get(f"/admin/resourcebank/{name}/?q=a").status_code == 200, name


def test_without_a_second_factor_the_way_leads_there(enter: Enter, adam: User) -> None:
    browser = enter(adam)
    first = browser.get("/admin/")
    assert first.status_code == 302
    assert browser.get(first["Location"])["Location"].startswith("/konto/2fa/")


@pytest.mark.parametrize("role", [None, RoleName.CONTRIBUTOR, RoleName.REVIEWER, RoleName.CURATOR])
def test_nobody_else_gets_in_whatever_django_thinks_of_them(enter: Enter, role: RoleName | None) -> None:
    other = with_factor(person("Other", *([role] if role else [])))
    User.objects.filter(pk=other.pk).update(is_staff=True, is_superuser=True)
    browser = enter(other)
    for path in ("/admin/", *(f"/admin/resourcebank/{name}/" for name in LISTS)):
        answer = browser.get(path)
        assert answer.status_code == 302, path
        assert browser.get(answer["Location"]).status_code == 403, path


def test_a_reader_is_sent_to_the_one_log_in(client: Client, db: None) -> None:
    first = client.get("/admin/")
    assert client.get(first["Location"])["Location"].startswith("/konto/login/?next=")


def test_roles_and_organisations_are_given_by_the_services(admin: Client, framework: None, alice: User, adam: User) -> None:
    centre = Organisation.objects.create(slug="senteret", name="Senteret")
    role = alice.roles.get()
    data = {
        "is_active": "on",
        **rows("roles", {"role": "reviewer", "scope": SCOPE, "user": str(alice.pk)}, there=1),
        "roles-0-id": role.pk,
        "roles-0-user": alice.pk,
        "roles-0-DELETE": "on",
        **rows("memberships", {"user": str(alice.pk), "organisation": str(centre.pk)}),
    }
    answer = admin.post(f"/admin/resourcebank/user/{alice.pk}/change/", data)
    assert answer.status_code == 302, answer.content.decode()
    assert [(row.role, row.scope) for row in alice.roles.all()] == [("reviewer", SCOPE)]
    assert Membership.objects.get().organisation == centre
    written = AccountEvent.objects.filter(person=alice, actor=adam).values_list("action", "subject")
    assert set(written) == {("role_taken", "contributor"), ("role_given", f"reviewer {SCOPE}"), ("joined", "senteret")}


def test_what_a_service_refuses_is_said_and_nothing_is_changed(admin: Client, adam: User) -> None:
    role = adam.roles.get()
    data = {**rows("roles", there=1), "roles-0-id": role.pk, "roles-0-user": adam.pk, "roles-0-DELETE": "on", **rows("memberships")}
    answer = admin.post(f"/admin/resourcebank/user/{adam.pk}/change/", {"is_active": "on"} | data, follow=True)
    assert "siste administratoren" in answer.content.decode()
    assert RoleName.ADMIN in roles_of(adam)


def test_a_person_is_shut_out(admin: Client, alice: User) -> None:
    role = alice.roles.get()
    data = {**rows("roles", there=1), "roles-0-id": role.pk, "roles-0-user": alice.pk, **rows("memberships")}
    assert admin.post(f"/admin/resourcebank/user/{alice.pk}/change/", data).status_code == 302
    assert not User.objects.get(pk=alice.pk).is_active
    assert AccountEvent.objects.filter(person=alice, action="closed").exists()


def test_names_and_addresses_are_not_the_administrators(admin: Client, alice: User) -> None:
    page = admin.get(f"/admin/resourcebank/user/{alice.pk}/change/").content.decode()
    assert 'name="email"' not in page
    assert 'name="name"' not in page
    assert 'name="password"' not in page


def test_an_organisation_is_made_with_members(admin: Client, alice: User) -> None:
    data = {"name": "Senteret", "slug": "senteret", **rows("memberships", {"user": str(alice.pk)})}
    answer = admin.post("/admin/resourcebank/organisation/add/", data)
    assert answer.status_code == 302, answer.content.decode()
    assert Membership.objects.get().user == alice
    centre = Organisation.objects.get()
    admin.post(f"/admin/resourcebank/organisation/{centre.pk}/change/", {"name": "Nytt navn", **rows("memberships")})
    centre.refresh_from_db()
    assert (centre.name, centre.slug) == ("Nytt navn", "senteret")


def test_a_term_is_renamed_and_keeps_its_name_when_the_file_is_loaded(admin: Client, framework: None) -> None:
    term = Term.objects.get(vocabulary="format", slug="one-to-one")
    before = dict(term.labels)
    path = f"/admin/resourcebank/term/{term.pk}/change/"
    assert admin.post(path, {"label_nb": "To sammen", "label_nn": before["nn"], "label_en": before["en"]}).status_code == 302
    term.refresh_from_db()
    assert term.labels == before | {"nb": "To sammen"}
    assert admin.post(path, {"label_nb": "", "label_nn": "", "label_en": ""}).status_code == 200
    assert Term.objects.get(pk=term.pk).labels["nb"] == "To sammen"


def test_the_log_is_searched_and_never_changed(admin: Client, framework: None, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl, slug="fire-stoler")
    a_published(author=carl, approver=person("Kim", RoleName.CURATOR), slug="annet")
    found = admin.get("/admin/resourcebank/auditevent/?q=fire-stoler").content.decode()
    assert "fire-stoler" in found
    assert "annet" not in found
    event = AuditEvent.objects.first()
    assert event
    assert admin.get(f"/admin/resourcebank/auditevent/{event.pk}/change/").status_code == 200
    for verb in ("change", "delete"):
        assert admin.post(f"/admin/resourcebank/auditevent/{event.pk}/{verb}/", {"action": "x", "post": "yes"}).status_code == 403
    assert admin.get("/admin/resourcebank/auditevent/add/").status_code == 403
    assert Revision.objects.count() == 2


def test_an_erased_person_is_not_shown(admin: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(erased_at=NOW)
    assert isinstance(alice, AbstractBaseUser)
    assert "alice@example.org" not in admin.get("/admin/resourcebank/user/").content.decode()


ENGLISH = re.compile(
    r"\b(the|and|is|at|actor|action|person|subject|resource|email|name|active|created|confirmed|accepted|role|scope|user|users|number|details|"
    r"hash|status from|from status|to status|vocabulary|last login|by|search|filter|add|change|delete|save|home|welcome|log out|view|all|"
    r"any date|today|show|clear|toggle|theme|skip|contributor|reviewer|curator|role_given|published|draft|in_review|word_pair)\b",
    re.IGNORECASE,
)
OWN_WORDS = re.compile(r"[a-z.]+@example\.org|term:\S+|\bCC[ -]BY\S*|\b[a-z]+(?:-[a-z]+)+\b|\b[a-z]+:[a-z]+\b")


def words_of(html: str) -> str:
    """What a person reads of a page: neither code, nor addresses, nor names that somebody typed."""
    seen = re.sub(r"<(script|style|title)\b.*?</\1>|<!--.*?-->", " ", html, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:\s(?:aria-label|title|placeholder)|type="submit" value)="([^"]*)"', seen))
    return OWN_WORDS.sub(" ", unescape(re.sub(r"<[^>]+>", " ", seen) + " " + labels))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_nothing_is_said_in_english(admin: Client, framework: None, alice: User, carl: User, adam: User, language: str) -> None:
    give_role(alice, role=RoleName.REVIEWER, scope=SCOPE, by=adam, now=NOW)
    centre = Organisation.objects.create(slug="senteret", name="Senteret")
    a_published(author=alice, approver=carl, slug="stoler")
    User.objects.filter(pk=adam.pk).update(language=language)
    event, deed = AuditEvent.objects.latest("pk"), AccountEvent.objects.latest("pk")
    term = Term.objects.get(vocabulary="sector", slug="nav")
    pages = ["", *(f"resourcebank/{name}/" for name in LISTS), "resourcebank/organisation/add/", "resourcebank/user/?q=finnesikke"]
    rows_of = {"user": alice, "organisation": centre, "term": term, "auditevent": event, "accountevent": deed}
    pages += [f"resourcebank/{name}/{row.pk}/change/" for name, row in rows_of.items()]
    for path in pages:
        answer = admin.get(f"/admin/{path}")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert f'<html lang="{language}"' in text
        assert sorted(set(ENGLISH.findall(words_of(text)))) == [], path


def test_every_deed_and_every_status_of_the_log_has_a_name() -> None:
    assert set(Action) | {"start", "revise", "rename", "answer_report", "check_form", "note_people", "search_words"} == set(DEED_NAMES)
    assert set(Status) == set(STATUS_NAMES)


def test_the_logs_are_filtered_by_deed_and_say_roles_in_words(admin: Client, framework: None, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl, slug="stoler")
    found = admin.get("/admin/resourcebank/auditevent/?action__exact=approve").content.decode()
    assert len(re.findall('class="field-action"', found)) == 1
    assert "godkjente teksten" in found
    roles = admin.get("/admin/resourcebank/accountevent/?action__exact=role_given&q=carl").content.decode()
    assert re.search(r'class="field-about">Redaktør<', roles)


def test_mails_that_failed_are_one_step_from_the_administration(admin: Client) -> None:
    assert 'href="/nb/utboks/feil/"' in admin.get("/admin/").content.decode()
    assert admin.get("/nb/utboks/feil/").status_code == 200
