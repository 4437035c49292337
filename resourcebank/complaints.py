"""What is wrong with a search that cannot be answered as asked, or with a file that cannot be taken, in words: the same at every door."""

from __future__ import annotations

import unicodedata
from typing import assert_never

from django.utils.translation import gettext as _

from media.decoder import MAX_PIXELS
from media.errors import PictureRefused
from media.pictures import MAX_BYTES
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
