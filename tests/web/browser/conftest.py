"""A real browser on a real server with the starter bank: committed, indexed, and emptied again afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from resourcebank.catalogue import forget_labels
from resourcebank.content import ContentTerm
from resourcebank.workflow import RoleName
from tests.factories import a_published, person, whole_content, whole_form
from tests.starter_bank import load_few

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LOOK = """async ([standards]) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: standards}, rules: {"target-size": {enabled: true}}});
  const why = node => node.target.join(" ") + " " + (node.failureSummary || "").split("\\n").slice(1, 3).join(" ");
  return found.violations.map(v => [v.id, v.help, v.nodes.map(why)]);
}"""
Open = Callable[..., Page]


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running site. It holds a part of the starter bank and one resource in Arabic that touches a working title."""
    own_index = override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": tmp_path_factory.mktemp("index")}, ALLOWED_HOSTS=["127.0.0.1"])
    with django_db_blocker.unblock(), own_index:
        load_few(tmp_path_factory.mktemp("few"))
        _arabic()
        call_command("reindex", verbosity=0)
        forget_labels()
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]  # what empties a database between tests
    forget_labels()


def _arabic() -> None:
    reason = {"nb": "Veilederen øver på kartlegging.", "nn": "Rettleiaren øver på kartlegging."}
    content = whole_content()
    term = ContentTerm(vocabulary="competence", slug="omrade-3", role="touches", reason=reason)
    arabic = whole_form(
        "ar", title="أربعة كراسي", summary="اجلس على أربعة كراسي.", participant_sheet="**أربعة كراسي**\n\n1. اختر كرسيًا: ____"
    )
    forms = (*content.forms, arabic)
    author, curator = person("Amina", RoleName.CONTRIBUTOR), person("Karl", RoleName.CURATOR)
    a_published(author=author, approver=curator, content=replace(content, terms=(*content.terms, term), forms=forms), slug="fire")


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """Open a page in a fresh browser. The test fails on a word in the console, a missing file, a cookie, or a request elsewhere."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # The browser notes an answer of 400 or 404 as an error, also where that is the right answer.
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            wrong.append(f"left the site: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and "/static/" in response.url:
            wrong.append(f"{response.status} {response.url}")

    def opened(path: str, *, quiet: bool = True, **options: Any) -> Page:
        options = {"locale": "nb-NO", "reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        if quiet:
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", said)
        page.on("request", asked)
        page.on("response", answered)
        page.goto(site + path)
        return page

    yield opened
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert not wrong
    assert not cookies


def breaches(page: Page) -> str:
    """What axe finds wrong with a page as it stands, as text; empty when nothing is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(LOOK, [STANDARDS])
    return json.dumps(found, indent=1, ensure_ascii=False) if found else ""
