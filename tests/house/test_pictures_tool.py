"""`make pictures`: a drawing becomes a picture that says what it was made from, and nothing else than a drawing does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from media.shelf import digest
from resourcebank.bank_form.pictures import made_from
from tools.pictures import NotADrawing, size_of, stale

ROOT = Path(__file__).resolve().parents[2]
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240"><circle cx="120" cy="120" r="90" fill="#c8553d"/></svg>'
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'


@pytest.mark.browser
def test_a_drawing_becomes_a_picture_and_a_changed_one_a_new_picture(tmp_path: Path) -> None:
    drawing = tmp_path / "kort-1.svg"
    drawing.write_text(DRAWING, encoding="utf-8")
    assert stale(drawing)
    subprocess.run([sys.executable, "-m", "tools.pictures", str(drawing)], cwd=ROOT, check=True)
    with Image.open(drawing.with_suffix(".png")) as picture:
        assert picture.size == (960, 480)
        seen = picture.convert("RGB")
        assert (seen.getpixel((240, 240)), seen.getpixel((900, 240))) == ((200, 85, 61), (255, 255, 255))
    assert made_from(drawing.with_suffix(".png").read_bytes()) == digest(drawing.read_bytes())
    assert not stale(drawing)
    drawing.write_text(DRAWING.replace("#c8553d", "#3f7cac"), encoding="utf-8")
    assert stale(drawing)


@pytest.mark.parametrize(
    "text",
    [
        "no drawing",
        "<svg/>",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        f"{HEAD}<script>alert(1)</script></svg>",
        f"{HEAD}<text>Hei</text></svg>",
        f'{HEAD}<image x:href="https://example.org/a.png"/></svg>',
        f'{HEAD}<use x:href="other.svg#a"/></svg>',
        f'{HEAD}<rect onclick="alert(1)"/></svg>',
        f'{HEAD}<rect fill="url(https://example.org/a)"/></svg>',
    ],
)
def test_what_is_more_or_less_than_a_drawing_is_refused(text: str) -> None:
    with pytest.raises(NotADrawing):
        size_of(text.encode())


def test_a_drawing_may_use_its_own_parts() -> None:
    assert size_of(f'{HEAD}<g id="a"/><use x:href="#a" fill="url(#b)"/></svg>'.encode()) == (960, 960)
