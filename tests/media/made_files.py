"""Documents, films and captions made for tests, good and bad: real files, written byte by byte where no tool is at hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from media.office import DOCX, ODT

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOMB = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))


def pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF with a line of text on each page."""
    return _finished(_pdf_writer(lines, pages))


def _pdf_writer(lines: tuple[str, ...], pages: int) -> PdfWriter:
    writer = PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    for number in range(pages):
        page = writer.add_blank_page(300, 300)
        text = lines[number] if number < len(lines) else f"Side {number + 1}"
        drawn = DecodedStreamObject()
        drawn.set_data(b"BT /F1 12 Tf 20 200 Td (" + text.encode("cp1252") + b") Tj ET")
        page[NameObject("/Contents")] = writer._add_object(drawn)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(named)})}
        )
    return writer


def _finished(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_script() -> bytes:
    """A PDF that runs JavaScript when it is opened."""
    writer = _pdf_writer((), 1)
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hei');")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return _finished(writer)


def pdf_with_hidden_script() -> bytes:
    """A PDF whose script stands in a short name inside an action of an annotation, spelt with an escape."""
    return pdf_with(lambda page: page.update({
        NameObject("/Annots"): ArrayObject([DictionaryObject({
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
            NameObject("/A"): DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")}),
        })]),
    }))  # fmt: skip


def pdf_that_launches() -> bytes:
    """A PDF with an action that starts a program."""
    return pdf_with(lambda page: page.update({
        NameObject("/AA"): DictionaryObject({NameObject("/O"): DictionaryObject({
            NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe"),
        })}),
    }))  # fmt: skip


def pdf_with(change: Callable[[DictionaryObject], object]) -> bytes:
    """A PDF whose only page was changed."""
    writer = _pdf_writer((), 1)
    change(writer.pages[0])
    return _finished(writer)


def pdf_with_file() -> bytes:
    """A PDF with another file inside it."""
    writer = _pdf_writer((), 1)
    writer.add_attachment("annet.exe", b"MZ")
    return _finished(writer)


def pdf_locked() -> bytes:
    """A PDF with a password."""
    writer = _pdf_writer((), 1)
    writer.encrypt("hemmelig", algorithm="RC4-128")
    return _finished(writer)


def pdf_and_zip() -> bytes:
    """A PDF that is a zip archive too, which lies where a reader of PDF does not look: two files in one."""
    return pdf().replace(b"startxref", b"%" + archive({"a.txt": "hei"}) + b"\nstartxref")


def archive(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document_xml(*paragraphs: str) -> str:
    """The words of a Word document."""
    said = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{said}</w:body></w:document>'


def docx(*paragraphs: str, **more: str | bytes) -> bytes:
    """A Word document; `more` are parts by name, with `__` for `/`, that replace or join its own."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": document_xml(*(paragraphs or ("Fire stoler", "Velg en stol."))),
        "docProps/app.xml": "<Properties><Pages>2</Pages></Properties>",
    }
    return archive(parts | {name.replace("__", "/"): data for name, data in more.items()})


def docx_with(name: str, data: str | bytes) -> bytes:
    """A Word document with one part more, or another."""
    return docx(**{name.replace("/", "__"): data})


def odt(*paragraphs: str) -> bytes:
    """A document of LibreOffice."""
    text = "".join(f"<text:p>{each}</text:p>" for each in paragraphs or ("Fire stoler",))
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f"<office:document-content {spaces}><office:body>{text}</office:body></office:document-content>"
    return archive({"mimetype": ODT, "content.xml": content, "Configurations2/accelerator/current.xml": ""}, stored=("mimetype",))


def relation(kind: str) -> str:
    """The relations of a Word document, with one that leads out of it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/{kind}" Target="https://example.org/x" TargetMode="External"/></Relationships>'
    )


def zip_bomb() -> bytes:
    """A Word document of 300 kB that unpacks to 300 MB."""
    return docx_with("word/media/image1.emf", bytes(300_000_000))


def billion_laughs() -> bytes:
    """A Word document whose XML unfolds to 10^9 words."""
    laughs = f'<!DOCTYPE w [<!ENTITY l0 "ha">{_BOMB}]>'
    return docx_with("word/document.xml", document_xml("&l9;").replace("?><w", f"?>{laughs}<w"))


def box(name: bytes, *inside: bytes) -> bytes:
    """A box of an MP4 file."""
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), name) + content


def _track(handler: bytes, coding: bytes, *, width: int = 0, height: int = 0) -> bytes:
    head = bytes(76) + struct.pack(">II", width << 16, height << 16)
    description = bytes(4) + struct.pack(">I", 1) + struct.pack(">I4s", 16, coding) + bytes(8)
    return box(
        b"trak", box(b"tkhd", head),
        box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13)), box(b"minf", box(b"stbl", box(b"stsd", description)))),
    )  # fmt: skip


def mp4(video: bytes = b"avc1", sound: bytes = b"mp4a", *, seconds: int = 75, film: bytes = b"\0" * 1000) -> bytes:
    """The shape of an MP4 film: every head a reader looks at, and no picture in it."""
    moved = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    tracks = [_track(b"vide", video, width=640, height=360)] + ([_track(b"soun", sound)] if sound else [])
    return box(b"ftyp", b"isom\0\0\0\1isomavc1") + box(b"moov", box(b"mvhd", moved), *tracks) + box(b"mdat", film)


def element(name: int, *inside: bytes) -> bytes:
    """An element of a WebM file."""
    content = b"".join(inside)
    return name.to_bytes((name.bit_length() + 7) // 8) + (len(content) | 1 << 56).to_bytes(8) + content


def webm(coding: str = "V_VP9", *more: bytes, doctype: bytes = b"webm") -> bytes:
    """The shape of a WebM film of 90 seconds."""
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(4)), element(0x4489, struct.pack(">d", 90_000.0)))
    video = element(0xE0, element(0xB0, (320).to_bytes(2)), element(0xBA, (180).to_bytes(2)))
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, coding.encode()), video))
    cluster = element(0x1F43B675, element(0xE7, b"\0"), bytes([0xEC, 0x82, 0, 0]))
    return element(0x1A45DFA3, element(0x4282, doctype)) + element(0x18538067, info, tracks, *more, cluster)


VTT = (
    "WEBVTT - laget i dag\n\nNOTE hei\n\nSTYLE\n::cue { background: url(https://example.org/x) }\n\n1\n"
    "00:01.000 --> 00:03.500 align:start onclick:x\n<v Kari>Velg en stol & sett deg.\n\n00:00:04.000 --> 00:00:06.000\n<i>Hva så du?</i>\n"
).encode()
SRT = "1\r\n00:00:01,000 --> 00:00:03,500\r\n<font color=red>Hei på deg</font>\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\nÅ ja\r\n"

REFUSED_DOCUMENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "empty"),
    "a renamed program": (lambda: b"MZ\x90\x00" + bytes(500), "file-type"),
    "a web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "file-type"),
    "a PDF cut short": (lambda: pdf()[:300], "unreadable"),
    "a PDF that is nothing but its first and last word": (lambda: b"%PDF-1.7\nhei\n%%EOF", "unreadable"),
    "a PDF with a script": (pdf_with_script, "active"),
    "a PDF with a hidden script": (pdf_with_hidden_script, "active"),
    "a PDF that starts a program": (pdf_that_launches, "active"),
    "a PDF with a file inside": (pdf_with_file, "active"),
    "a PDF with a password": (pdf_locked, "locked"),
    "a PDF that is a zip too": (pdf_and_zip, "unreadable"),
    "a zip": (lambda: archive({"a.txt": "hei"}), "file-type"),
    "a spreadsheet's name for a document": (
        lambda: docx_with("[Content_Types].xml", CONTENT_TYPES.replace("wordprocessingml", "spreadsheetml")),
        "file-type",
    ),
    "a document with macros": (lambda: docx_with("word/vbaProject.bin", b"x"), "active"),
    "a document with another inside": (lambda: docx_with("word/embeddings/oleObject1.bin", b"x"), "active"),
    "a document that fetches a template": (
        lambda: docx_with("word/_rels/settings.xml.rels", relation("attachedTemplate")), "active",
    ),
    "a zip bomb": (zip_bomb, "unpacks"),
    "a billion laughs": (billion_laughs, "unreadable"),
    "a document that looks outside": (
        lambda: docx_with("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), "unreadable",
    ),
    "a document whose XML never ends": (lambda: docx_with("word/document.xml", document_xml("hei")[:-20]), "unreadable"),
    "a document 600 deep": (lambda: docx_with("word/document.xml", "<a>" * 600 + "</a>" * 600), "unreadable"),
    "a document with a way out of its folder": (lambda: docx_with("../../etc/cron.d/x", "x"), "unreadable"),
    "a page before the archive": (lambda: b"<html>" + docx(), "file-type"),
    "something after the archive": (lambda: docx() + b"<script>", "unreadable"),
}  # fmt: skip
REFUSED_FILMS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "empty"),
    "a renamed program": (lambda: b"MZ\x90\x00" + bytes(500), "file-type"),
    "a film for telephones of one maker": (lambda: mp4(video=b"hvc1"), "codec"),
    "a film with foreign sound": (lambda: mp4(sound=b"ac-3"), "codec"),
    "a film cut short": (lambda: mp4()[:-100], "unreadable"),
    "a film with something after it": (lambda: mp4() + archive({"a.txt": "hei"}), "unreadable"),
    "a film that is a zip too": (lambda: mp4(film=archive({"a.txt": "hei"})), "unreadable"),
    "a film with a page in its end": (lambda: mp4() + b"<script>alert(1)</script>", "unreadable"),
    "sound alone": (lambda: box(b"ftyp", b"isom\0\0\0\1") + box(b"moov", _track(b"soun", b"mp4a")) + box(b"mdat", b"x"), "unreadable"),
    "boxes in boxes that claim too much": (lambda: box(b"ftyp", b"isom") + struct.pack(">I4s", 2**31, b"moov"), "unreadable"),
    "a Matroska film": (lambda: webm(doctype=b"matroska"), "unreadable"),
    "a WebM with another coding": (lambda: webm("V_MPEG4/ISO/AVC"), "codec"),
    "a WebM with files inside": (lambda: webm("V_VP9", element(0x1941A469, b"")), "active"),
    "a WebM cut short": (lambda: webm()[:-4], "unreadable"),
}
REFUSED_CAPTIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "empty"),
    "only a headline": (lambda: b"WEBVTT\n\n", "no-cues"),
    "a text": (lambda: b"Hei\n\nDette er ingen teksting.\n", "file-type"),
    "a script": (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>\n", "markup"),
    "a picture of a web page": (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>\n", "markup"),
    "a script in SRT": (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n<script>x</script>\n", "markup"),
    "times that are none": (lambda: b"WEBVTT\n\n00:99.000 --> soon\nHei\n", "unreadable"),
    "letters that are none": (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\nH\xe5p\n", "encoding"),
    "zeros": (lambda: bytes(2000), "file-type"),
}
