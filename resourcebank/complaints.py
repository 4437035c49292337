"""What is wrong with a search that cannot be answered as asked, in words: the same on the pages and in the API."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

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
