"""Possible personal data in a text. An identity number stops a submission; a telephone number or a mail address is only pointed at,
since a text may well name a public help line. The finding never repeats what it found."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from resourcebank.content import Content
from resourcebank.findings.finding import Finding, advise, block
from resourcebank.findings.texts import texts_of
from resourcebank.personal_data import personal_data


def personal_findings(content: Content) -> Iterator[Finding]:
    """Each place once for each sort of data."""
    said = {
        "identity-number": _("Dette ser ut som et fødselsnummer eller D-nummer. Ta det bort, og skriv aldri noe om en virkelig person."),
        "telephone-number": _("Her står et telefonnummer. Ta det bort hvis det går til en privatperson."),
        "mail-address": _("Her står en e-postadresse. Ta den bort hvis den går til en privatperson."),
    }
    for place, text in texts_of(content):
        for kind in personal_data(text):
            yield (block if kind == "identity-number" else advise)(kind, place, said[kind])
