"""What resources lack, for those who mend it, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resourcebank.errors import LoginNeeded, NotAllowed
from resourcebank.models import Resource, User
from resourcebank.policies import require_judge
from resourcebank.selectors import Missing, resources_missing
from resourcebank.workflow import RoleName
from tests.aftercare.conftest import Login
from tests.factories import a_draft, a_published, hold, person, whole_content, whole_form

pytestmark = pytest.mark.django_db
PATH = "/nb/vurdering/mangler/"
TODAY = timezone.localdate()


@pytest.fixture
def bank(alice: User, rita: User) -> None:
    """Four public resources that lack different things, and a draft that lacks all."""
    forms = {
        "alt": (whole_form("nb"), whole_form("nn", made_from="nb"), whole_form("nb", "A2"), whole_form("en")),
        "bare-bokmal": (whole_form("nb"),),
        "lettlest-nynorsk": (whole_form("nb"), whole_form("nn", "A2")),
        "gammel": (whole_form("nb"), whole_form("nn", made_from="nb")),
    }
    for slug, some in forms.items():
        a_published(author=alice, approver=rita, content=whole_content(forms=some), slug=slug)
    Resource.objects.filter(slug="gammel").update(review_due_on=TODAY - timedelta(days=1))
    Resource.objects.exclude(slug="gammel").update(review_due_on=TODAY)
    a_draft(by=alice, content=whole_content(forms=(whole_form("nb"),)), slug="utkast")


def slugs(user: User, what: Missing) -> set[str]:
    return {row.slug for row in resources_missing(user, what, today=TODAY, page=1, language="nb").rows}


@pytest.mark.usefixtures("bank")
def test_each_list_has_what_lacks_it(rita: User) -> None:
    assert slugs(rita, Missing.NYNORSK) == {"bare-bokmal", "lettlest-nynorsk"}
    assert slugs(rita, Missing.EASY) == {"bare-bokmal", "gammel"}
    assert slugs(rita, Missing.ENGLISH) == {"bare-bokmal", "gammel", "lettlest-nynorsk"}
    assert slugs(rita, Missing.READING) == {"gammel"}


@pytest.mark.usefixtures("bank")
def test_the_page_counts_each_and_shows_one(rita: User, logged_in: Login, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    browser = logged_in(rita)
    with django_assert_max_num_queries(8):
        page = browser.get(f"{PATH}?mangler=lesing").content.decode()
    for words in ("uten nynorsk (2)", "uten lettlest (2)", "uten engelsk (3)", "over fristen for lesing (1)", "/nb/ressurs/gammel/"):
        assert words in page
    assert "/nb/ressurs/alt/" not in page
    assert "uten nynorsk (2)" in browser.get(f"{PATH}?mangler=tull").content.decode()


def test_only_those_who_judge_see_it(rita: User, carl: User, alice: User, adam: User, sam: User, logged_in: Login) -> None:
    some = person("Tove", RoleName.CONTRIBUTOR)
    hold(some, scope="term:theme:interesser")
    allowed = {user.name: logged_in(user).get(PATH).status_code for user in (rita, carl, alice, adam, sam, some)}
    assert allowed == {"Rita": 200, "Carl": 200, "Alice": 403, "Adam": 403, "Sam": 403, "Tove": 200}
    assert Client(SERVER_NAME="localhost").get(PATH).status_code == 302
    with pytest.raises(NotAllowed):
        require_judge(sam)


def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    assert "mangler" not in client.get(PATH).content.decode()
    assert LoginNeeded.status == 401
