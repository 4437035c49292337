"""A reviewed resource is tried while three different settings have used its steps as they stand; that is worked out, never stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from resourcebank.catalogue import CATALOGUE
from resourcebank.content import Content
from resourcebank.models import Form, PublicChange, Resource, Revision, Step, User
from resourcebank.selectors import published_cards
from resourcebank.selectors.uses import steps_hash
from resourcebank.services.reports import report_use
from search.indexing import catch_up_soon
from tests.factories import NOW, a_published, next_version, passed, whole_content, whole_form
from tests.starter_bank import index_in

Use = Callable[..., None]
pytestmark = pytest.mark.django_db
SETTINGS = ("nav", "grunnskole", "folkehogskole", "videregaende")


@pytest.fixture(autouse=True)
def _index(tmp_path: Path, stoler: Resource) -> Iterator[None]:
    with index_in(tmp_path):
        call_command("reindex", verbosity=0)
        yield


@pytest.fixture
def used(stoler: Resource) -> Use:
    """Somebody used the resource somewhere; the index takes in what was noted for it, and only that."""

    def tell(*settings: str) -> None:
        for setting in settings:
            report_use(stoler, setting=setting, group_size="", minutes="", tip="", now=NOW)
            catch_up_soon(CATALOGUE)

    return tell


def found(client: Client, level: str) -> bool:
    """Whether the search with the facet finds the resource."""
    return "/nb/ressurs/stoler/" in client.get(f"/nb/sok/?assurance={level}").content.decode()


def shown(client: Client) -> set[str]:
    """The level as card, quality card and the API tell it."""
    [public_id] = Resource.objects.filter(slug="stoler").values_list("public_id", flat=True)
    [on_page] = re.findall(r'class="quality" data-level="(\w+)"', client.get("/nb/ressurs/stoler/").content.decode())
    whole = client.get(f"/api/v1/resources/{public_id}").json()
    return {on_page, published_cards([str(public_id)], "nb")[0].assurance, whole["quality"]["assurance"]}


def test_three_different_settings_make_it_tried_everywhere(client: Client, used: Use, stoler: Resource) -> None:
    used("nav", "grunnskole", "nav", "nav")
    assert not found(client, "tried")
    assert shown(client) == {"reviewed"}
    before = PublicChange.objects.count()
    used("folkehogskole")
    assert found(client, "tried")
    assert found(client, "reviewed")
    assert shown(client) == {"tried"}
    assert PublicChange.objects.count() == before + 1
    used("videregaende")
    assert PublicChange.objects.count() == before + 1, "nothing new for readers"
    assert Revision.objects.get(published_resource=stoler).assurance == "reviewed"
    text = client.get("/nb/ressurs/stoler/").content.decode()
    assert "Prøvd ut" in text
    assert "6 har meldt at de har brukt den slik den er nå, i 4 ulike arenaer." in text
    assert "1 ressurs er kommet hit" in client.get("/nb/slik-kvalitetssikrer-vi/").content.decode()
    assert "Prøvd ut: 1" in client.get("/nb/dekning/").content.decode()


@pytest.mark.parametrize(("change", "still"), [
    ({"minutes": (10, 25)}, True),
    ({"forms": (whole_form("nb", title="Fem stoler"), whole_form("nn", made_from="nb", steps=("Ein.", "To.", "Tre.")))}, True),
    ({"forms": (whole_form("nb"), whole_form("nn", made_from="nb"), whole_form("en", made_from="nb"))}, True),
    ({"forms": (whole_form("nb", steps=("Sett fram stolene.", "Si noe.", "Snakk om valget.")), whole_form("nn", made_from="nb"))}, False),
    ({"step_minutes": (3, 6, 6)}, False),
])  # fmt: skip
def test_new_steps_unmake_it_and_other_changes_do_not(
    change: dict[str, Any], still: bool, client: Client, used: Use, stoler: Resource, alice: User, rita: User
) -> None:
    used(*SETTINGS[:3])
    public = Revision.objects.get(published_resource=stoler)
    passed(next_version(public, author=alice, content=replace(whole_content(), **change)), by=rita)
    catch_up_soon(CATALOGUE)
    assert found(client, "tried") is still
    assert shown(client) == {"tried" if still else "reviewed"}
    if not still:
        used(*SETTINGS[1:])
        assert found(client, "tried")


def test_what_no_reviewer_has_read_is_never_tried(client: Client, alice: User, carl: User) -> None:
    checked = a_published(author=alice, approver=carl, slug="sjekket").resource
    for setting in SETTINGS:
        report_use(checked, setting=setting, group_size="", minutes="", tip="", now=NOW)
    assert published_cards([str(checked.public_id)], "nb")[0].assurance == "checked"


def test_the_hash_is_of_the_steps_their_minutes_and_nothing_else() -> None:
    def sealed(content: Content) -> str:
        forms = [Form(language=each.language, level=each.level, steps=list(each.steps)) for each in content.forms]
        return steps_hash(forms, [Step(minutes=minutes).minutes for minutes in content.step_minutes])

    content = whole_content(forms=(whole_form("nb"), whole_form("nb", "A2")))
    assert sealed(content) == sealed(replace(content, forms=(whole_form("nb", care="Noe."), whole_form("nb", "A2", steps=("a", "b", "c")))))
    others = [
        replace(content, step_minutes=(3, 6, 5)),
        replace(content, step_minutes=(3, None, 6)),
        replace(content, forms=(whole_form("nb", steps=("Sett fram stolene. Si: «Velg en stol.»", "Snakk om valget.", "")),)),
        replace(content, forms=(whole_form("nn"),)),
    ]
    assert len({sealed(each) for each in (content, *others)}) == 5
