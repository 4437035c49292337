"""How often the pages of the time after publication ask the database, with everything on them that there can be."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resourcebank.models import Resource, User
from resourcebank.services.publication import retire
from resourcebank.services.reports import answer_report, report_problem, report_use
from tests.aftercare.conftest import Login
from tests.factories import NOW, a_picture, a_published, next_version, passed, whole_content, whole_form

pytestmark = pytest.mark.django_db
MOST = 8


@pytest.fixture
def lively(stoler: Resource, alice: User, carl: User) -> Resource:
    """A resource with a second public version, pictures and forms, that was reported and used, beside one that is retired."""
    content = whole_content(pictures=(a_picture(), a_picture("b")), forms=(whole_form("nb", title="Fem stoler"), whole_form("nn")))
    passed(next_version(Resource.objects.get(pk=stoler.pk).published, author=alice, content=content), by=carl)  # type: ignore[arg-type]
    gone = a_published(author=alice, approver=carl, slug="borte")
    retire(gone, by=carl, now=NOW, seen=gone.version, reason="Utdatert.")
    for number in range(3):
        report_problem(stoler, reason="wrong", text=f"Feil {number}.", now=NOW)
        report_use(stoler, setting="nav", group_size="4", minutes="20", tip=f"Tips {number}.", now=NOW)
    answer_report(report_problem(stoler, reason="wrong", text="Rettet.", now=NOW), by=carl, answer="Takk.", now=NOW)
    return stoler


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/nb/ressurs/stoler/historikk/", "Utgave 2"),
        ("/nb/vurdering/meldinger/", "Feil 2."),
        ("/nb/vurdering/meldinger/?vis=handled", "Takk."),
        ("/nb/vurdering/meldinger/?vis=used", "Tips 2."),
        ("/nb/vurdering/tilstand/?tilstand=fresh", "Fem stoler"),
        ("/nb/vurdering/tilstand/?tilstand=withdrawn", "Fire stoler"),
    ],
)
def test_a_page_takes_eight_statements_at_most(path: str, seen: str, lively: Resource, logged_in: Login, carl: User) -> None:
    browser = logged_in(carl)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        text = browser.get(path).content.decode()
    assert seen in text
    assert len(captured) <= MOST, [each["sql"][:90] for each in captured]
