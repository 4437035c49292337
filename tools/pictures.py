#!/usr/bin/env python3
"""Make the PNG of every own drawing: `python -m tools.pictures [SVG …]`, without names every one in fixtures/bank/ that has changed.

A drawing is `x.svg` with a viewBox, without text, script or anything from elsewhere; it becomes `x.png` beside it, 960 pixels wide,
which says in a text chunk which drawing it was made from (`check_content` compares).
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

from PIL import Image, PngImagePlugin
from playwright.sync_api import Browser, sync_playwright

from tools.browser import browser_arguments, browser_executable

ROOT = Path(__file__).resolve().parents[1]
BANK = ROOT / "fixtures" / "bank"
SOURCE = "source-sha256"
WIDTH = 960
_SVG = "{http://www.w3.org/2000/svg}"
_REFUSED = {f"{_SVG}{name}" for name in ("script", "text", "image", "foreignObject", "style", "animate", "a")}
_ELSEWHERE = re.compile(r"(?:url\(\s*['\"]?(?!#)|https?:|data:)", re.IGNORECASE)


class NotADrawing(Exception):
    """The message says what is wrong with the file."""


def size_of(drawing: bytes) -> tuple[int, int]:
    """Width and height of the PNG in pixels. Raises NotADrawing for what is more, or less, than a drawing."""
    try:
        root = Xml.fromstring(drawing)  # noqa: S314  drawings of our own
    except Xml.ParseError as error:
        raise NotADrawing(f"it is not whole: {error}") from error
    box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number]
    if root.tag != f"{_SVG}svg" or len(box) != 4 or min(box[2:]) <= 0:
        raise NotADrawing("it is no SVG with a viewBox")
    for element in root.iter():
        if element.tag in _REFUSED:
            raise NotADrawing(f"it holds <{element.tag.removeprefix(_SVG)}>")
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or _ELSEWHERE.search(value) or (name.endswith("href") and not value.startswith("#")):
                raise NotADrawing(f"{name} points elsewhere or runs something")
    return WIDTH, round(WIDTH * box[3] / box[2])


def stale(drawing: Path) -> bool:
    """There is no picture of the drawing as it is now."""
    picture = drawing.with_suffix(".png")
    if not picture.exists():
        return True
    with Image.open(picture, formats=["PNG"]) as made:
        return made.info.get(SOURCE) != hashlib.sha256(drawing.read_bytes()).hexdigest()


def make(browser: Browser, drawing: Path) -> None:
    """Write the picture beside the drawing."""
    data = drawing.read_bytes()
    width, height = size_of(data)
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.context.set_offline(True)
        svg = re.sub(r"^<\?xml.*?\?>", "", data.decode("utf-8").strip())
        page.set_content(f'<!doctype html><body style="margin:0;background:#fff">{svg}</body>')
        page.evaluate(
            "([w, h]) => { const s = document.querySelector('svg').style; s.display = 'block'; s.width = w; s.height = h }",
            [f"{width}px", f"{height}px"],
        )
        shot = page.screenshot()
    finally:
        page.close()
    said = PngImagePlugin.PngInfo()
    said.add_text(SOURCE, hashlib.sha256(data).hexdigest())
    with Image.open(io.BytesIO(shot)) as picture:
        # A drawing has few colours: a palette makes the file a third, and nobody sees the difference.
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(drawing.with_suffix(".png"), "PNG", optimize=True, pnginfo=said)


def main(names: list[str]) -> int:
    """1 when a drawing cannot be made into a picture, or there is no browser."""
    drawings = [Path(name) for name in names] or [path for path in sorted(BANK.glob("*/*.svg")) if stale(path)]
    executable = browser_executable()
    if drawings and not executable:
        print("Chromium is not installed, and it draws the pictures.")
        return 1
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=browser_arguments())
        for number, drawing in enumerate(drawings, start=1):
            try:
                make(browser, drawing)
                print(
                    f"{number}/{len(drawings)} {drawing.with_suffix('.png').relative_to(ROOT) if drawing.is_relative_to(ROOT) else drawing}"
                )
            except NotADrawing as error:
                failed += 1
                print(f"{drawing}: {error}.")
        browser.close()
    if not drawings:
        print("Every drawing has its picture.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
