"""The addresses a text leads to, and what is known of their health."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from resourcebank.content import Content
from resourcebank.findings.finding import Finding, advise
from resourcebank.findings.texts import texts_of
from resourcebank.models import LinkCheck

LONGEST = 500
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]{1,500}", re.IGNORECASE)
_AFTER = ".,;:!?»”*_"


def addresses_in(text: str) -> Iterator[str]:
    """Every web address of a Markdown text, without the sentence around it."""
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER)
        while any(address.endswith(end) and address.count(end) > address.count(begin) for begin, end in ("()", "[]")):
            address = address[:-1].rstrip(_AFTER)
        yield address


def links_of(content: Content) -> dict[str, str]:
    """Every address with the first place it stands at."""
    links: dict[str, str] = {content.source_url: "source_url"} if content.source_url else {}
    for place, text in texts_of(content):
        for address in addresses_in(text):
            links.setdefault(address, place)
    return {address: place for address, place in links.items() if len(address) <= LONGEST}


def dead_links(content: Content) -> Iterator[Finding]:
    """Addresses that have failed again and again, and those that moved for good. One statement."""
    links = links_of(content)
    if not links:
        return
    for check in LinkCheck.objects.filter(address__in=links, state__in=("fails", "moved")).order_by("address"):
        if check.state == "fails":
            message = _("Lenken virker ikke: %(address)s. Rett den, eller ta den bort.")
            yield advise("link-dead", links[check.address], message % {"address": check.address[:120]})
        else:
            message = _("Siden har flyttet til %(address)s. Bruk den nye adressen.")
            yield advise("link-moved", links[check.address], message % {"address": check.detail[:120]})
