"""The picture a linked page shows of itself: offered with its source, and never published before somebody has said whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from resourcebank.content import content_of
from resourcebank.errors import NotAllowed
from resourcebank.models import Revision, User
from resourcebank.quality import findings_of
from resourcebank.services.files import offer_picture
from resourcebank.web.contributing_form import Page
from tests.contributing.conftest import address, fresh, sent
from tests.contributing.test_draft_pages import text
from tests.factories import NOW, a_draft, whole_content, whole_form
from tests.foreign.hostile import Server, running
from tests.media.made import BROKEN, drawing, saved

PAGE = "https://example.org/ovelse"


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    """Somebody else's site."""
    with running() as server:
        server.picture = saved(drawing(800, 500), "PNG")
        yield server


@pytest.fixture
def draft(alice: User) -> Revision:
    """A draft that leads to the page."""
    content = whole_content(origin="linked", licence="link-only", source_url=PAGE, forms=(whole_form("nb"),))
    return a_draft(by=alice, content=content)


def offered(draft: Revision, server: Server, *, path: str = "picture", by: User, seconds: float = 5.0) -> Revision:
    """The draft after the page's picture was asked for."""
    return offer_picture(draft, by=by, address=server.at(path), page=PAGE, now=NOW, seconds=seconds, guard=server.guard())


def test_the_picture_is_put_in_with_its_source_and_keeps_the_draft_back_until_somebody_vouches(
    draft: Revision, server: Server, alice: User, desk: Client
) -> None:
    offered(draft, server, by=alice)
    (picture,) = content_of(fresh(draft)).pictures
    assert (picture.source_url, picture.rights, dict(picture.alt)) == (PAGE, "", {})
    page = text(desk.get(f"{address(draft, Page.FILES)}&vis=1"))
    assert "Kontroller rettighetene" in page
    assert f'href="{PAGE}"' in page
    assert 'href="#credit.1"' in page
    assert {each.code for each in findings_of(fresh(draft)) if each.blocks} == {"alt-missing", "rights-missing"}
    now = fresh(draft)
    said = {"alt.1.nb": ["Et bord med tre stoler."], "credit.1": ["Foto: Ola Hansen, gjengitt med tillatelse"]}
    desk.post(address(draft, Page.FILES), sent(now, Page.FILES, content_of(now), **said))
    assert not [each for each in findings_of(fresh(draft)) if each.blocks]
    assert content_of(fresh(draft)).pictures[0].rights == "Foto: Ola Hansen, gjengitt med tillatelse"


def test_a_second_look_adds_nothing(draft: Revision, server: Server, alice: User) -> None:
    once = offered(draft, server, by=alice)
    assert offered(once, server, by=alice).version == once.version
    assert len(content_of(fresh(draft)).pictures) == 1


@pytest.mark.parametrize("name", ["a renamed program", "cut short", "a drawing in SVG", "13,000 x 13,000 pixels in 20 kB"])
def test_a_picture_that_is_none_is_left_out(name: str, draft: Revision, server: Server, alice: User) -> None:
    server.picture = BROKEN[name][0]()
    assert offered(draft, server, by=alice).version == draft.version
    assert content_of(fresh(draft)).pictures == ()


@pytest.mark.parametrize("path", ["page", "status/404", "circle", "bomb", "to/http://10.0.0.1/x.png"])
def test_a_site_that_gives_no_picture_changes_nothing(path: str, draft: Revision, server: Server, alice: User) -> None:
    assert offered(draft, server, path=path, by=alice).version == draft.version


def test_five_megabytes_are_the_most(draft: Revision, server: Server, alice: User) -> None:
    server.picture = saved(drawing(), "PNG") + bytes(5_000_000)
    assert offered(draft, server, by=alice).version == draft.version


def test_nobody_waits_longer_for_the_picture_than_is_left(draft: Revision, server: Server, alice: User) -> None:
    assert offered(draft, server, by=alice, seconds=-1.0).version == draft.version
    assert server.asked == []


def test_nobody_has_a_picture_put_into_anothers_draft(draft: Revision, server: Server, sam: User) -> None:
    with pytest.raises(NotAllowed):
        offered(draft, server, by=sam)
    assert server.asked == []


def test_an_author_who_was_quicker_keeps_what_they_wrote(draft: Revision, server: Server, alice: User, desk: Client) -> None:
    now = fresh(draft)
    desk.post(address(draft), sent(now, Page.CONTENT, content_of(now), **{"title.nb": ["Nytt"]}))
    offered(draft, server, by=alice)
    assert (content_of(fresh(draft)).forms[0].title, content_of(fresh(draft)).pictures) == ("Nytt", ())
