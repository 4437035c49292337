"""One resource as a folder: its facts and its language forms, as written and as content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from resourcebank.bank_form.facts import Facts, FactsReader
from resourcebank.bank_form.files import FILE_ENDINGS, BankFile, read_files
from resourcebank.bank_form.forms import FormFile, form_of, read_form
from resourcebank.bank_form.pictures import DRAWING, ENDINGS, PictureFile, read_pictures
from resourcebank.content import Content, ContentFile, ContentForm, ContentPicture, ContentTerm
from resourcebank.faults import Fault
from resourcebank.models.review import FINE
from resourcebank.toml_source import read_toml

FACTS_FILE = "resource.toml"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 120


@dataclass(frozen=True, slots=True)
class Known:
    """What a resource may name: vocabulary -> slugs, and the criteria of the checklist with whether each may be answered `not_relevant`.
    `pictures` are the files taken before (SHA-256).

    Of a vocabulary or a checklist that could not be read nothing is known, and nothing is held against a resource.
    """

    terms: Mapping[str, frozenset[str]]
    criteria: Mapping[str, bool]
    pictures: frozenset[str] = frozenset()

    def has(self, vocabulary: str, slug: str) -> bool:
        """Whether the vocabulary has the term."""
        return vocabulary not in self.terms or slug in self.terms[vocabulary]


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read the whole resource and answered the checklist."""

    by: str
    on: date
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A resource as its folder says it."""

    path: Path
    facts: Facts
    forms: tuple[FormFile, ...]
    pictures: tuple[PictureFile, ...] = ()
    files: tuple[BankFile, ...] = ()

    @property
    def slug(self) -> str:
        """The address of the resource."""
        return self.path.name

    def form(self, code: str) -> FormFile | None:
        """The form of that code."""
        return next((form for form in self.forms if form.code == code), None)

    def reading(self, criteria: Iterable[str]) -> Reading | None:
        """Who vouches for the resource; None while a name, a day or a yes to any of the criteria is missing."""
        facts = self.facts
        if not facts.checked_by or facts.checked_on is None or any(facts.checklist.get(code) not in FINE for code in criteria):
            return None
        return Reading(facts.checked_by, facts.checked_on, facts.checklist)

    def content(self) -> Content:
        """The folder as the content of a revision."""
        facts = self.facts
        return Content(
            kind=facts.kind,
            licence=facts.licence,
            origin=facts.origin,
            minutes=facts.minutes or (None, None),
            preparation_minutes=facts.preparation_minutes,
            group=facts.group or (None, None),
            norwegian_level=facts.norwegian_level,
            source_url=facts.source_url,
            attribution=facts.attribution,
            step_minutes=facts.step_minutes,
            terms=(
                *(ContentTerm(vocabulary=t.vocabulary, slug=t.slug, role=t.role, reason=t.reason) for t in facts.terms),
                *(ContentTerm(vocabulary=name, slug=slug) for name, slugs in facts.facets.items() for slug in slugs),
            ),
            forms=tuple(_content_form(form) for form in self.forms),
            pictures=tuple(ContentPicture(sha256=each.sha256, alt=each.row.alt) for each in self.pictures),
            files=tuple(_content_file(each) for each in self.files),
        )


def _content_file(file: BankFile) -> ContentFile:
    row = file.row
    return ContentFile(sha256=file.sha256, role=row.role, language=row.language, caption=row.caption, alt=row.alt, rights=row.rights)


def _content_form(form: FormFile) -> ContentForm:
    return ContentForm(
        language=form.language,
        level=form.level,
        title=form.said("title"),
        summary=form.said("summary"),
        goal=form.text("goal"),
        steps=form.points("steps"),
        questions=form.points("questions"),
        adaptations=form.points("adaptations"),
        care=form.text("care"),
        participant_sheet=form.text("participant_sheet"),
        transcript=form.text("transcript"),
        made_from=form.said("made_from"),
        translated_by=form.said("translated_by"),
        checked_by=form.said("checked_by"),
        checked_on=form.checked_on,
    )


def read_folder(path: Path, *, known: Known) -> tuple[Folder | None, list[Fault]]:
    """The resource in a folder and what is wrong with how it is written; None when its facts cannot be read at all."""
    faults: list[Fault] = []
    if not _SLUG.fullmatch(path.name) or len(path.name) > _LONGEST_SLUG:
        faults.append(Fault(path, 1, "Mappens navn er ressursens adresse: små bokstaver a–z, tall og bindestrek."))
    forms = tuple(_forms(path, languages=known.terms.get("language", frozenset()), faults=faults))
    source = read_toml(path / FACTS_FILE)
    if isinstance(source, Fault):
        return None, [*faults, source]
    reader = FactsReader(source)
    facts = reader.facts()
    pictures, wrong = read_pictures(path, facts, taken=known.pictures)
    files, amiss = read_files(path, facts, taken=known.pictures)
    return Folder(path, facts, forms, pictures, files), faults + reader.faults + wrong + amiss


def _forms(path: Path, *, languages: Iterable[str], faults: list[Fault]) -> Iterable[FormFile]:
    taken: dict[tuple[str, str], Path] = {}
    for file in sorted(each for each in path.iterdir() if each.name != FACTS_FILE and not each.name.startswith(".")):
        if file.suffix.lower() in (*ENDINGS, *FILE_ENDINGS, DRAWING):
            continue
        if file.suffix != ".md":
            faults.append(
                Fault(file, 1, f"Filen hører ikke til en ressurs: {FACTS_FILE}, én .md-fil for hver språkversjon, bilder og filer.")
            )
            continue
        found = form_of(file.stem, languages=languages)
        if found is None:
            faults.append(Fault(file, 1, "Filens navn er ikke et språk med eller uten nivå (nb.md, nb-a2.md, fa-AF.md)."))
        elif found in taken:
            faults.append(Fault(file, 1, f"{taken[found].name} har samme språk og nivå."))
        else:
            taken[found] = file
            form, wrong = read_form(file, language=found[0], level=found[1])
            faults += wrong
            yield form
