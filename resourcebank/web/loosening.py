"""The way on from a search that found nothing or little: what to let go of, with the hits it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.catalogue import Looser, bare
from resourcebank.web.asked import address
from resourcebank.web.chosen import bound_phrase
from resourcebank.web.words import Labels
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class LooserView:
    """A link to a looser search; `hits` in words, empty when nobody could count them."""

    url: str
    text: str
    hits: str


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Where to go from here. `need_url` is where somebody says that this is missing, `give_url` where they send it in."""

    looser: tuple[LooserView, ...]
    need_url: str
    give_url: str


def dead_end(wanted: SearchRequest, looser: Sequence[Looser], labels: Labels) -> DeadEnd:
    """The way on from a search."""
    return DeadEnd(
        looser=tuple(LooserView(address(each.request), _without(each, wanted, labels), hits_in_words(each.hits)) for each in looser),
        need_url=f"{reverse('web:need')}?{bare(wanted).to_query()}",
        give_url=reverse("web:contribute"),
    )


def hits_in_words(number: int | None) -> str:
    """`3 treff`; nothing for a number nobody knows."""
    return "" if number is None else ngettext("%(number)s treff", "%(number)s treff", number) % {"number": number}


def _without(looser: Looser, wanted: SearchRequest, labels: Labels) -> str:
    match looser.what:
        case "words":
            return _("Uten ordene «%(text)s»") % {"text": wanted.text}
        case "filters":
            return _("Uten filtre")
        case "number":
            return _("Uten «%(choice)s»") % {"choice": bound_phrase(looser.name, wanted.bound(looser.name) or 0)}
        case "values":
            names = ", ".join(_named(looser, labels))
            if looser.name == "language":
                return _("Også på andre språk enn %(language)s") % {"language": names}
            return _("Uten «%(choice)s»") % {"choice": names}


def _named(looser: Looser, labels: Labels) -> Iterator[str]:
    return (labels.get((looser.name, value), value) for value in looser.values)
