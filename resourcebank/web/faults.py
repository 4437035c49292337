"""What the page says about a part of the address that cannot be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from resourcebank.catalogue import LabelledFacet
from resourcebank.web.asked import address
from search.errors import BadQuery
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class FaultView:
    """One sentence, and a link to what was probably meant (empty when nothing comes near)."""

    sentence: str
    meant: str
    url: str


def fault_view(fault: BadQuery, wanted: SearchRequest, facets: Sequence[LabelledFacet]) -> FaultView:
    """The sentence for one fault, in the language of the page."""
    value = f"\u2068{fault.value}\u2069"
    match fault.code, fault.field:
        case "too-long", _field:
            return _plain(_("Søket er for langt. Bruk høyst %(limit)s tegn, helst noen få ord.") % {"limit": fault.limit})
        case "out-of-window", _field:
            return _plain(_("Så langt ut i treffene kan vi ikke bla. Avgrens søket med et ord eller et filter."))
        case _code, "page":
            return _plain(_("Siden «%(value)s» finnes ikke. Her er den første.") % {"value": value})
        case _code, "page_size":
            return _plain(_("«%(value)s» treff på en side går ikke. Her er det vanlige antallet.") % {"value": value})
        case _code, "sort":
            return _plain(_("Rekkefølgen «%(value)s» finnes ikke. Her er treffene i vanlig rekkefølge.") % {"value": value})
        case _code, "minutes_max" | "minutes_min":
            return _plain(_("«%(value)s» er ikke et antall minutter. Skriv et helt tall, for eksempel 15.") % {"value": value})
        case _code, "group":
            return _plain(_("«%(value)s» er ikke et antall personer. Skriv et helt tall, for eksempel 4.") % {"value": value})
        case _:
            return _facet_fault(fault, value, wanted, facets)


def _plain(sentence: str) -> FaultView:
    return FaultView(sentence, "", "")


def _facet_fault(fault: BadQuery, value: str, wanted: SearchRequest, facets: Sequence[LabelledFacet]) -> FaultView:
    facet = next((facet for facet in facets if facet.name == fault.field), None)
    name = facet.label if facet else fault.field
    sentence = _("«%(value)s» finnes ikke under %(name)s. Vi har sett bort fra det valget.") % {"value": value, "name": name}
    if fault.nearest is None or fault.nearest in wanted.chosen(fault.field):
        return _plain(sentence)
    meant = next((one.label for one in facet.values if one.value == fault.nearest), fault.nearest) if facet else fault.nearest
    return FaultView(sentence, meant, address(replace(wanted.toggled(fault.field, fault.nearest), page=1)))
