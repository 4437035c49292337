"""What is missing or weak in a revision: a table of small functions over its content. Blocking findings stop a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from resourcebank.content import Content, ContentForm, content_of
from resourcebank.findings.attachments import attachments
from resourcebank.findings.finding import Finding, Level, advise, block, one_is_enough
from resourcebank.findings.links import dead_links
from resourcebank.findings.personal import personal_findings
from resourcebank.findings.readability import WORD, lix, readability, sentences
from resourcebank.models import Revision
from resourcebank.models.taxonomy import FRAMEWORK
from resourcebank.workflow import OPEN

MAX_EASY_SENTENCE = 12
"""Words in a sentence of an easy-read form."""
STEPS = (3, 7)
QUESTIONS = (3, 6)
SUMMARY_SENTENCES = 2
NORWEGIAN = ("nb", "nn")
__all__ = [
    "EASY_LEVELS",
    "MAX_EASY_SENTENCE",
    "Finding",
    "Level",
    "findings",
    "findings_about",
    "findings_of",
    "lix",
    "sentences",
    "stale_base",
]
OUR_LANGUAGES = ("nb", "nn", "en")
EASY_LEVELS = ("A1", "A2")
NO_TEXT = "none"
"""A form of pictures, objects or movement: the ordinary form carries the words for the counsellor."""

Check = Callable[[Content], Iterator[Finding]]


def _facts(content: Content) -> Iterator[Finding]:
    if not content.kind:
        yield block("kind-missing", "kind", _("Velg hva slags ressurs dette er."))
    if not content.slugs("format"):
        yield block("format-missing", "format", _("Velg minst ett format: én til én, gruppe, klasse, på nett eller egenarbeid."))
    if not content.slugs("use"):
        yield block("use-missing", "use", _("Si hvem som bruker ressursen: veileder og deltaker sammen, deltakeren alene eller kollegaer."))
    if not content.norwegian_level:
        yield block("norwegian-level-missing", "norwegian_level", _("Si hvor mye norsk deltakeren trenger."))
    if content.preparation_minutes is None:
        yield block("preparation-missing", "preparation_minutes", _("Si hvor mange minutter forberedelse det tar, 0 hvis ingen."))
    if not content.slugs("needs"):
        yield advise("needs-missing", "needs", _("Si hva som trengs, for eksempel papir og blyant."))


def _minutes(content: Content) -> Iterator[Finding]:
    least, most = content.minutes
    if least is None or most is None or least < 1:
        yield block("minutes-missing", "minutes", _("Si hvor lang tid det tar, fra og til, i minutter."))
    elif least > most:
        yield block("minutes-order", "minutes", _("Korteste tid kan ikke være lengre enn lengste tid."))
    elif content.step_minutes and None not in content.step_minutes:
        total = sum(minutes or 0 for minutes in content.step_minutes)
        if not least <= total <= most:
            message = _("Stegene tar til sammen %(total)d minutter, men det står %(least)d–%(most)d. Rett det som ikke stemmer.")
            yield block("minutes-against-steps", "step_minutes", message % {"total": total, "least": least, "most": most})


def _group(content: Content) -> Iterator[Finding]:
    least, most = content.group
    if least is None or most is None or least < 1:
        yield block("group-missing", "group", _("Si hvor mange som kan være med, fra og til."))
    elif least > most:
        yield block("group-order", "group", _("Minste gruppe kan ikke være større enn største gruppe."))


def _rights(content: Content) -> Iterator[Finding]:
    if not content.licence:
        yield block("licence-missing", "licence", _("Velg en lisens, så andre vet hva de kan gjøre med ressursen."))
    if not content.attribution:
        yield block("attribution-missing", "attribution", _("Skriv hvem som skal oppgis som opphav."))
    if content.origin == "own" and content.licence == "link-only":
        yield block(
            "licence-link-only", "licence", _("En egen ressurs må ha en åpen lisens. «Bare lenke» er for ressurser som ligger hos andre.")
        )


def _address(content: Content) -> Iterator[Finding]:
    if content.origin == "linked" and not content.source_url:
        yield block("address-missing", "source_url", _("Oppgi adressen til ressursen det lenkes til."))
    if content.source_url and not _is_web_address(content.source_url):
        yield block("address-invalid", "source_url", _("Adressen må begynne med https:// eller http:// og ha et domene."))


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _framework(content: Content) -> Iterator[Finding]:
    if not any(term.role == "main" and term.vocabulary in FRAMEWORK for term in content.terms):
        yield block(
            "main-term-missing", "terms", _("Velg minst én hovedkobling til rammeverket: et ordpar, en standard eller et kvalitetsområde.")
        )
    for term in content.terms:
        place = f"terms.{term.vocabulary}:{term.slug}"
        if (term.vocabulary in FRAMEWORK) != (term.role in ("main", "touches")):
            yield block("term-role", place, _("Rammeverket kobles som hovedkobling eller berører; andre lister uten rolle."))
        elif term.role != "facet":
            missing = [tag for tag in NORWEGIAN if not term.reason.get(tag)]
            if missing:
                message = _("Skriv én setning om hvorfor koblingen passer, på bokmål og nynorsk (mangler: %(missing)s).")
                yield one_is_enough(missing, NORWEGIAN)("reason-missing", place, message % {"missing": ", ".join(missing)})


def _some_form(content: Content) -> Iterator[Finding]:
    ordinary = {form.language for form in content.forms if not form.level}
    if not ordinary:
        yield block("form-missing", "forms", _("Ressursen trenger minst én vanlig språkversjon."))
        return
    for tag, message in (("nb", _("Det finnes ingen bokmålsversjon ennå.")), ("nn", _("Det finnes ingen nynorskversjon ennå."))):
        if tag not in ordinary:
            yield advise("counterpart-missing", f"forms.{tag}", message)


def _each_form(content: Content) -> Iterator[Finding]:
    for form in content.forms:
        for check in FORM_CHECKS:
            yield from check(content, form)


def sheet_only(form: ContentForm) -> bool:
    """A form in another language than ours may be what the participant reads, and no more."""
    counsellors = (form.goal, *form.steps, *form.questions, *form.adaptations, form.care)
    return form.language not in OUR_LANGUAGES and bool(form.participant_sheet) and not any(counsellors)


def _choosing(content: Content, form: ContentForm) -> Iterator[Finding]:
    at = f"forms.{form.code}"
    if form.level == NO_TEXT:
        return
    parts = (
        ("title", _("Gi ressursen en tittel som sier hva man gjør.")),
        ("summary", _("Skriv i høyst to setninger hva som skjer i rommet.")),
        ("goal", _("Skriv i én setning hva hensikten er.")),
        ("care", _("«Pass på» kan ikke være tom: si når øvelsen ikke bør brukes, og hva den kan røre ved.")),
    )
    for part, message in parts[:2] if sheet_only(form) else parts:
        if not getattr(form, part):
            yield block(f"{part}-missing", f"{at}.{part}", message)
    if len(sentences(form.summary)) > SUMMARY_SENTENCES:
        yield advise("summary-long", f"{at}.summary", _("Kort fortalt bør være høyst to setninger."))


def _method(content: Content, form: ContentForm) -> Iterator[Finding]:
    if content.origin != "own" or form.level == NO_TEXT or sheet_only(form):
        return
    at = f"forms.{form.code}"
    if len(form.questions) < QUESTIONS[0] or len(form.questions) > QUESTIONS[1] or not all(form.questions):
        yield block("questions-count", f"{at}.questions", _("Skriv tre til seks åpne spørsmål."))
    if not form.adaptations or not all(form.adaptations):
        yield block("adaptations-missing", f"{at}.adaptations", _("Skriv hvordan øvelsen kan tilpasses, minst ett punkt."))
    if not form.participant_sheet and content.slugs("use") != ("colleagues",):
        yield block(
            "participant-sheet-missing", f"{at}.participant_sheet", _("Skriv deltakerarket: nok til å gjøre øvelsen uten noe annet.")
        )


def _film(content: Content, form: ContentForm) -> Iterator[Finding]:
    """A film of our own is told in words. One of somebody else's may have captions where it is shown; we cannot see that from here."""
    if form.level == NO_TEXT or sheet_only(form) or form.transcript:
        return
    if content.has_film or (content.origin == "own" and content.kind == "film"):
        message = _("En film trenger transkripsjon med beskrivelse av det som vises.")
        yield block("transcript-missing", f"forms.{form.code}.transcript", message)
    elif content.kind == "film" and "tekst" not in form.care.casefold():
        message = _("Skriv her hva filmen sier og viser, eller si i «Pass på» om den har teksting.")
        yield advise("captions-unknown", f"forms.{form.code}.transcript", message)


def _plan(content: Content) -> Iterator[Finding]:
    if content.origin != "own":
        return
    count = len(content.step_minutes)
    if not STEPS[0] <= count <= STEPS[1]:
        yield block("steps-count", "step_minutes", _("En øvelse har tre til sju steg. Slå sammen eller del opp."))
    if any(not minutes for minutes in content.step_minutes):
        yield block("step-minutes-missing", "step_minutes", _("Si hvor mange minutter hvert steg tar."))


def _steps(content: Content, form: ContentForm) -> Iterator[Finding]:
    at = f"forms.{form.code}.steps"
    if form.level == NO_TEXT or sheet_only(form):
        return
    if len(form.steps) != len(content.step_minutes):
        message = _("Denne versjonen har %(here)d steg, men tidsplanen har %(plan)d. Alle versjoner har de samme stegene.")
        yield block("steps-differ", at, message % {"here": len(form.steps), "plan": len(content.step_minutes)})
    for number, text in enumerate(form.steps, start=1):
        if not text:
            yield block("step-empty", f"{at}.{number}", _("Skriv hva som skjer i dette steget."))


def _easy_read(content: Content, form: ContentForm) -> Iterator[Finding]:
    if form.level not in EASY_LEVELS or form.language not in ("nb", "nn"):
        return
    parts = (form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care, form.participant_sheet)
    for sentence in (sentence for part in parts for sentence in sentences(part)):
        if len(WORD.findall(sentence)) > MAX_EASY_SENTENCE:
            message = _("Lettlest bør ha høyst tolv ord i en setning: «%(sentence)s»")
            yield advise("sentence-long", f"forms.{form.code}", message % {"sentence": sentence[:120]})


def _source_text(content: Content, form: ContentForm) -> Iterator[Finding]:
    at = f"forms.{form.code}.made_from"
    source = content.form(form.made_from) if form.made_from else None
    if form.made_from and source is None:
        yield block("source-form-missing", at, _("Versjonen den er laget fra, finnes ikke lenger. Velg en annen, eller ingen."))
    elif source and form.made_from_hash and source.text_hash() != form.made_from_hash:
        yield advise("form-stale", at, _("Teksten denne versjonen er laget fra, er endret siden. Se om den fortsatt stemmer."))
    if form.language not in OUR_LANGUAGES and not form.checked_by:
        yield advise("form-unchecked", f"forms.{form.code}.checked_by", _("Ingen som kan språket, har lest denne versjonen ennå."))


FormCheck = Callable[[Content, ContentForm], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    _facts,
    _minutes,
    _group,
    _rights,
    _address,
    _framework,
    _plan,
    attachments,
    _some_form,
    _each_form,
    personal_findings,
)
FORM_CHECKS: tuple[FormCheck, ...] = (_choosing, _steps, _method, _easy_read, _source_text, _film, readability)


def findings(content: Content) -> list[Finding]:
    """Everything to mend in a content, blocking first."""
    found = [finding for check in CHECKS for finding in check(content)]
    return sorted(found, key=lambda finding: not finding.blocks)


def stale_base(revision: Revision) -> bool:
    """The revision is still open and was begun from something that is not the published one any more."""
    return revision.status in OPEN and revision.based_on_id != revision.resource.published_id


def findings_of(revision: Revision) -> list[Finding]:
    """Everything to mend in a revision as it stands in the database."""
    return findings_about(revision, content_of(revision))


def findings_about(revision: Revision, content: Content) -> list[Finding]:
    """Everything to mend in a revision whose content was read already: its base and what is known of its links included."""
    found = [*findings(content), *dead_links(content)]
    if stale_base(revision):
        found.append(
            advise("stale-base", "", _("En nyere utgave er publisert siden dette utkastet ble begynt. Sammenlign de to, og lagre på nytt."))
        )
    return found
