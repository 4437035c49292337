"""One page of a contribution as its template shows it: every field with its label, help, example, and what is to be mended there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resourcebank.catalogue import Named, Names
from resourcebank.content import Content, ContentForm
from resourcebank.languages import FALLBACKS, direction
from resourcebank.models.taxonomy import FRAMEWORK
from resourcebank.web import words
from resourcebank.web.contributing_fields import Choice, Choices, Field, FormPart, LinkRow, Remark, StepRow
from resourcebank.web.contributing_form import FACETS, REASON_LANGUAGES, Fields, Page, link_numbers, main_first, one, row_numbers
from resourcebank.web.contributing_words import Place, form_name, hints, label_of, labels, place_of
from resourcebank.web.example import example

FIRST_ROWS = 3
MOST_ROWS = 12
MOST_LINKS = 20
_ROWS = {
    "summary": 3,
    "goal": 2,
    "questions": 5,
    "adaptations": 5,
    "care": 5,
    "participant_sheet": 9,
    "transcript": 6,
    "reason": 2,
    "alt": 2,
    "file_alt": 2,
}
_REQUIRED_OWN = ("title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet")
_REQUIRED_LINKED = ("title", "summary", "goal", "care")
_LONGEST_SHOWN = 50_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page is made from: the fields as they were typed or as the draft holds them, and what is to be mended in them."""

    content: Content
    fields: Fields
    page: Page
    url: str
    known: Names
    remarks: Sequence[Remark] = ()
    fetched: frozenset[str] = frozenset()
    rows: int = FIRST_ROWS
    links: int = 1
    unfolded: str = ""

    def at(self, anchor: str) -> tuple[Remark, ...]:
        """What is to be mended at a field."""
        return tuple(each for each in self.remarks if each.place == Place(self.page, anchor))

    def field(self, name: str, *, code: str = "", **more: object) -> Field:
        """A field by its name in the form."""
        root = name.partition(".")[0]
        language = words.form_parts(code)[0] if code else ""
        text, tag = example(root, language or words.interface_language())
        made: Callable[..., Field] = Field
        given = {
            "name": name,
            "label": label_of(name, self.known),
            "value": one(self.fields, name)[:_LONGEST_SHOWN],
            "hint": hints().get(root, ""),
            "example": text,
            "example_language": tag,
            "remarks": self.at(name),
            "fetched": name in self.fetched,
            "language": language,
            "dir": direction(language) if language else "",
            "rows": _ROWS.get(root, 0),
        }
        return made(**(given | more))


@dataclass(frozen=True, slots=True)
class ContentPage:
    """Page 1."""

    source_url: Field | None
    forms: tuple[FormPart, ...]
    folded: tuple[FormPart, ...]
    languages: tuple[Choice, ...]
    levels: tuple[Choice, ...]


def content_page(sheet: Sheet) -> ContentPage:
    """The words, language form by language form."""
    parts = [_form_part(sheet, form, first=not place) for place, form in enumerate(sheet.content.forms)]
    linked = sheet.content.origin == "linked"
    return ContentPage(
        source_url=sheet.field("source_url", required=True, kind="url") if linked or sheet.content.source_url else None,
        forms=tuple(part for part in parts if part.beside),
        folded=tuple(part for part in parts if not part.beside),
        languages=tuple(choices_of(sheet.known, "language", _not_there(sheet))),
        levels=tuple(
            Choice(level, words.norwegian(level) or _("vanlig"), not level) for level in ("", "A1", "A2", "B1", "B2", "C", "none")
        ),
    )


def _not_there(sheet: Sheet) -> list[str]:
    """The language one would add next: the other written standard, then English."""
    there = {form.language for form in sheet.content.forms if not form.level}
    return [tag for tag in FALLBACKS if tag not in there][:1]


def _form_part(sheet: Sheet, form: ContentForm, *, first: bool) -> FormPart:
    code, several = form.code, len(sheet.content.forms) > 1
    required = (_REQUIRED_LINKED if sheet.content.origin == "linked" else _REQUIRED_OWN) if first else ()
    named = labels()

    def made(name: str) -> Field:
        label = label_of(f"{name}.{code}", sheet.known) if several else named[name]
        return sheet.field(f"{name}.{code}", code=code, label=label, required=name in required)

    film = sheet.content.kind == "film" or form.transcript
    after = (
        "questions",
        "adaptations",
        "care",
        "participant_sheet",
        *(("transcript",) if film else ()),
        *(() if first else ("translated_by",)),
    )
    steps_example, steps_language = example("steps", form.language)
    return FormPart(
        code=code,
        name=form_name(code, sheet.known),
        language=form.language,
        dir=direction(form.language),
        first=first,
        beside=first or (form.language in REASON_LANGUAGES and not form.level),
        unfolded=code == sheet.unfolded or any(code in each.place.anchor.split(".") for each in sheet.remarks if each.blocks),
        removable=several and not first,
        stale=any(each.code == "form-stale" for each in sheet.at(f"form.{code}")),
        remarks=sheet.at(f"form.{code}"),
        before=tuple(map(made, ("title", "summary", "goal"))),
        steps=tuple(_step_rows(sheet, code, several=several, first=first)),
        steps_required="steps" in required,
        steps_hint=hints()["steps"] if first else "",
        steps_example=steps_example if first else "",
        steps_language=steps_language,
        after=tuple(map(made, after)),
    )


def _step_rows(sheet: Sheet, code: str, *, several: bool, first: bool) -> Iterator[StepRow]:
    numbers = row_numbers(sheet.fields)
    count = min(max(len(numbers), sheet.rows), max(MOST_ROWS, len(numbers)))
    numbers += [max(numbers, default=0) + more for more in range(1, count - len(numbers) + 1)]
    for place, number in enumerate(numbers, start=1):
        names = {"text": f"step.{code}.{number}", "minutes": f"minutes.{number}"}
        label = label_of(f"step.{code}.{place}", sheet.known) if several else labels()["step"] % {"number": place}
        text = sheet.field(
            names["text"],
            code=code,
            label=label,
            rows=3,
            example="",
            remarks=sheet.at(f"step.{code}.{place}"),
            required=first and place == 1,
        )
        minutes_label = labels()["minutes"] % {"number": place}
        remarks = sheet.at(f"minutes.{place}")
        minutes = sheet.field(names["minutes"], label=minutes_label, kind="number", hint="", remarks=remarks) if first else None
        yield StepRow(number, text, minutes, place == 1)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Page 3."""

    links: tuple[LinkRow, ...]
    kind: Choices
    level: Choices
    minutes: tuple[Field, ...]
    group: tuple[Field, ...]
    preparation: Field
    facets: tuple[Choices, ...]
    more: tuple[Choices, ...]


def place_page(sheet: Sheet) -> PlacePage:
    """Where it belongs: links to the framework, and the facts people choose by."""
    numbers = link_numbers(sheet.fields)
    wanted = min(max(len(numbers), sheet.links), max(MOST_LINKS, len(numbers)))
    numbers += [max(numbers, default=0) + more for more in range(1, wanted - len(numbers) + 1)]
    facets = [_facet(sheet, vocabulary) for vocabulary in FACETS]
    numeric = {"kind": "number"}
    return PlacePage(
        links=tuple(_link_row(sheet, number, first=not place) for place, number in enumerate(numbers)),
        kind=_select(sheet, "kind"),
        level=_select(sheet, "norwegian_level"),
        minutes=tuple(sheet.field(name, **numeric) for name in ("minutes_min", "minutes_max")),
        group=tuple(sheet.field(name, **numeric) for name in ("group_min", "group_max")),
        preparation=sheet.field("preparation_minutes", **numeric),
        facets=tuple(facets[:3]),
        more=tuple(facets[3:]),
    )


def _facet(sheet: Sheet, vocabulary: str) -> Choices:
    chosen = sheet.fields.get(vocabulary, ())
    return Choices(vocabulary, labels()[vocabulary], tuple(choices_of(sheet.known, vocabulary, chosen)), remarks=sheet.at(vocabulary))


def _select(sheet: Sheet, name: str) -> Choices:
    chosen = sheet.fields.get(name, ())
    choices = tuple(choices_of(sheet.known, name, chosen))
    return Choices(name, labels()[name], choices, remarks=sheet.at(name), required=True, fetched=name in sheet.fetched)


def choices_of(known: Names, vocabulary: str, chosen: Sequence[str]) -> Iterator[Choice]:
    """The values of a vocabulary that can be chosen, and those that are."""
    language = words.interface_language()
    for named in sorted(known.values.get(vocabulary, {}).values(), key=lambda named: named.place):
        if named.active or named.slug in chosen:
            yield _choice(named, named.slug, named.slug in chosen, language)


def _choice(named: Named, value: str, chosen: bool, language: str) -> Choice:
    label = named.label(language)
    return Choice(value, f"– {label}" if named.depth else label, chosen, working_title=not named.confirmed)


def _link_row(sheet: Sheet, number: int, *, first: bool) -> LinkRow:
    language = words.interface_language()
    chosen = one(sheet.fields, f"term.{number}")
    groups = []
    for vocabulary in FRAMEWORK:
        named = sorted(sheet.known.values.get(vocabulary, {}).values(), key=lambda each: each.place)
        choices = (
            _choice(each, f"{vocabulary}:{each.slug}", f"{vocabulary}:{each.slug}" == chosen, language) for each in named if each.active
        )
        labelled = sheet.known.facets.get(vocabulary, {})
        groups.append((labelled.get(language) or labelled.get("nb") or vocabulary, tuple(choices)))
    role = one(sheet.fields, f"role.{number}") or ("main" if first else "touches")
    roles = (Choice("main", _("Dette handler den om"), role == "main"), Choice("touches", _("Den berører dette"), role == "touches"))
    label = _("Hva handler den mest om?") if first else label_of(f"term.{number}", sheet.known)
    spoken = {form.language for form in sheet.content.forms}
    needed = next((tag for tag in REASON_LANGUAGES if tag in spoken), REASON_LANGUAGES[0])
    reasons = (sheet.field(f"reason.{number}.{tag}", code=tag, required=first and tag == needed) for tag in REASON_LANGUAGES)
    return LinkRow(
        number,
        Choices(f"term.{number}", label, groups=tuple(groups), remarks=sheet.at(f"term.{number}"), required=first),
        Choices(f"role.{number}", label_of(f"role.{number}", sheet.known), roles),
        tuple(sorted(reasons, key=lambda each: not each.required)),
    )


def remarks_of(found: Iterable[tuple[str, str, str, bool]], content: Content, known: Names, *, url: str) -> list[Remark]:
    """What was found as (code, field, message, blocks), each with the address of the field where it is mended."""
    rows = {f"{term.vocabulary}:{term.slug}": number for number, term in enumerate(main_first(content.framework_links), start=1)}
    codes = [form.code for form in content.forms]
    made = []
    for code, name, message, blocks in found:
        place = place_of(name, codes=codes, terms=rows)
        form = (
            next((each for each in place.anchor.split(".")[1:] if each in codes), "")
            if len(codes) > 1 and place.page == Page.CONTENT
            else ""
        )
        where = form_name(form, known) if form else ""
        made.append(Remark(message, blocks, place, f"{url}?steg={place.page}&vis=1#{place.anchor}", code, where))
    return made


def filled_in(remark: Remark, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether the field of a remark holds something: what is still empty is not a fault while somebody writes."""
    return any(fields.get(remark.place.anchor, ()))
