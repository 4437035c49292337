"""Reading a DOCX or ODT that nobody trusts: a zip archive of XML. Every part is unpacked and counted, every XML read without a
document type (and so without entities), and refused is whatever acts by itself or is fetched from elsewhere.

Runs in the confined program alone.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from media.confined import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
_MOST_PARTS = 4_000
_MOST_BYTES = 200_000_000
_MOST_DEEP = 500
_PIECE = 65_536
_DOCX_MAIN = f"{DOCX}.main+xml"
_MACRO = "macroEnabled"
_PROGRAMS = (
    ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".ps1", ".scr", ".vbe", ".vbs", ".wsf",
    "vbaproject.bin", "vbadata.xml",
)  # fmt: skip
_ACTIVE_FOLDERS = ("word/embeddings/", "word/activex/", "basic/", "scripts/", "macros/", "configurations2/scripts/")
_FETCHING = frozenset({"image", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source", "fill-image"})
_BREAKS = {"p": "\n", "h": "\n", "br": "\n", "line-break": "\n", "tab": "\t", "s": " "}


def read_office(data: bytes, *, most: int) -> tuple[str, str, int | None]:
    """The media type, the text (about `most` characters) and the pages the document says it has. Raises Refused."""
    if data[:4] != b"PK\x03\x04" or data[-22:-18] != b"PK\x05\x06":
        raise Refused("unreadable")  # something before or after the archive: two files in one
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, most)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError, expat.ExpatError,
    ) as error:  # fmt: skip
        raise Refused("unreadable") from error


def _read(archive: zipfile.ZipFile, most: int) -> tuple[str, str, int | None]:
    names = _require_plain_names(archive)
    media_type = _media_type(archive, names)
    seen = {name: Part(name, most) for name in names if name.lower().endswith((".xml", ".rels"))}
    left = _MOST_BYTES
    for info in archive.infolist():
        parser = _parser(seen[info.filename]) if info.filename in seen else None
        with archive.open(info) as source:
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise Refused("unpacks")
                if parser:
                    parser.Parse(piece, False)
        if parser and info.file_size:  # LibreOffice leaves some parts empty
            parser.Parse(b"", True)
    return media_type, *_said(media_type, seen)


def _require_plain_names(archive: zipfile.ZipFile) -> list[str]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise Refused("unpacks")
    if len(set(names)) < len(names) or any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Refused("unreadable")
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("locked")
    lowered = [name.lower() for name in names]
    if any(name.endswith(_PROGRAMS) or (name.startswith(_ACTIVE_FOLDERS) and not name.endswith("/")) for name in lowered):
        raise Refused("active")
    return names


def _media_type(archive: zipfile.ZipFile, names: list[str]) -> str:
    if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 100:
        if archive.read("mimetype").strip() == ODT.encode() and "content.xml" in names:
            return ODT
    elif "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    raise Refused("file-type")


@dataclass(slots=True)
class Part:
    """What was found in one part of XML. `main`: it says to be a Word document; `acts`: something in it runs or is fetched."""

    name: str
    most: int
    text: list[str] = field(default_factory=list)
    length: int = 0
    deep: int = 0
    pages: str = ""
    main: bool = False
    acts: bool = False
    locked: bool = False
    inside: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        self.deep += 1
        if self.deep > _MOST_DEEP:
            raise Refused("unreadable")
        self.inside.append(name)
        given = {_local(key): value for key, value in attributes.items()}
        if self.name.endswith(".rels"):
            self.acts |= given.get("TargetMode") == "External" and not given.get("Type", "").endswith("/hyperlink")
        elif self.name == "[Content_Types].xml":
            self.acts |= _MACRO in given.get("ContentType", "")
            self.main |= given.get("PartName") == "/word/document.xml" and given.get("ContentType") == _DOCX_MAIN
        else:
            self.acts |= name in ("event-listener", "script") or (name in _FETCHING and _leads_out(given.get("href", "")))
            self.locked |= name == "encryption-data"
            self.pages = given.get("page-count", self.pages) if name == "document-statistic" else self.pages
        if name in ("tab", "s", "br", "line-break"):
            self.add(_BREAKS[name])

    def end(self, tag: str) -> None:
        """An element ends."""
        self.deep -= 1
        name = self.inside.pop()
        if name in ("p", "h"):
            self.add("\n")

    def said(self, text: str) -> None:
        """Words."""
        if self.name == "docProps/app.xml" and self.inside[-1:] == ["Pages"]:
            self.pages += text
        elif self.name == "content.xml" or self.inside[-1:] == ["t"]:
            self.add(text)

    def add(self, text: str) -> None:
        """Words of the document itself, until there are enough."""
        if self.name in ("content.xml", "word/document.xml") and self.length < self.most:
            self.text.append(text)
            self.length += len(text)


def _leads_out(address: str) -> bool:
    return "://" in address or address.startswith(("/", "\\", "..", "file:", "data:"))


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _parser(part: Part) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_declared: object) -> None:
        raise Refused("unreadable")  # no document of these kinds has a document type; entities, and bombs of them, need one

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.said
    return parser


def _said(media_type: str, parts: Mapping[str, Part]) -> tuple[str, int | None]:
    if any(part.locked for part in parts.values()):
        raise Refused("locked")
    if any(part.acts for part in parts.values()):
        raise Refused("active")
    if media_type == DOCX and not parts["[Content_Types].xml"].main:
        raise Refused("file-type")
    text = "".join(parts["content.xml" if media_type == ODT else "word/document.xml"].text)
    return "\n".join(_lines(text)), next((int(part.pages) for part in parts.values() if _is_count(part.pages)), None)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text) > 0


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())
