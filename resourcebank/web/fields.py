"""The fields of a text: what each is called, and what stands in it, for showing changes and for talking about one field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from resourcebank.content import Content, ContentFile, ContentForm
from resourcebank.web import words
from resourcebank.web.words import Labels

FORM_PARTS = ("title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
FACET_LISTS = ("format", "use", "needs", "audience", "sector", "theme")


def _part_name(part: str) -> str:
    return {
        "title": _("Tittel"),
        "summary": _("Kort fortalt"),
        "goal": _("Hensikt"),
        "steps": _("Slik gjør du"),
        "questions": _("Spør gjerne om"),
        "adaptations": _("Tilpass"),
        "care": _("Pass på"),
        "participant_sheet": _("Deltakerark"),
        "transcript": _("Transkripsjon"),
    }.get(part, "")


def _fact_name(field: str) -> str:
    return {
        "kind": _("Type"),
        "minutes": _("Tid"),
        "step_minutes": _("Minutter per steg"),
        "preparation_minutes": _("Forberedelse"),
        "group": _("Gruppe"),
        "norwegian_level": _("Norsknivå"),
        "licence": _("Lisens"),
        "attribution": _("Laget av"),
        "source_url": _("Adresse"),
        "terms": _("Kobling til rammeverket"),
        "forms": _("Språkutgaver"),
        "pictures": _("Bilder"),
        "files": _("Filer"),
        "format": _("Arbeidsform"),
        "use": _("Brukes"),
        "needs": _("Hva det krever"),
        "audience": _("Målgruppe"),
        "sector": _("Arena"),
        "theme": _("Tema"),
    }.get(field, "")


def field_name(field: str, labels: Labels) -> str:
    """What a field is called: `forms.nb-a2.steps.2` is «Slik gjør du, steg 2 (Bokmål, lettlest (A2))»; "" is the whole text."""
    first, _dot, rest = field.partition(".")
    if not field:
        return _("Hele teksten")
    if first == "forms" and rest:
        code, _dot, part = rest.partition(".")
        return _form_field(part, form_name(code, labels))
    if first == "terms" and rest:
        vocabulary, _colon, slug = rest.partition(":")
        return f"{_fact_name('terms')}: {labels.get((vocabulary, slug), slug)}"
    if first == "pictures" and rest:
        return _("Bilde %(number)s") % {"number": rest.partition(".")[0]}
    if first == "files" and rest:
        return _("Fil %(number)s") % {"number": rest.partition(".")[0]}
    return _fact_name(first) or field


def _form_field(path: str, form: str) -> str:
    part, _dot, number = path.partition(".")
    name = _part_name(part)
    if not name:
        return form
    if number and part == "steps":
        name = _("%(part)s, steg %(number)s") % {"part": name, "number": number}
    return f"{name} ({form})"


def form_name(code: str, labels: Labels) -> str:
    """What a language form is called: `Bokmål, lettlest (A2)`."""
    language, level = words.form_parts(code)
    name = labels.get(("language", language), language)
    said = words.level_name(language, level)
    return f"{name}, {said}" if said else name


def fields_in(content: Content) -> tuple[str, ...]:
    """Every field of a content that can be talked about, in the order they are read; the whole ("") first."""
    forms = (f"forms.{form.code}.{part}" for form in content.forms for part in FORM_PARTS if getattr(form, part))
    terms = (f"terms.{term.vocabulary}:{term.slug}" for term in content.framework_links)
    facts = ("kind", "minutes", "group", "norwegian_level", "format", "use", "needs", "licence", "attribution")
    pictures = (f"pictures.{number}" for number, _picture in enumerate(content.pictures, start=1))
    files = (f"files.{number}" for number, _file in enumerate(content.files, start=1))
    return ("", *forms, *terms, *facts, *pictures, *files)


def flat(content: Content, labels: Labels) -> dict[str, str]:
    """Everything a reader reads, as one text per field; the empty ones are left out."""
    return {field: text for field, text in _flat(content, labels) if text}


def _flat(content: Content, labels: Labels) -> Iterator[tuple[str, str]]:
    for form in content.forms:
        for part in FORM_PARTS:
            yield f"forms.{form.code}.{part}", _part_text(form, part)
    for term in content.framework_links:
        yield f"terms.{term.vocabulary}:{term.slug}", _link_text(term.role, term.reason)
    yield "kind", labels.get(("kind", content.kind), content.kind)
    yield "minutes", words.minutes(*content.minutes)
    yield "step_minutes", ", ".join("–" if minutes is None else str(minutes) for minutes in content.step_minutes)
    yield "preparation_minutes", words.preparation(content.preparation_minutes)
    yield "group", words.group(*content.group)
    yield "norwegian_level", words.norwegian(content.norwegian_level)
    for vocabulary in FACET_LISTS:
        yield vocabulary, _named(vocabulary, content.slugs(vocabulary), labels)
    yield "licence", labels.get(("licence", content.licence), content.licence)
    yield "attribution", content.attribution
    yield "source_url", content.source_url
    for number, picture in enumerate(content.pictures, start=1):
        yield f"pictures.{number}", "\n".join(filter(None, (*picture.alt.values(), picture.rights, picture.sha256[:12])))
    for number, file in enumerate(content.files, start=1):
        yield f"files.{number}", _file_text(file, labels)


def _part_text(form: ContentForm, part: str) -> str:
    value: str | tuple[str, ...] = getattr(form, part)
    if isinstance(value, str):
        return value
    if part == "steps":
        return "\n".join(f"{number}. {text}" for number, text in enumerate(value, start=1))
    return "\n".join(value)


def _file_text(file: ContentFile, labels: Labels) -> str:
    language = labels.get(("language", file.language), file.language)
    said = (words.file_role(file.role), *file.caption.values(), *file.alt.values(), language, file.rights, file.sha256[:12])
    return "\n".join(filter(None, said))


def _link_text(role: str, reason: Mapping[str, str]) -> str:
    kind = _("Hovedkobling") if role == "main" else _("Berører")
    return "\n".join((kind, *(f"{tag}: {text}" for tag, text in sorted(reason.items()))))


def _named(vocabulary: str, slugs: Sequence[str], labels: Labels) -> str:
    return ", ".join(labels.get((vocabulary, slug), slug) for slug in slugs)
