"""Pictures in the folders of the bank: the same door as for an upload, and every fault with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import Client, override_settings
from PIL import PngImagePlugin

from media.models import MediaFile
from media.shelf import digest, path_of
from resourcebank.content import content_of
from resourcebank.models import Attachment, Resource, Revision
from resourcebank.services.drafts import revise
from resourcebank.services.publication import retire
from resourcebank.services.verification import verify_published
from resourcebank.workflow import RoleName
from tests.content.desk import SLUG, Desk
from tests.factories import NOW, person
from tests.media.made import BROKEN, drawing, saved

PNG = saved(drawing(), "PNG")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


def line_of(path: Path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1) if line == text)


def published() -> Revision:
    revision = Resource.objects.get(slug=SLUG).published
    assert revision
    return revision


@pytest.mark.parametrize("file", [file for file, _ in BROKEN.values()], ids=list(BROKEN))
def test_a_broken_picture_is_named_with_file_and_line(file: Callable[[], bytes], desk: Desk) -> None:
    desk.picture("kort-1.png", file())
    facts = desk.folder / "resource.toml"
    [fault] = desk.faults()
    assert (fault.file, fault.line) == (facts, line_of(facts, 'file = "kort-1.png"'))
    assert fault.message.startswith("«kort-1.png»: ")


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_every_fault_is_named_in_one_run_and_only_its_resource_is_left_out(desk: Desk) -> None:
    good, bad = desk.another("god"), desk.another("darlig")
    desk.picture("kort-1.png", PNG, folder=good)
    for number, (file, _) in enumerate(BROKEN.values(), start=1):
        desk.picture(f"kort-{number}.png", file(), folder=bad)
    facts = bad / "resource.toml"
    with pytest.raises(CommandError) as refusal:
        desk.load()
    assert refusal.value.returncode == 1
    for number in range(1, len(BROKEN) + 1):
        name = f"kort-{number}.png"
        line = line_of(facts, f'file = "{name}"')
        assert f"resource.toml:{line}: «{name}»: " in str(refusal.value)
    assert "1 ressurs er ikke lastet" in str(refusal.value)
    assert {resource.slug for resource in Resource.objects.all()} == {SLUG, "god"}
    assert [file.sha256 for file in MediaFile.objects.all()] == [digest(PNG)]


WRONG: dict[str, tuple[Callable[[Desk], object], str, str]] = {
    "no such file": (lambda desk: desk.picture("kort-1.png", PNG).unlink(), 'file = "kort-1.png"', "finnes ikke i mappen"),
    "a name that leads out": (
        lambda desk: desk.edit("resource.toml", "", '\n[[pictures]]\nfile = "../x.png"\nalt.nb = "En."\nalt.nn = "Ein."\n'),
        'file = "../x.png"', "ikke navnet på et bilde",
    ),
    "nothing for those who do not see it": (
        lambda desk: desk.picture("kort-1.png", PNG, alt='alt.nb = "En kopp."'),
        'alt.nb = "En kopp."', "mangler: nn",
    ),
    "bokmål in the nynorsk": (
        lambda desk: desk.picture("kort-1.png", PNG, alt='alt.nb = "Jeg."\nalt.nn = "Jeg ser ein kopp."'),
        'alt.nn = "Jeg ser ein kopp."', "er bokmål",
    ),
    "an unknown key": (
        lambda desk: desk.picture("kort-1.png", PNG, alt='alt.nb = "En."\nalt.nn = "Ein."\ntekst = "x"'),
        'tekst = "x"', "ikke en kjent nøkkel",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "at", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_around_a_picture_is_named_too(spoil: Callable[[Desk], object], at: str, says: str, desk: Desk) -> None:
    spoil(desk)
    facts = desk.folder / "resource.toml"
    [fault] = desk.faults()
    assert (fault.file, fault.line) == (facts, line_of(facts, at))
    assert says in fault.message


def test_a_picture_named_twice_and_one_that_nobody_names_are_faults(desk: Desk) -> None:
    desk.picture("kort-1.png", PNG)
    desk.picture("kort-1.png", PNG)
    (desk.folder / "kort-2.png").write_bytes(PNG)
    assert [fault.message for fault in desk.faults()] == [
        "Bildet står ikke under [[pictures]] i resource.toml.",
        "«kort-1.png» står to ganger.",
    ]


def test_a_drawing_that_changed_after_its_picture_was_made_is_found(desk: Desk) -> None:
    drawn = desk.folder / "kort-1.svg"
    drawn.write_text("<svg/>", encoding="utf-8")
    said = PngImagePlugin.PngInfo()
    said.add_text("source-sha256", digest(drawn.read_bytes()))
    desk.picture("kort-1.png", saved(drawing(), "PNG", pnginfo=said))
    assert desk.faults() == ()
    drawn.write_text("<svg></svg>", encoding="utf-8")
    [fault] = desk.faults()
    assert "make pictures" in fault.message


def test_who_says_that_pictures_are_needed_has_some(desk: Desk) -> None:
    desk.edit("resource.toml", '"paper-and-pen"]', '"paper-and-pen", "pictures"]')
    [fault] = desk.faults()
    assert "ingen under [[pictures]]" in fault.message


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_pictures_are_published_with_the_resource_and_a_second_run_changes_nothing(desk: Desk) -> None:
    other = saved(drawing(seed=2), "PNG")
    desk.picture("kort-1.png", PNG)
    desk.picture("kort-2.png", other)
    desk.load()
    shown = [(each.position, each.file.sha256, each.alt) for each in published().attachments.select_related("file")]
    alt = {"nb": "En kopp.", "nn": "Ein kopp."}
    assert shown == [(1, digest(PNG), alt), (2, digest(other), alt)]
    assert verify_published() == ()
    assert desk.load().endswith("1 uendret\n")
    desk.edit("resource.toml", 'file = "kort-2.png"\nalt.nb = "En kopp."', 'file = "kort-2.png"\nalt.nb = "To kopper."')
    desk.load()
    assert published().number == 2
    assert [each.alt["nb"] for each in published().attachments.all()] == ["En kopp.", "To kopper."]


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_a_new_draft_has_the_pictures_of_what_is_published(desk: Desk) -> None:
    desk.picture("kort-1.png", PNG)
    desk.load()
    draft = revise(published().resource, by=person("Anna", RoleName.CONTRIBUTOR), now=NOW)
    assert content_of(draft).pictures == content_of(published()).pictures
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_only_a_picture_of_something_public_is_served_and_it_may_be_remembered_for_ever(desk: Desk, client: Client) -> None:
    desk.picture("kort-1.png", PNG)
    desk.load()
    sha256 = digest(PNG)
    response = client.get(f"/bilde/{sha256}-320.webp")
    assert b"".join(response.streaming_content) == path_of(sha256, 320).read_bytes()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    for address in (f"/bilde/{sha256}-321.webp", f"/bilde/{digest(b'')}-320.webp", f"/bilde/{sha256}-320.png", "/bilde/..%2f-320.webp"):
        assert client.get(address).status_code == 404
    revision = published()
    retire(revision, by=person("Karl", RoleName.CURATOR), now=NOW, seen=revision.version, reason="Prøve.")
    assert client.get(f"/bilde/{sha256}-320.webp").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
@pytest.mark.parametrize("place", ["", "deltaker/", "ark/"])
def test_pages_show_the_pictures_and_say_in_words_what_they_show(place: str, desk: Desk, client: Client) -> None:
    desk.picture("kort-1.png", PNG)
    desk.load()
    text = client.get(f"/nn/ressurs/{SLUG}/{place}").content.decode()
    assert f'src="/bilde/{digest(PNG)}-400.webp" srcset="/bilde/{digest(PNG)}-320.webp 320w, /bilde/{digest(PNG)}-400.webp 400w"' in text
    assert 'width="400" height="300" alt="Ein kopp." lang="nn"' in text


@pytest.mark.django_db
@pytest.mark.usefixtures("framework")
def test_the_api_gives_every_size_of_a_picture(desk: Desk, client: Client) -> None:
    desk.picture("kort-1.png", PNG)
    desk.load()
    answer = client.get(f"/api/v1/resources/{Resource.objects.get(slug=SLUG).public_id}").json()
    address = f"http://127.0.0.1:8000/bilde/{digest(PNG)}"
    sizes = [{"url": f"{address}-320.webp", "width": 320, "height": 240}, {"url": f"{address}-400.webp", "width": 400, "height": 300}]
    said = {"alt": {"nb": "En kopp.", "nn": "Ein kopp."}, "rights": "", "source_url": ""}
    assert answer["pictures"] == [{**said, "sizes": sizes}]
    assert answer["files"] == []
