"""What the pages of a contribution send, as the bank's own `Content`, and back.

The fields of a page are names with texts, as a browser sends them. Each page sends only its own part; the rest of the content is `base`,
what the draft holds now. `read(fields_of(content, page), page=page, base=content)` is the content again.

Names: `title.nb`, `step.nb.3` and `minutes.3` (one number per step, shared by all forms), `questions.nb` (one a line), `term.1` with
`role.1` and `reason.1.nb`, `picture` (the SHA-256 of each, in order) with `alt.1.nb` and `credit.1`, `file` (role and SHA-256 of each) with
`file_name.1.nb`, `file_alt.1.nb`, `file_language.1` and `file_credit.1`, and for the rest the name in `Content`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from django.utils.translation import gettext as _

from resourcebank.complaints import quoted
from resourcebank.content import Content, ContentFile, ContentForm, ContentPicture, ContentTerm, tidy, tidy_form, tidy_text
from resourcebank.errors import Problem
from resourcebank.languages import valid_tag
from resourcebank.web.pasted import Pasted, pasted_steps

Fields = Mapping[str, Sequence[str]]
REASON_LANGUAGES = ("nb", "nn")
FACETS = ("format", "use", "needs", "audience", "sector", "theme")
TEXTS = ("title", "summary", "goal", "care", "participant_sheet", "transcript")
LISTS = ("questions", "adaptations")
HIGHEST_ROW = 200
_MARKED = re.compile(r"(?:[-–•*]|\d{1,2}[.)])\s+")
_CONTINUED = "  "


class Page(IntEnum):
    """The four pages of a contribution."""

    CONTENT = 1
    FILES = 2
    PLACE = 3
    SEND = 4


@dataclass(frozen=True, slots=True)
class Read:
    """The content that was sent; `problems` are what could not be understood, where `content` keeps what the draft held."""

    content: Content
    problems: tuple[Problem, ...] = ()


def read(fields: Fields, *, page: Page, base: Content) -> Read:
    """The content with the part of a page as it was sent. Never raises: what cannot be kept is for the service to say."""
    match page:
        case Page.CONTENT:
            return _read_texts(fields, base)
        case Page.FILES:
            return Read(_with_files(fields, base))
        case Page.PLACE:
            return _read_place(fields, base)
        case Page.SEND:
            return Read(base)


def fields_of(content: Content, *, page: Page) -> dict[str, list[str]]:
    """What the page of a content shows in its fields."""
    match page:
        case Page.CONTENT:
            return dict(_text_fields(content))
        case Page.FILES:
            return dict(_file_fields(content))
        case Page.PLACE:
            return dict(_place_fields(content))
        case Page.SEND:
            return {}


def same(one: Content, other: Content) -> bool:
    """Whether two contents say the same; when a form was made from another's text is not something a page says."""
    return _said(one) == _said(other)


def _said(content: Content) -> Content:
    kept = tidy(content)
    return replace(kept, forms=tuple(replace(form, made_from_hash="") for form in kept.forms))


def one(fields: Fields, name: str) -> str:
    """The text of a field, "" when it is not there."""
    return next(iter(fields.get(name, ())), "")


# Page 1: the words.


def _text_fields(content: Content) -> Iterator[tuple[str, list[str]]]:
    yield "source_url", [content.source_url]
    yield "form", [form.code for form in content.forms]
    for place, form in enumerate(content.forms):
        texts = dict(_form_fields(form))
        yield from ((name, [texts[name]]) for name in (f"title.{form.code}", f"summary.{form.code}", f"goal.{form.code}"))
        for number in range(1, max(len(content.step_minutes), len(form.steps)) + 1):
            yield f"step.{form.code}.{number}", [form.steps[number - 1] if number <= len(form.steps) else ""]
            if not place and number <= len(content.step_minutes):
                yield f"minutes.{number}", [_shown(content.step_minutes[number - 1])]
        yield from ((name, [text]) for name, text in texts.items())


def _form_fields(form: ContentForm) -> Iterator[tuple[str, str]]:
    for name in ("title", "summary", "goal", *LISTS, "care", "participant_sheet", "transcript", "translated_by"):
        value = getattr(form, name)
        yield f"{name}.{form.code}", shown_list(value) if name in LISTS else value


def _read_texts(fields: Fields, base: Content) -> Read:
    codes = [code for code in dict.fromkeys(fields.get("form", ())) if base.form(code)]
    pasted = pasted_steps({code: _row_texts(fields, code) for code in codes})
    rows = [row for row in row_numbers(fields) if _row_says_something(fields, codes, row)]
    problems: list[Problem] = []
    minutes = _step_minutes(fields, rows, pasted, problems)
    forms = {form.code: form for form in base.forms}
    for code in codes:
        forms[code] = _form(fields, forms[code], _steps(fields, code, rows, pasted), base)
    source_url = one(fields, "source_url") if "source_url" in fields else base.source_url
    content = replace(base, source_url=source_url, step_minutes=tuple(minutes), forms=tuple(forms.values()))
    return Read(content, tuple(problems))


def row_numbers(fields: Fields) -> list[int]:
    """The numbers of the rows of steps that a page sent, in order."""
    found = {match[1] for name in fields if (match := re.fullmatch(r"(?:minutes|step\.[\w-]+)\.([1-9]\d{0,2})", name))}
    return sorted(number for number in map(int, found) if number <= HIGHEST_ROW)


def _row_texts(fields: Fields, code: str) -> list[str]:
    return [one(fields, f"step.{code}.{row}") for row in row_numbers(fields)]


def _row_says_something(fields: Fields, codes: Iterable[str], row: int) -> bool:
    names = (f"minutes.{row}", *(f"step.{code}.{row}" for code in codes))
    return any(tidy_text(one(fields, name)) for name in names)


def _step_minutes(fields: Fields, rows: Sequence[int], pasted: Pasted, problems: list[Problem]) -> list[int | None]:
    if pasted.steps and len(rows) == 1:
        return list(pasted.minutes)
    found = []
    for place, row in enumerate(rows, start=1):
        minutes, problem = _number(fields, f"minutes.{row}", f"step_minutes.{place}")
        found.append(minutes)
        problems += problem
    return found


def _steps(fields: Fields, code: str, rows: Sequence[int], pasted: Pasted) -> tuple[str, ...]:
    steps = pasted.steps.get(code) or [one(fields, f"step.{code}.{row}") for row in rows]
    texts = [tidy_text(text) for text in steps]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _form(fields: Fields, old: ContentForm, steps: tuple[str, ...], base: Content) -> ContentForm:
    code = old.code
    texts = {name: one(fields, f"{name}.{code}") for name in TEXTS if f"{name}.{code}" in fields}
    lists = {name: read_list(one(fields, f"{name}.{code}")) for name in LISTS if f"{name}.{code}" in fields}
    translated_by = one(fields, f"translated_by.{code}") if f"translated_by.{code}" in fields else old.translated_by
    form = tidy_form(replace(old, **texts, **lists, steps=steps, translated_by=translated_by, made_from_hash=""))  # type: ignore[arg-type]
    source = base.form(form.made_from)
    if source and one(fields, f"still_true.{code}"):
        form = replace(form, made_from_hash=source.text_hash())
    if form.text_hash() != old.text_hash():
        form = replace(form, checked_by="", checked_on=None)  # whoever checked it read other words
    return form


def shown_list(items: Sequence[str]) -> str:
    """A list in one field, an item a line. A line that begins with two spaces goes on with the item above it."""
    mark = "- " if items and all(_MARKED.match(item) for item in items) else ""
    return "\n".join(mark + item.replace("\n", f"\n{_CONTINUED}") for item in items)


def read_list(text: str) -> tuple[str, ...]:
    """The items of a field with one a line; the marks of a list that was pasted in are taken off."""
    items: list[list[str]] = []
    for line in tidy_text(text).split("\n"):
        if items and line.startswith(_CONTINUED):
            items[-1].append(line.removeprefix(_CONTINUED))
        elif line.strip():
            items.append([line.lstrip()])
    found = ["\n".join(lines).strip() for lines in items]
    if found and all(_MARKED.match(item) for item in found):
        found = [_MARKED.sub("", item, count=1) for item in found]
    return tuple(found)


def new_form(content: Content, *, language: str, level: str, translated_by: str) -> Content:
    """The content with one more, empty language form; the content as it is when it has that form already."""
    form = ContentForm(language=valid_tag(language), level=level)
    if content.form(form.code):
        return content
    ordinary = [other for other in content.forms if not other.level]
    source = next((other.code for other in (*ordinary, *content.forms)), "")
    named = translated_by if form.language not in (*REASON_LANGUAGES, "en") else ""
    return replace(content, forms=(*content.forms, replace(form, made_from=source, translated_by=named)))


def without_form(content: Content, code: str) -> Content:
    """The content without a language form; those made from it stand on their own."""
    kept = (form for form in content.forms if form.code != code)
    return replace(content, forms=tuple(replace(form, made_from="") if form.made_from == code else form for form in kept))


# Page 2: pictures, files and rights.


def _file_fields(content: Content) -> Iterator[tuple[str, list[str]]]:
    yield "licence", [content.licence]
    yield "attribution", [content.attribution]
    yield "picture", [picture.sha256 for picture in content.pictures]
    for number, picture in enumerate(content.pictures, start=1):
        for tag in REASON_LANGUAGES:
            yield f"alt.{number}.{tag}", [picture.alt.get(tag, "")]
        if picture.source_url or picture.rights:
            yield f"credit.{number}", [picture.rights]
    yield "file", [file_key(file) for file in content.files]
    for number, file in enumerate(content.files, start=1):
        yield from ((name, [text]) for name, text in _texts_of_file(file, number))


def file_key(file: ContentFile) -> str:
    """What tells one file of a text from another in the fields."""
    return f"{file.role}.{file.sha256}"


def _texts_of_file(file: ContentFile, number: int) -> Iterator[tuple[str, str]]:
    for tag in REASON_LANGUAGES:
        if file.role == "worksheet":
            yield f"file_name.{number}.{tag}", file.caption.get(tag, "")
        if file.role == "poster":
            yield f"file_alt.{number}.{tag}", file.alt.get(tag, "")
    if file.role in ("worksheet", "captions"):
        yield f"file_language.{number}", file.language
    if file.role != "captions":
        yield f"file_credit.{number}", file.rights


def _with_files(fields: Fields, base: Content) -> Content:
    known = {picture.sha256: picture for picture in base.pictures}
    sent = [sha256 for sha256 in fields.get("picture", ()) if sha256 in known]
    pictures = [
        _picture(fields, known[sha256], number) for number, sha256 in enumerate(fields.get("picture", ()), start=1) if sha256 in sent
    ]
    return replace(
        base,
        licence=one(fields, "licence") if "licence" in fields else base.licence,
        attribution=one(fields, "attribution") if "attribution" in fields else base.attribution,
        pictures=tuple(pictures),
        files=tuple(_files(fields, base)),
    )


def _picture(fields: Fields, old: ContentPicture, number: int) -> ContentPicture:
    rights = one(fields, f"credit.{number}") if f"credit.{number}" in fields else old.rights
    return replace(old, alt=_said_of(fields, f"alt.{number}", old.alt), rights=rights)


def _files(fields: Fields, base: Content) -> Iterator[ContentFile]:
    known = {file_key(file): file for file in base.files}
    for number, key in enumerate(fields.get("file", ()), start=1):
        if old := known.pop(key, None):
            name = f"file_language.{number}"
            yield replace(
                old,
                caption=_said_of(fields, f"file_name.{number}", old.caption),
                alt=_said_of(fields, f"file_alt.{number}", old.alt),
                language=one(fields, name) if name in fields else old.language,
                rights=one(fields, f"file_credit.{number}") if f"file_credit.{number}" in fields else old.rights,
            )


def _said_of(fields: Fields, name: str, old: Mapping[str, str]) -> dict[str, str]:
    """A text per language: what was sent of it, and the rest as it was."""
    said = {**old, **{tag: one(fields, f"{name}.{tag}") for tag in REASON_LANGUAGES if f"{name}.{tag}" in fields}}
    return {tag: text for tag, text in said.items() if text}


# Page 3: facts and the framework.


def _place_fields(content: Content) -> Iterator[tuple[str, list[str]]]:
    for name in ("kind", "norwegian_level"):
        yield name, [getattr(content, name)]
    yield "preparation_minutes", [_shown(content.preparation_minutes)]
    for name in ("minutes", "group"):
        least, most = getattr(content, name)
        yield f"{name}_min", [_shown(least)]
        yield f"{name}_max", [_shown(most)]
    for vocabulary in FACETS:
        yield vocabulary, list(content.slugs(vocabulary))
    for number, term in enumerate(main_first(content.framework_links), start=1):
        yield f"term.{number}", [f"{term.vocabulary}:{term.slug}"]
        yield f"role.{number}", [term.role]
        for tag in REASON_LANGUAGES:
            yield f"reason.{number}.{tag}", [term.reason.get(tag, "")]


def main_first(terms: Iterable[ContentTerm]) -> list[ContentTerm]:
    """Links to the framework as they are shown: what the resource is about before what it touches."""
    return sorted(terms, key=lambda term: term.role != "main")


def _read_place(fields: Fields, base: Content) -> Read:
    problems: list[Problem] = []

    def number(name: str, place: str, old: int | None) -> int | None:
        if name not in fields:
            return old
        value, problem = _number(fields, name, place)
        problems.extend(problem)
        return old if problem else value

    content = replace(
        base,
        kind=one(fields, "kind") if "kind" in fields else base.kind,
        norwegian_level=one(fields, "norwegian_level") if "norwegian_level" in fields else base.norwegian_level,
        preparation_minutes=number("preparation_minutes", "preparation_minutes", base.preparation_minutes),
        minutes=(number("minutes_min", "minutes", base.minutes[0]), number("minutes_max", "minutes", base.minutes[1])),
        group=(number("group_min", "group", base.group[0]), number("group_max", "group", base.group[1])),
        terms=(*_facets(fields, base), *_links(fields, base)),
    )
    return Read(content, tuple(problems))


def _facets(fields: Fields, base: Content) -> Iterator[ContentTerm]:
    for vocabulary in FACETS:
        for slug in dict.fromkeys(map(tidy_text, fields.get(vocabulary, ()))):
            if slug:
                yield ContentTerm(vocabulary=vocabulary, slug=slug)
    yield from (term for term in base.terms if term.role == "facet" and term.vocabulary not in FACETS)


def link_numbers(fields: Fields) -> list[int]:
    """The numbers of the rows of links to the framework that a page sent, in order."""
    found = (match[1] for name in fields if (match := re.fullmatch(r"term\.([1-9]\d{0,2})", name)))
    return sorted(number for number in map(int, found) if number <= HIGHEST_ROW)


def _links(fields: Fields, base: Content) -> Iterator[ContentTerm]:
    old = {term.key: term for term in base.framework_links}
    for number in link_numbers(fields):
        vocabulary, _colon, slug = tidy_text(one(fields, f"term.{number}")).partition(":")
        if not slug:
            continue
        before = old.get((vocabulary, slug))
        reason = dict(before.reason) if before else {}
        reason |= {tag: one(fields, f"reason.{number}.{tag}") for tag in REASON_LANGUAGES if f"reason.{number}.{tag}" in fields}
        kept = {tag: text for tag, text in reason.items() if text}
        yield ContentTerm(vocabulary=vocabulary, slug=slug, role=one(fields, f"role.{number}") or "main", reason=kept)


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(fields: Fields, name: str, place: str) -> tuple[int | None, list[Problem]]:
    text = tidy_text(one(fields, name))
    if not text:
        return None, []
    if text.isascii() and text.isdecimal() and len(text) <= 6:
        return int(text), []
    return None, [
        Problem(
            place,
            "not-a-number",
            _("«%(value)s» er ikke et helt tall. Skriv det med sifre, for eksempel 15.") % {"value": quoted(text[:30])},
        )
    ]
