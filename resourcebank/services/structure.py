"""Which words and numbers can be kept at all: faults that no draft may have, told at their field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from resourcebank.content import Content, ContentForm
from resourcebank.errors import Problem
from resourcebank.models import Term
from resourcebank.models.revision import LEVELS, LINK_ROLES, NORWEGIAN_LEVELS, ORIGINS

MAX_NUMBER = 32767
MAX_STEPS = 50
MAX_TEXT = 50_000
_LONG_PARTS = ("summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
_FORM_LENGTHS = {"language": 20, "title": 200, "translated_by": 120, "checked_by": 120} | dict.fromkeys(_LONG_PARTS, MAX_TEXT)
_NUMBERS = ("minutes", "preparation_minutes", "group", "step_minutes")
Terms = dict[tuple[str, str], Term]


def terms_of(content: Content) -> Terms:
    """The terms a content names, by (vocabulary, slug); one statement."""
    wanted = {("kind", content.kind), ("licence", content.licence), *(term.key for term in content.terms)}
    found = Term.objects.filter(slug__in={slug for _vocabulary, slug in wanted})
    return {(term.vocabulary_id, term.slug): term for term in found if (term.vocabulary_id, term.slug) in wanted}


def structure_problems(content: Content, terms: Terms) -> tuple[Problem, ...]:
    """Every fault that keeps the words and numbers of a (tidied) content from being stored."""
    return (*_choices(content), *_terms(content, terms), *_numbers(content), *_lengths(content), *_forms(content))


def unknown_value(field: str, value: str) -> Problem:
    """The problem of a value that is in no list."""
    return Problem(field, "unknown-value", _("«%(value)s» finnes ikke. Velg en av verdiene i listen.") % {"value": value[:100]})


def _choices(content: Content) -> Iterator[Problem]:
    if content.origin not in ORIGINS:
        yield unknown_value("origin", content.origin)
    if content.norwegian_level not in NORWEGIAN_LEVELS:
        yield unknown_value("norwegian_level", content.norwegian_level)
    for form in content.forms:
        if form.level not in LEVELS:
            yield unknown_value(f"forms.{form.code}.level", form.level)


def _terms(content: Content, terms: Terms) -> Iterator[Problem]:
    for vocabulary, slug in (("kind", content.kind), ("licence", content.licence)):
        if slug and (vocabulary, slug) not in terms:
            yield unknown_value(vocabulary, slug)
    for key, count in Counter(term.key for term in content.terms).items():
        if key not in terms:
            yield unknown_value(f"terms.{key[0]}:{key[1]}", key[1])
        if count > 1:
            yield Problem(f"terms.{key[0]}:{key[1]}", "twice", _("Den samme koblingen er med to ganger. Fjern den ene."))
    for term in content.terms:
        if term.role not in LINK_ROLES:
            yield unknown_value(f"terms.{term.vocabulary}:{term.slug}.role", term.role)


def _numbers(content: Content) -> Iterator[Problem]:
    for name in _NUMBERS:
        value = getattr(content, name)
        numbers = value if isinstance(value, tuple) else (value,)
        if any(number is not None and not 0 <= number <= MAX_NUMBER for number in numbers):
            yield Problem(name, "out-of-range", _("Tallet må være mellom 0 og %(most)d.") % {"most": MAX_NUMBER})
    for name in ("minutes", "group"):
        least, most = getattr(content, name)
        if least is not None and most is not None and least > most:
            yield Problem(name, "order", _("Det minste tallet må stå først."))
    if len(content.step_minutes) > MAX_STEPS:
        yield Problem("step_minutes", "too-many", _("En øvelse kan ikke ha så mange steg. Del den i flere øvelser."))


def _lengths(content: Content) -> Iterator[Problem]:
    for name, most in (("source_url", 500), ("attribution", 300)):
        yield from too_long(name, getattr(content, name), most)
    for form in content.forms:
        for name, most in _FORM_LENGTHS.items():
            value = getattr(form, name)
            yield from too_long(f"forms.{form.code}.{name}", value if isinstance(value, str) else "".join(value), most)


def too_long(field: str, text: str, most: int) -> Iterator[Problem]:
    """The problem of a text with more than `most` characters."""
    if len(text) > most:
        yield Problem(field, "too-long", _("Teksten er for lang: høyst %(most)d tegn.") % {"most": most})


def _forms(content: Content) -> Iterator[Problem]:
    for form in content.forms:
        if not form.language:
            yield Problem("forms", "language-missing", _("Si hvilket språk denne versjonen er på."))
        if form.made_from and not _source_stands(content, form):
            yield unknown_value(f"forms.{form.code}.made_from", form.made_from)
    for code, count in Counter(form.code for form in content.forms).items():
        if count > 1:
            yield Problem(f"forms.{code}", "twice", _("Det er to versjoner på samme språk og nivå. Slå dem sammen."))


def _source_stands(content: Content, form: ContentForm) -> bool:
    return form.made_from != form.code and content.form(form.made_from) is not None
