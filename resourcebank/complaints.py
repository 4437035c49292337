"""What is wrong with a search that cannot be answered as asked, or with a file that cannot be taken, in words: the same at every door."""

from __future__ import annotations

import unicodedata
from typing import assert_never

from django.utils.translation import gettext as _

from media.decoder import MAX_PIXELS
from media.errors import FileRefused, Kind, PictureRefused
from media.pictures import MAX_BYTES
from media.shelf import MAX_BYTES as MOST_OF_KIND
from search.errors import BadQuery

RETRY_SECONDS = 30
"""When a reader should try again while no engine answers."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def quoted(value: str) -> str:
    """A value somebody gave, for a sentence: without what cannot be seen, and kept from turning the text around it."""
    return f"\u2068{''.join(char for char in value if unicodedata.category(char) not in _UNSEEN)}\u2069"


def complaint(fault: BadQuery, *, name: str = "") -> str:
    """What is wrong, as one or two sentences in the active language. `name` is what the reader knows the field by, if not by its own name.

    Where the way out depends on the door (a page answers anyway, the API does not), the door adds its own sentence.
    """
    value = quoted(fault.value)
    match fault.code, fault.field:
        case "unknown-parameter", field:
            return _("Parameteren «%(name)s» finnes ikke.") % {"name": quoted(field)}
        case "too-long", _field:
            return _("Søket er for langt. Bruk høyst %(limit)s tegn, helst noen få ord.") % {"limit": fault.limit}
        case "out-of-window", _field:
            return _("Så langt ut i treffene kan vi ikke bla. Avgrens søket med et ord eller et filter.")
        case _code, "page":
            return _("Siden «%(value)s» finnes ikke.") % {"value": value}
        case _code, "page_size":
            return _("«%(value)s» treff på en side går ikke.") % {"value": value}
        case _code, "sort":
            return _("Rekkefølgen «%(value)s» finnes ikke.") % {"value": value}
        case _code, "minutes_max" | "minutes_min":
            return _("«%(value)s» er ikke et antall minutter. Skriv et helt tall, for eksempel 15.") % {"value": value}
        case _code, "group":
            return _("«%(value)s» er ikke et antall personer. Skriv et helt tall, for eksempel 4.") % {"value": value}
        case _code, field:
            return _("«%(value)s» finnes ikke under %(name)s.") % {"value": value, "name": name or field}


def picture_complaint(refused: PictureRefused) -> str:
    """Why a picture is not taken, and what to do about it, in the active language."""
    match refused.code:
        case "too-large":
            return _("Filen er for stor: høyst %(most)d MB. Lagre bildet mindre.") % {"most": MAX_BYTES // 1_000_000}
        case "file-type":
            return _("Filen er ikke et bilde vi tar imot. Lagre det som PNG, JPEG, WebP eller GIF.")
        case "unreadable":
            return _("Bildet er skadet eller ikke helt. Åpne det i et bildeprogram og lagre det på nytt.")
        case "too-many-pixels":
            return _("Bildet har for mange bildepunkter: høyst %(most)d millioner. Lagre det mindre.") % {"most": MAX_PIXELS // 1_000_000}
        case "moving":
            return _("Bildet beveger seg. Lagre ett av bildene i det, eller lever det som film.")
        case "colours":
            return _("Bildet har farger for trykk (CMYK) eller et annet fargevalg som ikke er for skjerm. Lagre det som RGB.")
        case "too-heavy":
            return _("Bildet tok for mye minne eller tid å åpne. Lagre det på nytt i et bildeprogram, helst mindre.")
        case _ as never:
            assert_never(never)


def file_complaint(refused: FileRefused | PictureRefused) -> str:
    """Why a file is not taken, and what to do about it, in the active language."""
    if isinstance(refused, PictureRefused):
        return picture_complaint(refused)
    if refused.code == "too-large":
        return _too_large(refused.kind)
    if refused.code == "file-type":
        return _other_type(refused.kind)
    return {
        "empty": _("Filen er tom. Lagre den på nytt, og prøv igjen."),
        "unreadable": _("Filen er skadet, ikke hel, eller to filer i én. Åpne den, og lagre den på nytt."),
        "too-heavy": _("Filen tok for mye minne eller tid å åpne. Lagre den enklere, for eksempel uten store bilder."),
        "locked": _("Dokumentet er låst med passord. Lagre det uten."),
        "active": _(
            "Filen inneholder program, andre filer eller noe som hentes fra andre steder. Lagre den uten, for eksempel som ny PDF."
        ),
        "unpacks": _("Filen pakkes ut til svært mye mer enn den er. Lagre dokumentet på nytt, gjerne som PDF."),
        "codec": _("Ikke alle nettlesere kan spille av filmen. Lagre den som MP4 med H.264 og AAC, eller som WebM."),
        "markup": _("Tekstingen inneholder kode fra nettsider. Lagre den som ren tekst i WebVTT eller SRT."),
        "no-cues": _("Tekstingen har ingen tekster med tid. Lagre den som WebVTT eller SRT fra programmet den er laget i."),
        "encoding": _("Bokstavene i tekstingen kan ikke leses. Lagre filen som UTF-8."),
    }[refused.code]


def _too_large(kind: Kind) -> str:
    most = MOST_OF_KIND[kind]
    if most < 1_000_000:
        return _("Filen er for stor: høyst %(most)d kB. Lever bare tekstingen.") % {"most": most // 1_000}
    return _("Filen er for stor: høyst %(most)d MB. Lagre den mindre.") % {"most": most // 1_000_000}


def _other_type(kind: Kind) -> str:
    match kind:
        case "document":
            return _("Filen er ikke et dokument vi tar imot. Lagre det som PDF, DOCX eller ODT.")
        case "film":
            return _("Filen er ikke en film vi tar imot. Lagre den som MP4 med H.264 og AAC, eller som WebM.")
        case "captions":
            return _("Filen er ikke teksting vi tar imot. Lagre den som WebVTT eller SRT.")
        case _ as never:
            assert_never(never)
