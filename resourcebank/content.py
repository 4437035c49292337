"""The whole content of a revision as plain data: what a form sends, what a file says, what is hashed and compared."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from resourcebank.languages import form_code, form_order, valid_tag
from resourcebank.models import Attachment, Form, Revision, Step, TermLink
from resourcebank.models.revision import ATTACHMENT_ROLES

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_FORM_TEXT = ("title", "summary", "goal", "steps", "questions", "adaptations", "care", "participant_sheet", "transcript")
_OUTSIDE_FORM = frozenset({"made_from_hash", "translated_by", "checked_by", "checked_on"})
_OUTSIDE = frozenset({"attribution"})
_FILE_ORDER = {role: place for place, role in enumerate(ATTACHMENT_ROLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentTerm:
    """A link to a term. `role` is `main` or `touches` for the framework (with a `reason` per language), else `facet`."""

    vocabulary: str
    slug: str
    role: str = "facet"
    reason: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What tells one link of a revision from another."""
        return (self.vocabulary, self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPicture:
    """A picture by what its file contains (SHA-256, hexadecimal). `alt` says per language what is to be seen. One that was found on
    another page has that in `source_url`, and in `rights` who made it and what lets us share it."""

    sha256: str
    alt: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFile:
    """A file that is no picture of the steps: a `worksheet`, the `film`, its `captions` in one `language`, or its `poster`.

    `caption` is what it is called and `alt` what is to be seen, per language; `rights` as for a picture.
    """

    sha256: str
    role: str
    language: str = ""
    caption: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)
    rights: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentForm:
    """One language form. `made_from` is the code of the form it was made from; `made_from_hash` the hash of that form's text at the
    time, "" to have it noted on saving. `steps` has one text per entry of `Content.step_minutes`."""

    language: str
    level: str = ""
    title: str = ""
    summary: str = ""
    goal: str = ""
    steps: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ()
    care: str = ""
    participant_sheet: str = ""
    transcript: str = ""
    made_from: str = ""
    made_from_hash: str = ""
    translated_by: str = ""
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def code(self) -> str:
        """The short name: `nb`, `nb-a2`."""
        return form_code(self.language, self.level)

    def text_hash(self) -> str:
        """SHA-256 (hexadecimal) of everything a reader reads in this form."""
        return _sha256([getattr(tidy_form(self), name) for name in _FORM_TEXT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A revision's whole content. `kind` and `licence` are term slugs; `minutes` and `group` are (least, most);
    `step_minutes` has one entry per step; order of `terms` and `forms` means nothing, `pictures` are shown in theirs, and
    `files` in theirs among those of one role."""

    kind: str = ""
    licence: str = ""
    origin: str = "own"
    minutes: tuple[int | None, int | None] = (None, None)
    preparation_minutes: int | None = None
    group: tuple[int | None, int | None] = (None, None)
    norwegian_level: str = ""
    source_url: str = ""
    attribution: str = ""
    step_minutes: tuple[int | None, ...] = ()
    terms: tuple[ContentTerm, ...] = ()
    forms: tuple[ContentForm, ...] = ()
    pictures: tuple[ContentPicture, ...] = ()
    files: tuple[ContentFile, ...] = ()

    def form(self, code: str) -> ContentForm | None:
        """The form of that code, or None."""
        return next((form for form in self.forms if form.code == code), None)

    def slugs(self, vocabulary: str) -> tuple[str, ...]:
        """The terms linked in one vocabulary."""
        return tuple(term.slug for term in self.terms if term.vocabulary == vocabulary)

    def files_as(self, role: str) -> tuple[ContentFile, ...]:
        """The files with one role."""
        return tuple(file for file in self.files if file.role == role)

    @property
    def has_film(self) -> bool:
        """A film of its own is among the files."""
        return any(file.role == "film" for file in self.files)

    @property
    def framework_links(self) -> tuple[ContentTerm, ...]:
        """The links a reviewer confirms one by one."""
        return tuple(term for term in self.terms if term.role != "facet")


def tidy_text(text: str) -> str:
    """The text as it is kept: composed letters, newlines as `\\n`, no ends of blank, no character that cannot be shown."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()  # most texts are tidy, and the passes below cost five times as much
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", lines).strip()


def _tidy_list(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(tidy_text(text) for text in texts)


def tidy_form(form: ContentForm) -> ContentForm:
    """The form as it is kept."""
    return replace(
        form,
        language=valid_tag(tidy_text(form.language)),
        title=tidy_text(form.title),
        summary=tidy_text(form.summary),
        goal=tidy_text(form.goal),
        steps=_tidy_list(form.steps),
        questions=_tidy_list(form.questions),
        adaptations=_tidy_list(form.adaptations),
        care=tidy_text(form.care),
        participant_sheet=tidy_text(form.participant_sheet),
        transcript=tidy_text(form.transcript),
        made_from=tidy_text(form.made_from),
        translated_by=tidy_text(form.translated_by),
        checked_by=tidy_text(form.checked_by),
    )


def tidy(content: Content) -> Content:
    """The content as it is kept, forms and terms in their fixed order. Tidying twice changes nothing."""
    return replace(
        content,
        kind=tidy_text(content.kind),
        licence=tidy_text(content.licence),
        norwegian_level=tidy_text(content.norwegian_level),
        source_url=tidy_text(content.source_url),
        attribution=tidy_text(content.attribution),
        forms=tuple(sorted(map(tidy_form, content.forms), key=lambda form: form_order(form.language, form.level))),
        terms=tuple(sorted(map(_tidy_term, content.terms), key=lambda term: term.key)),
        pictures=tuple(map(_tidy_picture, content.pictures)),
        files=tuple(sorted(map(_tidy_file, content.files), key=lambda file: _FILE_ORDER.get(file.role, len(_FILE_ORDER)))),
    )


def _tidy_picture(picture: ContentPicture) -> ContentPicture:
    return replace(picture, alt=_tidy_texts(picture.alt), source_url=tidy_text(picture.source_url), rights=_on_one_line(picture.rights))


def _tidy_file(file: ContentFile) -> ContentFile:
    return replace(
        file,
        language=valid_tag(tidy_text(file.language)),
        caption={tag: _on_one_line(text) for tag, text in _tidy_texts(file.caption).items()},
        alt=_tidy_texts(file.alt),
        rights=_on_one_line(file.rights),
    )


def _on_one_line(text: str) -> str:
    return " ".join(tidy_text(text).split())


def _tidy_term(term: ContentTerm) -> ContentTerm:
    return replace(term, vocabulary=tidy_text(term.vocabulary), slug=tidy_text(term.slug), reason=_tidy_texts(term.reason))


def _tidy_texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {tag: tidy_text(text) for tag, text in sorted(texts.items()) if tidy_text(text)}


def content_hash(content: Content) -> str:
    """SHA-256 (hexadecimal) of the content. Outside stand what may change after publication (attribution, translated_by, checked_by,
    checked_on) and made_from_hash, which tells of another form's text."""
    kept = tidy(content)
    body = _values(kept, _OUTSIDE | {"forms", "terms", "pictures", "files"})
    body["forms"] = [_values(form, _OUTSIDE_FORM) for form in kept.forms]
    body["terms"] = [_values(term, frozenset()) for term in kept.terms]
    # What came later is left out where it says nothing: the hash of what is published already stays what it was.
    if kept.pictures:
        body["pictures"] = [_values(picture, _silent(picture, "source_url", "rights")) for picture in kept.pictures]
    if kept.files:
        body["files"] = [_values(file, frozenset()) for file in kept.files]
    return _sha256(body)


def _silent(item: ContentPicture, *names: str) -> frozenset[str]:
    return frozenset(name for name in names if not getattr(item, name))


def _values(item: Content | ContentFile | ContentForm | ContentPicture | ContentTerm, outside: frozenset[str]) -> dict[str, Any]:
    return {f.name: getattr(item, f.name) for f in fields(item) if f.name not in outside}


def _sha256(body: object) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def content_of(revision: Revision) -> Content:
    """The content of a revision as it stands in the database now."""
    return contents_of([revision])[revision.pk]


def contents_of(revisions: Sequence[Revision]) -> dict[int, Content]:
    """The content of each revision by its key: four statements, and one each for a kind and licence not yet read."""
    steps, links, forms = defaultdict[int, list[Step]](list), defaultdict[int, list[TermLink]](list), defaultdict[int, list[Form]](list)
    attachments = defaultdict[int, list[Attachment]](list)
    ids = [revision.pk for revision in revisions]
    for step in Step.objects.filter(revision__in=ids).order_by("position"):
        steps[step.revision_id].append(step)
    for link in TermLink.objects.filter(revision__in=ids).select_related("term"):
        links[link.revision_id].append(link)
    for form in Form.objects.filter(revision__in=ids):
        forms[form.revision_id].append(form)
    found = Attachment.objects.filter(revision__in=ids).select_related("file").defer("file__extracted_text")
    for attachment in found.order_by("position"):
        attachments[attachment.revision_id].append(attachment)
    return {
        each.pk: content_from(each, steps=steps[each.pk], links=links[each.pk], forms=forms[each.pk], attachments=attachments[each.pk])
        for each in revisions
    }


def content_from(
    revision: Revision, *, steps: Iterable[Step], links: Iterable[TermLink], forms: Iterable[Form], attachments: Sequence[Attachment]
) -> Content:
    """The content made of rows somebody has read already: steps and attachments in their order, links with their terms."""
    return Content(
        kind=revision.kind.slug if revision.kind else "",
        licence=revision.licence.slug if revision.licence else "",
        origin=revision.origin,
        minutes=(revision.minutes_min, revision.minutes_max),
        preparation_minutes=revision.preparation_minutes,
        group=(revision.group_min, revision.group_max),
        norwegian_level=revision.norwegian_level,
        source_url=revision.source_url,
        attribution=revision.attribution,
        step_minutes=tuple(step.minutes for step in steps),
        terms=_content_terms(links),
        forms=_content_forms(forms),
        pictures=tuple(_content_picture(each) for each in attachments if each.role == "picture"),
        files=tuple(_content_file(each) for each in attachments if each.role != "picture"),
    )


def _content_picture(row: Attachment) -> ContentPicture:
    return ContentPicture(sha256=row.file.sha256, alt=dict(row.alt), source_url=row.source_url, rights=row.rights)


def _content_file(row: Attachment) -> ContentFile:
    return ContentFile(
        sha256=row.file.sha256, role=row.role, language=row.language, caption=dict(row.caption), alt=dict(row.alt), rights=row.rights
    )


def _content_terms(links: Iterable[TermLink]) -> tuple[ContentTerm, ...]:
    found = (
        ContentTerm(vocabulary=link.term.vocabulary_id, slug=link.term.slug, role=link.role, reason=dict(link.reason)) for link in links
    )
    return tuple(sorted(found, key=lambda term: term.key))


def _content_forms(forms: Iterable[Form]) -> tuple[ContentForm, ...]:
    rows = sorted(forms, key=lambda form: form_order(form.language, form.level))
    codes = {form.pk: form.code for form in rows}
    return tuple(
        ContentForm(
            language=form.language,
            level=form.level,
            title=form.title,
            summary=form.summary,
            goal=form.goal,
            steps=tuple(form.steps),
            questions=tuple(form.questions),
            adaptations=tuple(form.adaptations),
            care=form.care,
            participant_sheet=form.participant_sheet,
            transcript=form.transcript,
            made_from=codes.get(form.made_from_id or 0, ""),
            made_from_hash=form.made_from_hash,
            translated_by=form.translated_by,
            checked_by=form.checked_by,
            checked_on=form.checked_on,
        )
        for form in rows
    )
