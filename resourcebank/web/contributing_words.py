"""What the fields of a contribution are called, what helps to fill them in, and where a finding stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resourcebank.catalogue import Names
from resourcebank.web import words
from resourcebank.web.contributing_form import Page


def page_name(page: Page) -> str:
    """What a page is called."""
    match page:
        case Page.CONTENT:
            return _("Innhold")
        case Page.FILES:
            return _("Filer og rettigheter")
        case Page.PLACE:
            return _("Plassering")
        case Page.SEND:
            return _("Se over og send")


def labels() -> Mapping[str, str]:
    """The name of every field, the number and language left out."""
    return {
        "source_url": _("Nettadresse"),
        "form": _("Språkversjoner"),
        "title": _("Tittel"),
        "summary": _("Kort fortalt"),
        "goal": _("Hensikt"),
        "steps": _("Slik gjør du"),
        "step": _("Steg %(number)s"),
        "minutes": _("Minutter i steg %(number)s"),
        "questions": _("Spør gjerne om"),
        "adaptations": _("Tilpass"),
        "care": _("Pass på"),
        "participant_sheet": _("Deltakerark"),
        "transcript": _("Transkripsjon"),
        "translated_by": _("Oversatt av"),
        "licence": _("Lisens"),
        "attribution": _("Oppgi som opphav"),
        "picture": _("Bilder"),
        "alt": _("Hva bilde %(number)s viser"),
        "credit": _("Rettigheter til bilde %(number)s"),
        "file": _("Filer"),
        "file_name": _("Hva fil %(number)s heter"),
        "file_alt": _("Hva forsidebildet viser"),
        "file_language": _("Språket i fil %(number)s"),
        "file_credit": _("Rettigheter til fil %(number)s"),
        "kind": _("Type ressurs"),
        "norwegian_level": _("Norsknivå"),
        "preparation_minutes": _("Forberedelse i minutter"),
        "minutes_min": _("Korteste tid i minutter"),
        "minutes_max": _("Lengste tid i minutter"),
        "group_min": _("Minste gruppe"),
        "group_max": _("Største gruppe"),
        "format": _("Arbeidsform"),
        "use": _("Hvem bruker den?"),
        "needs": _("Hva kreves?"),
        "audience": _("Målgruppe"),
        "sector": _("Arena"),
        "theme": _("Tema"),
        "term": _("Kobling %(number)s"),
        "role": _("Kobling %(number)s: hovedsak eller berøres"),
        "reason": _("Hvorfor passer kobling %(number)s?"),
    }


def hints() -> Mapping[str, str]:
    """One sentence of help for a field."""
    return {
        "source_url": _("Adressen til ressursen hos den som eier den."),
        "title": _("Si hva man gjør, ikke hva man håper. Høyst 80 tegn."),
        "summary": _("Høyst to setninger om hva som skjer i rommet."),
        "goal": _("Én setning: hvordan øvelsen bruker spenningen mellom de to ordene."),
        "steps": _(
            "Tre til sju steg, med ordene man kan si. Lim gjerne inn alle i steg 1 som en nummerert liste med minutter til slutt, "
            "«(5 min)», så deler vi dem opp."
        ),
        "questions": _("Tre til seks åpne spørsmål, ett på hver linje."),
        "adaptations": _("Hva man endrer for lite norsk, tolk, gruppe, på nett eller unge. Ett råd på hver linje."),
        "care": _("Når øvelsen ikke bør brukes, hva den kan røre ved, og hva som blir i rommet."),
        "participant_sheet": _("Det deltakeren får i hånden: nok til å gjøre øvelsen uten noe annet. ______ blir en linje å skrive på."),
        "transcript": _("Det som sies og det som vises i filmen."),
        "translated_by": _("Navnet på den som har oversatt."),
        "attribution": _("Navnet andre skal oppgi når de deler ressursen."),
        "minutes_max": _("Foreslått etter stegene. Rett det om det ikke stemmer."),
        "preparation_minutes": _("0 når det ikke trengs noen."),
        "reason": _("Én setning om hva deltakeren eller veilederen får ut av det."),
        "alt": _("Det den som ikke ser bildet, trenger å vite."),
        "credit": _("Hvem som har laget bildet, og hva som gir lov til å dele det, for eksempel «Foto: Ola Hansen, CC BY 4.0»."),
        "file_name": _("Navnet leseren ser, for eksempel «Samtaleark»."),
        "file_alt": _("Det den som ikke ser bildet, trenger å vite."),
        "file_credit": _("Fyll ut bare når en annen enn ressursens opphav har laget filen: hvem, og hva som gir lov til å dele den."),
    }


def licence_hints() -> Mapping[str, str]:
    """What each licence lets others do."""
    return {
        "CC0-1.0": _("Fri bruk uten vilkår."),
        "CC-BY-4.0": _("Andre kan dele, endre og bruke fritt når de oppgir deg. Det vanlige her."),
        "CC-BY-SA-4.0": _("Som CC BY, men endringer deles på samme vilkår."),
        "CC-BY-NC-4.0": _("Som CC BY, men ikke for å tjene penger."),
        "NLOD-2.0": _("For offentlige data: fri bruk når kilden oppgis."),
        "link-only": _("Alle rettigheter blir hos eieren. Banken lenker bare."),
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is mended: the page, and the id of the field on it."""

    page: Page
    anchor: str


_FILES = ("licence", "attribution", "picture", "pictures", "documents", "film", "captions", "poster")
_FILE_PARTS = {"caption": "file_name.{}.nb", "alt": "file_alt.{}.nb", "language": "file_language.{}", "rights": "file_credit.{}"}
_PLACE = ("kind", "norwegian_level", "preparation_minutes", "format", "use", "needs", "audience", "sector", "theme")


def place_of(field: str, *, codes: Collection[str], terms: Mapping[str, int]) -> Place:
    """Where a finding or problem of that field stands. `codes` are the language forms there are, `terms` gives each linked
    `vocabulary:slug` the number of its row."""
    root, _dot, rest = field.partition(".")
    if root == "forms":
        return _place_in_form(rest, codes)
    if root == "step_minutes":
        return Place(Page.CONTENT, f"minutes.{rest or 1}")
    if root == "source_url":
        return Place(Page.CONTENT, "source_url")
    if root in ("minutes", "group"):
        return Place(Page.PLACE, f"{root}_min")
    if root == "terms":
        number = terms.get(rest.removesuffix(".role"), 1)
        return Place(Page.PLACE, f"reason.{number}.nb" if rest in terms else f"term.{number}")
    if root == "pictures":
        number_of, _dot, part = rest.partition(".")
        root = "credit.{}" if part == "rights" else "alt.{}.nb"
        return Place(Page.FILES, root.format(number_of) if number_of.isdecimal() else "pictures")
    if root == "files":
        return Place(Page.FILES, _file_anchor(rest))
    if root == "picture_rights":
        return Place(Page.SEND, root)
    if root in _FILES:
        return Place(Page.FILES, root)
    return Place(Page.PLACE, root) if root in _PLACE else Place(Page.SEND, "")


def _file_anchor(rest: str) -> str:
    number, _dot, part = rest.partition(".")
    if not number.isdecimal():
        return "documents"
    return _FILE_PARTS.get(part.partition(".")[0], "file.{}").format(number)


def _place_in_form(rest: str, codes: Collection[str]) -> Place:
    code, _dot, part = rest.partition(".")
    if code not in codes:
        return Place(Page.CONTENT, "new-form")
    name, _dot, number = part.partition(".")
    if name == "steps":
        return Place(Page.CONTENT, f"step.{code}.{number or 1}")
    if not name or name in ("made_from", "checked_by", "level", "language"):
        return Place(Page.CONTENT, f"form.{code}")
    return Place(Page.CONTENT, f"{name}.{code}")


def label_of(name: str, known: Names) -> str:
    """What a field is called: `step.nb.3` is «Steg 3 (Bokmål)»."""
    root, *rest = name.split(".")
    number = next((part for part in rest if part.isdecimal()), "")
    code = next((part for part in rest if not part.isdecimal()), "")
    label = labels().get(root, root)
    text = label % {"number": number} if "%(number)s" in label else label
    return f"{text} ({form_name(code, known)})" if code else text


def form_name(code: str, known: Names) -> str:
    """What a language form is called: `Bokmål`, `Bokmål, lettlest (A2)`."""
    language, level = words.form_parts(code)
    named = known.values.get("language", {}).get(language)
    name = named.label(words.interface_language()) if named else language
    return f"{name}, {words.level_name(language, level)}" if level else name


def value_of(name: str, values: tuple[str, ...], known: Names) -> str:
    """What a field holds, in words: the names of terms instead of their slugs."""
    root = re.sub(r"\..*", "", name)
    return ", ".join(_named(root, value, known) for value in values if value)


def _named(root: str, value: str, known: Names) -> str:
    if root == "file":
        role, _dot, sha256 = value.partition(".")
        return f"{words.file_role(role)} ({sha256[:8]})"
    vocabulary, slug = value.split(":", 1) if root == "term" and ":" in value else ("language" if root == "file_language" else root, value)
    named = known.values.get(vocabulary, {}).get(slug)
    return named.label(words.interface_language()) if named else value
