"""What the page says about a part of the address that cannot be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from resourcebank.catalogue import LabelledFacet
from resourcebank.complaints import complaint
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
    """What is wrong and what the page did instead, in the language of the page."""
    facet = next((facet for facet in facets if facet.name == fault.field), None)
    sentence = f"{complaint(fault, name=facet.label if facet else '')} {_instead(fault)}".rstrip()
    if facet is None or fault.nearest is None or fault.nearest in wanted.chosen(facet.name):
        return FaultView(sentence, "", "")
    meant = next((one.label for one in facet.values if one.value == fault.nearest), fault.nearest)
    return FaultView(sentence, meant, address(replace(wanted.toggled(facet.name, fault.nearest), page=1)))


def _instead(fault: BadQuery) -> str:
    """What the page shows although part of the address makes no sense."""
    match fault.code, fault.field:
        case "too-long", _field:
            return ""
        case _code, "page":
            return _("Her er den første siden.")
        case _code, "page_size" | "sort":
            return _("Her er treffene slik de vanligvis vises.")
        case _code, "minutes_max" | "minutes_min" | "group":
            return ""
        case _:
            return _("Vi har sett bort fra det valget.")
