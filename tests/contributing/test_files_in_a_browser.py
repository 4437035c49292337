"""A document and a film with captions, brought and watched in a real browser, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from resourcebank.catalogue import forget_labels
from resourcebank.content import content_of
from resourcebank.models import Revision, User
from resourcebank.workflow import RoleName
from tests.contributing.test_in_a_browser import NARROW, SCHEMES, WIDE, author, enter
from tests.factories import a_draft, a_published, person, whole_content, whole_form
from tests.media.made import drawing, saved
from tests.media.made_files import SRT, VTT, pdf
from tests.web.browser.conftest import breaches

__all__ = ["author", "enter"]
pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]
RECORD = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [320, 180];
  const brush = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: "video/webm;codecs=vp8"});
  const parts = [];
  recorder.ondataavailable = event => parts.push(event.data);
  const over = new Promise(done => { recorder.onstop = done; });
  recorder.start();
  for (let number = 0; number < 12; number += 1) {
    brush.fillStyle = number % 2 ? "#14532d" : "#f59e0b";
    brush.fillRect(0, 0, 320, 180);
    await new Promise(done => setTimeout(done, 100));
  }
  recorder.stop();
  await over;
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}"""
"""A second of film, made by the browser itself."""


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    forget_labels()
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield
    forget_labels()


@pytest.fixture
def draft(framework: None, author: User) -> Revision:
    """A draft without files."""
    forms = tuple(whole_form(tag, transcript="Vi ser to farger som skifter.") for tag in ("nb", "nn"))
    return a_draft(by=author, content=whole_content(forms=forms))


def as_file(name: str, media_type: str, data: bytes) -> Any:
    """A file as somebody picks it."""
    return {"name": name, "mimeType": media_type, "buffer": data}


def save_as_it_is(page: Page, number: int) -> None:
    """Press upload, and see that the page has so many files."""
    page.get_by_role("button", name="Last opp", exact=True).click()
    expect(page.locator("input[name=file]")).to_have_count(number)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_document_and_a_film_are_brought_described_and_played(scripts: bool, enter: Enter, draft: Revision, author: User) -> None:
    film = bytes(enter("/nb/").evaluate(RECORD))
    page = enter(f"/nb/bidra/{draft.pk}/?steg=2", java_script_enabled=scripts)
    page.get_by_label("Last opp dokumenter").set_input_files([as_file("Samtaleark.pdf", "application/pdf", pdf(pages=2))])
    page.get_by_label("Last opp film").set_input_files([as_file("farger.webm", "video/webm", film)])
    page.get_by_label("Last opp teksting").set_input_files([as_file("farger.vtt", "text/vtt", VTT)])
    page.get_by_label("Last opp forsidebilde").set_input_files([as_file("forside.png", "image/png", saved(drawing(), "PNG"))])
    save_as_it_is(page, 4)
    page.get_by_label("Språket i tekstingen").select_option("nn")
    page.get_by_label("Last opp teksting").set_input_files([as_file("farger.srt", "application/x-subrip", SRT.encode())])
    save_as_it_is(page, 5)
    page.locator('[id="file_name.1.nn"]').fill("Samtaleark")
    page.locator('[id="file_alt.5.nb"]').fill("To farger.")
    page.locator('[id="file_alt.5.nn"]').fill("To fargar.")
    page.get_by_role("button", name="Fjern fil 1", exact=True).click()
    expect(page.get_by_text("Det er fjernet.")).to_be_visible()
    page.get_by_role("button", name="Angre", exact=True).click()
    expect(page.locator('[id="file_name.1.nn"]')).to_have_value("Samtaleark")
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.wait_for_url(re.compile("steg=3"))
    content = content_of(Revision.objects.get(pk=draft.pk))
    assert [file.role for file in content.files] == ["worksheet", "film", "captions", "captions", "poster"]
    a_published(author=author, approver=person("Kari", RoleName.CURATOR), content=content, slug="farger")
    page.goto(f"{page.url.partition('/nb/')[0]}/nb/ressurs/farger/")
    expect(page.get_by_role("link", name="Samtaleark")).to_be_visible()
    page.get_by_text("Les det som sies og vises i filmen").click()
    expect(page.get_by_text("Vi ser to farger som skifter.").first).to_be_visible()
    if scripts:
        played(page)


def played(page: Page) -> None:
    """The film runs to its end, and its captions are there."""
    video = page.locator("video")
    video.evaluate("async film => { film.muted = true; await film.play(); await new Promise(done => { film.onended = done; }); }")
    assert video.evaluate("film => [film.videoWidth, film.videoHeight, film.error]") == [320, 180, None]
    tracks = video.evaluate("film => [...film.textTracks].map(t => [t.kind, t.language, t.mode])")
    assert tracks == [["captions", "nb", "showing"], ["captions", "nn", "disabled"]]
    cues = video.evaluate("film => [...film.textTracks[0].cues].map(cue => cue.getCueAsHTML().textContent)")
    assert cues == ["Velg en stol & sett deg.", "Hva så du?"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_axe_finds_nothing_on_pages_with_files(language: str, enter: Enter, draft: Revision, author: User) -> None:
    film = bytes(enter("/nb/").evaluate(RECORD))
    page = enter(f"/nb/bidra/{draft.pk}/?steg=2")
    page.locator("#documents").set_input_files([as_file("Ark.pdf", "application/pdf", pdf()), as_file("Ond.pdf", "application/pdf", b"MZ")])
    page.locator("#film").set_input_files([as_file("farger.webm", "video/webm", film)])
    page.locator("#captions").set_input_files([as_file("farger.vtt", "text/vtt", VTT)])
    page.locator("#poster").set_input_files([as_file("forside.png", "image/png", saved(drawing(), "PNG"))])
    page.locator('button[value="upload"]').click()
    page.locator("#documents-remark-1").wait_for()
    content = content_of(Revision.objects.get(pk=draft.pk))
    described = tuple(type(file)(**_described(file)) for file in content.files)
    public = whole_content(forms=content.forms, files=described)
    a_published(author=author, approver=person("Kari", RoleName.CURATOR), content=public, slug="farger")
    base = page.url.partition("/nb/")[0]
    for path in ("", f"bidra/{draft.pk}/?steg=2&vis=1", "ressurs/farger/", "ressurs/farger/deltaker/", "ressurs/farger/ark/"):
        if path:
            page.goto(f"{base}/{language}/{path}")
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
                assert not breaches(page), (path, viewport, scheme)


def _described(file: Any) -> dict[str, Any]:
    said = {name: getattr(file, name) for name in file.__dataclass_fields__}
    return said | ({"alt": {"nb": "To farger.", "nn": "To fargar."}} if file.role == "poster" else {})
