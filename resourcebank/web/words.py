"""Short phrases in the reader's language for numbers, dates, levels and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resourcebank.health import Health

Labels = Mapping[tuple[str, str], str]
"""(vocabulary, slug) -> label in the interface language."""

LEVELS = ("a1", "a2", "b1", "b2", "c", "none")
EASY = ("A1", "A2")
NORWEGIAN = ("nb", "nn")


def interface_language() -> str:
    """The language the page is written in: nb, nn or en."""
    return get_language() or "nb"


def day(value: date) -> str:
    """`22. november 2026`, in English `22 November 2026`."""
    return date_format(value, "j F Y" if interface_language() == "en" else "j. F Y")


def minutes(low: int | None, high: int | None) -> str:
    """`20–40 min`, `20 min`, `inntil 40 min`, `minst 20 min`, or an empty string when neither is stated."""
    return _range(low, high, _("%(number)s min"), _("inntil %(number)s min"), _("minst %(number)s min"))


def group(low: int | None, high: int | None) -> str:
    """`1 person`, `1–8 personer`, `minst 4 personer`, or an empty string."""
    if high is not None and low in (None, high):
        return ngettext("%(number)s person", "%(number)s personer", high) % {"number": high}
    return _range(low, high, _("%(number)s personer"), _("inntil %(number)s personer"), _("minst %(number)s personer"))


def _range(low: int | None, high: int | None, both: str, at_most: str, at_least: str) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return at_least % {"number": low}
    if low is None:
        return at_most % {"number": high}
    return both % {"number": low if low == high else f"{low}–{high}"}


def preparation(value: int | None) -> str:
    """How long it takes to get ready, as a phrase; empty when it is not stated."""
    if value is None:
        return ""
    return _("Ingen forberedelse") if value == 0 else _("%(number)s min forberedelse") % {"number": value}


def norwegian(level: str) -> str:
    """The level of Norwegian a resource is written for: `Norsk B1`, `Uten tekst`, or nothing."""
    if level == "none":
        return _("Uten tekst")
    return _("Norsk %(level)s") % {"level": level} if level else ""


def form_parts(code: str) -> tuple[str, str]:
    """`nb-a2` -> (`nb`, `A2`); `fa-AF` -> (`fa-AF`, ``)."""
    language, _dash, last = code.rpartition("-")
    if language and last in LEVELS:
        return language, "none" if last == "none" else last.upper()
    return code, ""


def easy_read(language: str, level: str) -> bool:
    """A1 and A2 in Norwegian are written anew as easy-read."""
    return level in EASY and language in NORWEGIAN


def level_name(language: str, level: str) -> str:
    """What the level of a form is called beside its language: `lettlest (A2)`, `B1`, `uten tekst`, or nothing."""
    if level == "none":
        return _("uten tekst")
    if easy_read(language, level):
        return _("lettlest (%(level)s)") % {"level": level}
    return level


@dataclass(frozen=True, slots=True)
class Assurance:
    """How a resource is assured, said honestly: a short form for cards and a whole sentence for its page."""

    level: str
    short: str
    sentence: str


def assurance(level: str) -> Assurance:
    """The words for `checked`, `reviewed`, `tried` or none."""
    match level:
        case "checked":
            return Assurance(
                level,
                _("Redaksjonelt sjekket"),
                _(
                    "En redaktør har lest gjennom metode, språk, rettigheter og «Pass på». "
                    "Ingen i feltet har vurdert ressursen ennå, så bruk faglig skjønn."
                ),
            )
        case "reviewed":
            return Assurance(
                level,
                _("Fagvurdert"),
                _("En veileder med kompetanse i feltet har vurdert metoden, koblingene til rammeverket og «Pass på»."),
            )
        case "tried":
            return Assurance(
                level,
                _("Prøvd ut"),
                _("Fagvurdert, og brukt i minst tre ulike sammenhenger siden stegene sist ble endret."),
            )
        case _:
            return Assurance("", _("Ikke kvalitetssikret"), _("Ingen har vurdert denne ressursen ennå."))


def health(state: Health) -> str:
    """How a resource is doing, short."""
    return {
        Health.FRESH: _("Oppdatert"),
        Health.CHECK_SOON: _("Leses snart på nytt"),
        Health.OVERDUE: _("Skulle vært lest på nytt"),
        Health.BROKEN_LINK: _("Lenken virker ikke"),
        Health.WITHDRAWN: _("Trukket tilbake"),
    }[state]


def health_sentence(state: Health) -> str:
    """The same as a sentence on the page of the resource, for the person who is about to use it."""
    return {
        Health.FRESH: _("Ressursen er oppdatert."),
        Health.CHECK_SOON: _("Ressursen skal snart leses på nytt. Den kan brukes som før."),
        Health.OVERDUE: _("Ressursen skulle vært lest på nytt. Se selv etter om alt fortsatt stemmer."),
        Health.BROKEN_LINK: _("Lenken til ressursen virket ikke sist vi prøvde. Utgiveren kan ha flyttet den."),
        Health.WITHDRAWN: _("Ressursen er trukket tilbake."),
    }[state]


def size(count: int) -> str:
    """The size of a file in thousands or millions of bytes: `140 kB`, `1,4 MB`."""
    if count < 1_000_000:
        return _("%(number)s kB") % {"number": max(1, round(count / 1_000))}
    return _("%(number)s MB") % {"number": number_format(count / 1_000_000, decimal_pos=1 if count < 10_000_000 else 0)}


def length(seconds: int) -> str:
    """How long a film is: `45 s`, `1 min 15 s`, `12 min`."""
    whole, left = divmod(seconds, 60)
    said = [_("%(number)s min") % {"number": whole}] if whole else []
    if left and whole < 10:
        said.append(_("%(number)s s") % {"number": left})
    return " ".join(said)


def file_role(role: str) -> str:
    """What a file is to its resource."""
    return {
        "worksheet": _("Dokument"),
        "film": _("Film"),
        "captions": _("Teksting"),
        "poster": _("Forsidebilde"),
        "picture": _("Bilde"),
    }.get(role, role)


def part(field: str) -> str:
    """What a fact of a resource or a part of its text is called, in the middle of a sentence."""
    return {
        "kind": _("type ressurs"),
        "licence": _("lisens"),
        "origin": _("egen eller lenket ressurs"),
        "minutes": _("tid"),
        "preparation_minutes": _("forberedelse"),
        "group": _("gruppe"),
        "norwegian_level": _("norsknivå"),
        "source_url": _("adresse hos utgiveren"),
        "attribution": _("opphav"),
        "step_minutes": _("tid i hvert steg"),
        "pictures": _("bilder"),
        "files": _("filer"),
        "title": _("tittel"),
        "summary": _("kort fortalt"),
        "goal": _("hensikt"),
        "steps": _("steg"),
        "questions": _("spørsmål"),
        "adaptations": _("tilpasninger"),
        "care": _("pass på"),
        "participant_sheet": _("deltakerark"),
        "transcript": _("transkripsjon"),
    }.get(field, field)


def level_meaning(level: str) -> str:
    """What it takes to reach a level, for the page that explains them."""
    return {
        "checked": _("En redaktør har lest hele ressursen og svart på sjekklisten."),
        "reviewed": _("En veileder med kompetanse i feltet har vurdert metoden, koblingene til rammeverket og «Pass på»."),
        "tried": _("Fagvurdert, og brukt i minst tre ulike arenaer siden stegene sist ble endret."),
    }[level]
