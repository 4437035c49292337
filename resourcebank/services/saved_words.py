"""The words of the mail about a kept search."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.selectors import Card
from resourcebank.services.letters import Item, Letter, public_link, quoted_title

LONGEST_SUMMARY = 200


def new_hits(name: str, query: str, cards: Sequence[Card], *, more: int) -> Letter:
    """To whoever keeps the search: what is new in it, each resource in the reader's language; `more` are not named."""
    number = len(cards) + more
    subject = ngettext("%(number)d ny ressurs i søket %(name)s", "%(number)d nye ressurser i søket %(name)s", number)
    rest = ngettext("Og %(number)d til.", "Og %(number)d til.", more) % {"number": more} if more else ""
    items = (Item(card.title, Truncator(card.summary).chars(LONGEST_SUMMARY), public_link(card.slug), card.language) for card in cards)
    return Letter(
        subject % {"number": number, "name": quoted_title(name)},
        (_("Dette har kommet til siden sist:"),),
        items=tuple(items),
        after=rest,
        link=f"{settings.SITE_URL}{reverse('web:search')}?{query}&sort=newest",
        link_text=_("Se alle treffene i søket"),
    )
