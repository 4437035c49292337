"""Somebody who has the language as mother tongue vouches for a form that is public already; the text and the revision stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from resourcebank.content import content_hash, content_of
from resourcebank.errors import AlreadyChecked, BankError, Invalid, LoginNeeded, NotAllowed, NotPublished, OwnWords
from resourcebank.models import AuditEvent, Contribution, Form, PublicChange, Revision, Role, User
from resourcebank.policies import can_check_form
from resourcebank.services.drafts import revise, save
from resourcebank.services.languages import check_form
from resourcebank.workflow import RoleName
from tests.aftercare.conftest import Login
from tests.factories import NOW, a_published, handed_in, person, whole_content, whole_form

pytestmark = pytest.mark.django_db
UNCHECKED = "ikke kontrollert av noen som har språket som morsmål"
PATH = "/nb/ressurs/fire/kontroll/?form=ar"
ARABIC = whole_form("ar", title="أربعة كراسي", translated_by="Layla", made_from="nb")
CONTENT = whole_content(forms=(whole_form("nb"), whole_form("nn", made_from="nb"), ARABIC))


@pytest.fixture
def arabic(alice: User, carl: User) -> Form:
    """The Arabic form of a published resource."""
    return a_published(author=alice, approver=carl, content=CONTENT, slug="fire").forms.get(language="ar")


@pytest.fixture
def omar(db: None) -> User:
    """A contributor."""
    return person("Omar", RoleName.CONTRIBUTOR)


def test_a_check_is_seen_by_readers_and_changes_nothing_else(arabic: Form, omar: User, logged_in: Login, client: Client) -> None:
    page = "/nb/ressurs/fire/?form=ar"
    before = Revision.objects.get(pk=arabic.revision_id)
    assert UNCHECKED in client.get(page).content.decode()
    browser = logged_in(omar)
    assert f'href="{PATH}"' in browser.get(page).content.decode()
    asked = browser.get(PATH).content.decode()
    assert "Jeg har dette språket som morsmål" in asked
    response = browser.post(PATH, {"mother_tongue": "ja"})
    assert (response.status_code, response["Location"]) == (302, page)
    text = client.get(page).content.decode()
    assert "Språket er kontrollert av Omar" in text
    assert UNCHECKED not in text
    after = Revision.objects.get(pk=arabic.revision_id)
    assert (after.number, after.version, after.content_hash) == (before.number, before.version, content_hash(content_of(after)))
    event = AuditEvent.objects.filter(resource=after.resource_id).order_by("-number")[0]
    assert (event.action, event.actor, event.details) == ("check_form", omar, {"form": "ar", "mother_tongue": True})
    assert PublicChange.objects.filter(resource=after.resource_id).count() == 2


def test_readers_and_others_see_no_button(arabic: Form, client: Client, logged_in: Login, sam: User, alice: User) -> None:
    assert "kontroll/" not in client.get("/nb/ressurs/fire/?form=ar").content.decode()
    assert "kontroll/" not in logged_in(sam).get("/nb/ressurs/fire/?form=ar").content.decode()
    assert "kontroll/" not in logged_in(alice).get("/nb/ressurs/fire/?form=nb").content.decode(), "she wrote it"
    assert client.get(PATH).status_code == 302
    assert client.post(PATH, {"mother_tongue": "ja"}).status_code == 403


def test_without_the_statement_nothing_is_marked(arabic: Form, omar: User, logged_in: Login) -> None:
    response = logged_in(omar).post(PATH, {})
    assert response.status_code == 422
    assert 'href="#mother_tongue"' in response.content.decode()
    assert Form.objects.get(pk=arabic.pk).checked_by == ""


def test_nobody_checks_their_own_words(arabic: Form, alice: User, carl: User) -> None:
    translator, helper = person("Layla", RoleName.CONTRIBUTOR), person("Hana", RoleName.REVIEWER)
    Contribution.objects.create(revision=arabic.revision, user=helper, part="translator", form="ar")
    norwegian = Form.objects.get(revision=arabic.revision, language="nb")
    allowed = {
        (user.name, form.code): can_check_form(user, form) for user in (translator, helper, alice, carl) for form in (arabic, norwegian)
    }
    assert allowed == {
        ("Layla", "ar"): False,
        ("Hana", "ar"): False,
        ("Alice", "ar"): True,
        ("Carl", "ar"): True,
        ("Layla", "nb"): True,
        ("Hana", "nb"): True,
        ("Alice", "nb"): False,
        ("Carl", "nb"): True,
    }
    with pytest.raises(OwnWords):
        check_form(arabic, by=translator, now=NOW, mother_tongue=True)


def test_a_part_in_the_bank_is_needed_be_it_a_small_one(arabic: Form, sam: User, adam: User) -> None:
    with pytest.raises(LoginNeeded):
        check_form(arabic, by=AnonymousUser(), now=NOW, mother_tongue=True)  # type: ignore[arg-type]  # nobody is logged in
    for user in (sam, adam):
        with pytest.raises(NotAllowed):
            check_form(arabic, by=user, now=NOW, mother_tongue=True)
    Role.objects.create(user=sam, role=RoleName.REVIEWER, scope="word_pair:valg-og-tilfeldigheter")
    assert check_form(arabic, by=sam, now=NOW, mother_tongue=True).checked_on == date(2026, 11, 22)
    User.objects.filter(pk=adam.pk).update(is_active=False)
    assert not can_check_form(User.objects.get(pk=adam.pk), arabic)


def test_a_check_is_made_once_by_somebody_with_a_name_of_what_is_public(arabic: Form, omar: User, rita: User, alice: User) -> None:
    nameless = person("", RoleName.CONTRIBUTOR)
    refusals: list[tuple[Form, User, type[BankError]]] = [(arabic, nameless, Invalid)]
    draft = handed_in(by=alice, content=CONTENT)
    refusals.append((draft.forms.get(language="ar"), omar, NotPublished))
    for form, user, refusal in refusals:
        with pytest.raises(refusal):
            check_form(form, by=user, now=NOW, mother_tongue=True)
    check_form(arabic, by=omar, now=NOW, mother_tongue=True)
    with pytest.raises(AlreadyChecked):
        check_form(arabic, by=rita, now=NOW, mother_tongue=True)
    assert Form.objects.get(pk=arabic.pk).checked_by == "Omar"


def test_a_check_holds_for_the_text_that_was_checked(arabic: Form, omar: User, alice: User) -> None:
    check_form(arabic, by=omar, now=NOW, mother_tongue=True)
    draft = revise(arabic.revision.resource, by=alice, now=NOW)
    content = content_of(draft)
    kept = save(draft, by=alice, content=replace(content, minutes=(10, 25)), seen=draft.version, now=NOW)
    assert content_of(kept).forms[-1].checked_by == "Omar"
    changed = tuple(replace(form, care="غيره.") if form.code == "ar" else form for form in content.forms)
    anew = save(kept, by=alice, content=replace(content, forms=changed), seen=kept.version, now=NOW)
    assert (content_of(anew).forms[-1].checked_by, content_of(anew).forms[-1].checked_on) == ("", None)


def test_an_author_cannot_write_down_a_check(arabic: Form, alice: User) -> None:
    draft = revise(arabic.revision.resource, by=alice, now=NOW)
    content = content_of(draft)
    claimed = tuple(replace(form, checked_by="Omar", checked_on=NOW.date()) for form in content.forms)
    saved = save(draft, by=alice, content=replace(content, forms=claimed), seen=draft.version, now=NOW)
    assert {form.checked_by for form in content_of(saved).forms} == {""}
