"""The links of what is published, looked at again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from resourcebank.content import Content
from resourcebank.findings.links import addresses_in, links_of
from resourcebank.foreign.describe import Health, check
from resourcebank.models import LinkCheck, PublishedLink, Revision, User
from resourcebank.quality import findings_of
from resourcebank.services.demo import add_demo
from resourcebank.services.links import STRIKES, check_due_links, due_links, keep_health
from resourcebank.services.publication import restore, retire
from resourcebank.services.published_links import keep_all_links
from tests.factories import NOW, a_draft, a_published, next_version, passed, whole_content, whole_form
from tests.foreign.hostile import running

DAY = timedelta(days=1)
SITE = "https://bank.example/side"


def leading_to(address: str) -> Content:
    """A resource whose care part leads to an address."""
    return whole_content(forms=(whole_form("nb", care=f"Les [mer]({address})."), whole_form("nn")))


def always(state: str, detail: str = "") -> Callable[[str], Health]:
    """A look that sees the same each time."""
    return lambda address: Health(state, detail)


def looked(now: datetime, state: str, detail: str = "") -> LinkCheck:
    """The link after one more look."""
    check_due_links(now, look=always(state, detail), pause=0)
    return LinkCheck.objects.get(address=SITE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Se https://a.no/b.", ["https://a.no/b"]),
        ("[mer](https://a.no/b_(c)) og (http://d.no/)", ["https://a.no/b_(c)", "http://d.no/"]),
        ("<https://a.no/?q=1&b=2>, «https://b.no»!", ["https://a.no/?q=1&b=2", "https://b.no"]),
        ("**https://a.no/** og [https://b.no]", ["https://a.no/", "https://b.no"]),
        ("a.no, ftp://b.no, http:// og mailto:x@y.no", []),
    ],
)
def test_addresses_are_found_in_texts(text: str, found: list[str]) -> None:
    assert list(addresses_in(text)) == found


def test_each_address_is_known_with_the_place_it_stands_at() -> None:
    content = whole_content(source_url="https://a.no/", forms=(whole_form("nb", care="https://b.no https://a.no/", goal="https://c.no"),))
    assert links_of(content) == {"https://a.no/": "source_url", "https://c.no": "forms.nb.goal", "https://b.no": "forms.nb.care"}
    assert links_of(whole_content(source_url="https://a.no/" + "x" * 500)) == {}


@pytest.mark.usefixtures("framework")
def test_a_link_is_dead_after_three_failures_in_a_row_and_alive_after_one_answer(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl, content=leading_to(SITE))
    assert looked(NOW, "works", "200").worked_at == NOW
    now = NOW + 14 * DAY
    for strikes in range(1, STRIKES + 1):
        assert "link-dead" not in {finding.code for finding in findings_of(public)}
        row = looked(now, "fails", "404")
        assert (row.strikes, row.state, row.detail) == (strikes, "works" if strikes < STRIKES else "fails", "404")
        now += DAY
    assert [(finding.code, finding.field) for finding in findings_of(public)] == [("link-dead", "forms.nb.care")]
    assert (looked(now + 7 * DAY, "works", "200").strikes, LinkCheck.objects.get().state) == (0, "works")
    assert findings_of(public) == []


@pytest.mark.usefixtures("framework")
def test_a_site_that_shuts_out_programs_is_neither_dead_nor_alive(alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl, content=leading_to(SITE))
    assert (looked(NOW, "unknown", "403").state, LinkCheck.objects.get().strikes) == ("unknown", 0)
    assert (looked(NOW + 7 * DAY, "fails", "500").state, LinkCheck.objects.get().strikes) == ("unknown", 1)
    assert (looked(NOW + 8 * DAY, "unknown", "403").state, LinkCheck.objects.get().strikes) == ("unknown", 0)


@pytest.mark.usefixtures("framework")
def test_where_a_page_moved_is_told_at_its_place(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl, content=leading_to(SITE))
    looked(NOW, "moved", "https://ny.example/side")
    found = findings_of(public)
    assert [(finding.code, finding.field, finding.blocks) for finding in found] == [("link-moved", "forms.nb.care", False)]
    assert "https://ny.example/side" in found[0].message


@pytest.mark.usefixtures("framework")
def test_only_what_is_published_and_due_is_looked_at(alice: User, carl: User) -> None:
    a_draft(by=alice, content=leading_to("https://utkast.example/"))
    a_published(author=alice, approver=carl, content=leading_to(SITE))
    a_published(author=alice, approver=carl, content=leading_to(SITE))
    a_published(author=alice, approver=carl, content=leading_to("https://annen.example/"))
    assert due_links(NOW) == ["https://annen.example/", SITE]
    assert check_due_links(NOW, limit=1, look=always("works"), pause=0) == 1
    assert due_links(NOW) == [SITE]
    assert check_due_links(NOW, look=always("works"), pause=0) == 1
    assert due_links(NOW + 13 * DAY) == []
    assert due_links(NOW + 14 * DAY) == ["https://annen.example/", SITE]
    assert due_links(NOW + 2 * DAY, older_than=DAY) == ["https://annen.example/", SITE]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_we_wait_for_others(alice: User, carl: User, framework: None) -> None:
    a_published(author=alice, approver=carl, content=leading_to(SITE))
    open_ones: list[bool] = []

    def look(address: str) -> Health:
        open_ones.append(connection.in_atomic_block)
        return Health("works")

    check_due_links(NOW, look=look, pause=0)
    assert open_ones == [False]


@pytest.mark.usefixtures("framework")
def test_a_real_look_is_kept(alice: User, carl: User) -> None:
    with running() as server:
        gone = server.at("status/404")
        a_published(author=alice, approver=carl, content=leading_to(gone))
        check_due_links(NOW, look=lambda address: check(address, guard=server.guard()), pause=0)
        row = LinkCheck.objects.get(address=gone)
        assert (row.state, row.strikes, row.detail, row.worked_at) == ("unknown", 1, "404", None)


@pytest.mark.usefixtures("framework")
def test_the_command_looks_at_what_is_due_and_never_into_our_network(alice: User, carl: User, capsys: pytest.CaptureFixture[str]) -> None:
    inner = "http://127.0.0.1/admin"
    a_published(author=alice, approver=carl, content=leading_to(inner))
    call_command("check_links", older_than=0, limit=10)
    assert capsys.readouterr().out == "1 lenker er sett på.\n"
    assert LinkCheck.objects.get(address=inner).detail == "forbidden"


def rows() -> set[tuple[str, str]]:
    """What the rows say: which resource leads where."""
    return set(PublishedLink.objects.values_list("resource__slug", "address"))


@pytest.mark.usefixtures("framework")
def test_the_rows_follow_what_is_public(alice: User, carl: User) -> None:
    first = a_published(author=alice, approver=carl, content=leading_to(SITE), slug="a")
    assert rows() == {("a", SITE)}
    next_version(first, author=alice, content=leading_to("https://ny.example/"))
    assert rows() == {("a", SITE)}, "a draft changes nothing"
    second = passed(handed_in_again(first), by=carl)
    assert rows() == {("a", "https://ny.example/")}
    gone = retire(second, by=carl, now=NOW, seen=second.version, reason="Kilden er borte.")
    assert rows() == set()
    restore(gone, by=carl, now=NOW, seen=gone.version, reason="Kilden er tilbake.")
    assert rows() == {("a", "https://ny.example/")}


def handed_in_again(first: Revision) -> Revision:
    """The version after the first."""
    return Revision.objects.get(based_on=first)


@pytest.mark.usefixtures("framework")
def test_what_is_known_of_an_address_goes_with_the_last_text_that_leads_there(alice: User, carl: User) -> None:
    both = [a_published(author=alice, approver=carl, content=leading_to(SITE), slug=slug) for slug in "ab"]
    looked(NOW, "fails", "404")
    for left, revision in ((1, both[0]), (0, both[1])):
        retire(revision, by=carl, now=NOW, seen=revision.version, reason="Avløst.")
        assert LinkCheck.objects.count() == left
    assert keep_health(SITE, health=Health("works"), now=NOW) is None, "it went while somebody looked"
    assert not LinkCheck.objects.exists()


@pytest.mark.usefixtures("framework")
def test_a_site_from_before_there_were_rows_gets_them_once(alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl, content=leading_to(SITE), slug="a")
    PublishedLink.objects.all().delete()
    LinkCheck.objects.create(address=SITE, state="works", checked_at=NOW)
    LinkCheck.objects.create(address="https://borte.example/", state="fails")
    assert due_links(NOW) == []
    assert keep_all_links() == 2
    assert rows() == {("a", SITE)}
    assert LinkCheck.objects.get().address == SITE
    assert keep_all_links() == 0


@pytest.mark.usefixtures("framework")
def test_made_up_resources_have_their_rows(alice: User) -> None:
    add_demo([leading_to(SITE), leading_to("https://annen.example/")], now=NOW)
    assert {address for _slug, address in rows()} == {SITE, "https://annen.example/"}
    assert keep_all_links() == 0


@pytest.mark.usefixtures("framework")
def test_finding_what_is_due_reads_no_text(alice: User, carl: User, django_assert_num_queries: Any) -> None:
    for slug in "abc":
        a_published(author=alice, approver=carl, content=leading_to(f"https://{slug}.example/"), slug=slug)
    with django_assert_num_queries(1) as seen:
        assert due_links(NOW, limit=2) == ["https://a.example/", "https://b.example/"]
    assert "resourcebank_form" not in seen.captured_queries[0]["sql"]


@pytest.mark.usefixtures("framework")
@pytest.mark.parametrize(
    ("state", "strikes", "days"), [("works", 0, 14), ("moved", 0, 30), ("fails", 3, 7), ("unknown", 0, 7), ("works", 2, 1)]
)
def test_each_state_is_looked_at_in_its_own_time(state: str, strikes: int, days: int, alice: User, carl: User) -> None:
    a_published(author=alice, approver=carl, content=leading_to(SITE))
    LinkCheck.objects.create(address=SITE, state=state, strikes=strikes, checked_at=NOW)
    assert due_links(NOW + days * DAY - timedelta(seconds=1)) == []
    assert due_links(NOW + days * DAY) == [SITE]
