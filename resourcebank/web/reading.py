"""A resource as it is read: one language form in the fixed order of its parts, and the facts around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resourcebank.catalogue import Names
from resourcebank.languages import FALLBACKS
from resourcebank.models import Form, Revision, Step, Term, TermLink, User
from resourcebank.policies import Actor
from resourcebank.selectors import Face, PublishedResource, QualityCard, WholeText
from resourcebank.web import words
from resourcebank.web.addresses import explained_url
from resourcebank.web.assuring import CardView, card_view
from resourcebank.web.cards import Fact, Pair, stated_needs
from resourcebank.web.files import DocumentView, FilmView, document_views, film_view
from resourcebank.web.markup import blocks, one_line
from resourcebank.web.pictures import PictureView, picture_views
from resourcebank.web.search_words import words_url
from resourcebank.web.vouching import check_url

BOLD_LINE = re.compile(r"\*\*([^*]+)\*\*")
LONGEST_LEAD = 48
"""A tip may begin with whom it is for («Gruppe: …»); longer than this it is an ordinary sentence with a colon in it."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A language form the reader can choose."""

    url: str
    language: str
    name: str
    level: str
    current: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: what to do and how long it takes."""

    text: SafeString
    minutes: str


@dataclass(frozen=True, slots=True)
class Tip:
    """One adaptation; `lead` is whom or what it is for, often empty."""

    lead: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Care:
    """A part in another form than the one being read, with its own language."""

    text: SafeString
    language: str
    dir: str


@dataclass(frozen=True, slots=True)
class FormView:
    """One language form, ready to show. Empty parts are not shown. `sheet_only`: only what the participant reads is in this language."""

    code: str
    language: str
    dir: str
    easy: bool
    sheet_only: bool
    title: str
    summary: SafeString
    goal: SafeString
    steps: tuple[StepView, ...]
    questions: tuple[SafeString, ...]
    adaptations: tuple[Tip, ...]
    care: SafeString
    ordinary_care: Care | None
    sheet_heading: str
    sheet: SafeString
    transcript: SafeString
    translated_by: str
    checked: str


@dataclass(frozen=True, slots=True)
class FrameworkLink:
    """A link to the framework with its reason."""

    vocabulary: str
    label: str
    parent: str
    url: str
    main: bool
    working_title: bool
    reason: str


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A resource like the one being read."""

    url: str
    title: str
    summary: SafeString
    language: str
    dir: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Everything the resource page, the participant view and the sheet show."""

    slug: str
    url: str
    participant_url: str
    sheet_url: str
    large_sheet_url: str
    address: str
    form: FormView
    pictures: tuple[PictureView, ...]
    film: FilmView | None
    documents: tuple[DocumentView, ...]
    switches: tuple[Switch, ...]
    pair: Pair | None
    pair_url: str
    kind: str
    facts: tuple[Fact, ...]
    more_facts: tuple[Fact, ...]
    framework: tuple[FrameworkLink, ...]
    quality: CardView
    check_url: str
    words_url: str
    attribution: str
    licence: str
    licence_url: str
    source_url: str
    published_on: str
    number: int
    similar: tuple[SimilarView, ...]

    @property
    def has_sheet(self) -> bool:
        """There is something a participant can be shown or given."""
        return bool(self.form.sheet or self.form.steps or self.pictures or self.film or self.documents)


def resource_view(
    found: PublishedResource, card: QualityCard, code: str, names: Names, user: Actor, similar: Sequence[Face]
) -> ResourceView | None:
    """The page for one form of a published resource: the asked-for `code`, or the best for the reader when it is empty; `similar` are
    those like it.

    `user` is who reads: a member may be asked to check the language. None when the resource has no such form.
    """
    form = found.form(code) if code else found.form_for(words.interface_language())
    if form is None:
        return None
    revision, language = found.revision, words.interface_language()
    query = f"?form={form.code}"
    slug = found.resource.slug
    pair = pair_of_links(found.links, language)
    languages = {tag: named.label(language) for tag, named in names.values.get("language", {}).items()}
    return ResourceView(
        slug=slug,
        url=reverse("web:resource", args=[slug]) + query,
        participant_url=reverse("web:participant", args=[slug]) + query,
        sheet_url=reverse("web:sheet", args=[slug]) + query,
        large_sheet_url=reverse("web:sheet", args=[slug]) + query + "&stor=1",
        address=settings.SITE_URL + reverse("web:resource", args=[slug]),
        form=form_view(form, found.forms, found.steps),
        pictures=tuple(picture_views(found.pictures, form.language)),
        film=film_view(found.files, form.language, languages),
        documents=tuple(document_views(found.files, form.language, languages)),
        switches=tuple(_switches(found, form, names, language)),
        pair=pair,
        pair_url=explained_url("word_pair", pair.slug) if pair else "",
        kind=revision.kind.label(language) if revision.kind else "",
        facts=facts_of(found, form),
        more_facts=more_facts_of(found),
        framework=framework_of(found.links),
        quality=card_view(card, found),
        check_url=check_url(user if isinstance(user, User) else None, form, slug),
        words_url=words_url(user, slug),
        attribution="" if revision.attribution == settings.SITE_NAME else revision.attribution,
        licence=revision.licence.label(language) if revision.licence else "",
        licence_url=revision.licence.source if revision.licence else "",
        source_url=revision.source_url,
        published_on=words.day(revision.published_at) if revision.published_at else "",
        number=revision.number,
        similar=tuple(
            SimilarView(reverse("web:resource", args=[face.slug]), face.title, one_line(face.summary), face.language, face.dir)
            for face in similar
        ),
    )


def form_view(form: Form, forms: Sequence[Form], steps: Sequence[Step]) -> FormView:
    """One of the `forms` of a revision, published or not, as it is read."""
    times = [step.minutes for step in steps]
    easy = words.easy_read(form.language, form.level)
    sheet_only = not form.steps
    heading, sheet = _sheet(form)
    return FormView(
        code=form.code,
        language=form.language,
        dir=form.dir,
        easy=easy,
        sheet_only=sheet_only,
        title=form.title,
        summary=one_line(form.summary),
        goal=one_line(form.goal),
        steps=tuple(StepView(one_line(text), words.minutes(time, time)) for text, time in _timed(form.steps, times)),
        questions=tuple(one_line(text) for text in form.questions),
        adaptations=tuple(_tip(text) for text in form.adaptations),
        care=blocks(form.care),
        ordinary_care=_ordinary_care(form, forms) if easy or sheet_only else None,
        sheet_heading=heading,
        sheet=blocks(sheet),
        transcript=blocks(form.transcript),
        translated_by=form.translated_by,
        checked=_checked(form),
    )


def _timed(texts: Sequence[str], times: Sequence[int | None]) -> Iterator[tuple[str, int | None]]:
    for index, text in enumerate(texts):
        yield text, times[index] if index < len(times) else None


def _sheet(form: Form) -> tuple[str, str]:
    """The sheet's own heading (a first line all in bold) and the rest of it."""
    first, _newline, rest = form.participant_sheet.strip().partition("\n")
    found = BOLD_LINE.fullmatch(first.strip())
    return (found[1], rest) if found else ("", form.participant_sheet)


def _tip(text: str) -> Tip:
    lead, colon, rest = text.partition(": ")
    if not colon or len(lead) > LONGEST_LEAD or any(mark in lead for mark in "*_[."):
        return Tip("", one_line(text))
    return Tip(lead, one_line(rest))


def _ordinary_care(form: Form, forms: Sequence[Form]) -> Care | None:
    """The counsellor's own «Pass på»: the easy-read one speaks to the participant, and a form that is only a sheet has none."""
    ordinary = {other.language: other for other in forms if not other.level and other.care and other is not form}
    source = next((ordinary[tag] for tag in (form.language, *FALLBACKS) if tag in ordinary), None)
    return Care(blocks(source.care), source.language, source.dir) if source else None


def _checked(form: Form) -> str:
    if form.checked_by and form.checked_on:
        return _("Språket er kontrollert av %(name)s %(day)s.") % {"name": form.checked_by, "day": words.day(form.checked_on)}
    return _("Oversettelsen er ikke kontrollert av noen som har språket som morsmål.") if form.translated_by else ""


def _switches(found: PublishedResource, chosen: Form, names: Names, language: str) -> Iterator[Switch]:
    url = reverse("web:resource", args=[found.resource.slug])
    for form in found.forms:
        named = names.values.get("language", {}).get(form.language)
        name = named.label(language) if named else form.language
        yield Switch(f"{url}?form={form.code}", form.language, name, words.level_name(form.language, form.level), form is chosen)


def _main_first(links: Sequence[TermLink]) -> list[TermLink]:
    """The links to the framework, those the resource is about before those it touches."""
    return sorted((link for link in links if link.role != "facet"), key=lambda link: link.role != "main")


def pair_of_links(links: Sequence[TermLink], language: str) -> Pair | None:
    """The pair a resource is about, else one it touches, or None."""
    term = next((link.term for link in _main_first(links) if link.term.vocabulary_id == "word_pair"), None)
    if term is None:
        return None
    pair = term.parent or term
    return Pair(pair.slug, pair.label(language))


def _labels(terms: Iterable[Term], vocabulary: str, language: str) -> str:
    return ", ".join(term.label(language) for term in terms if term.vocabulary_id == vocabulary)


def _needs(terms: Sequence[Term], preparation: int | None, language: str) -> str:
    labels = {term.slug: term.label(language) for term in terms if term.vocabulary_id == "needs"}
    return ", ".join(labels[slug] for slug in stated_needs(labels, preparation))


def _norwegian(revision: Revision, form: Form) -> str:
    """The level of Norwegian this form asks for; nothing for a form in another language."""
    level = form.level or revision.norwegian_level
    return words.norwegian(level) if level == "none" or form.language in words.NORWEGIAN else ""


def facts_of(found: WholeText, form: Form) -> tuple[Fact, ...]:
    """What one needs to know to choose it, for a form of it."""
    return tuple(_facts(found.revision, form, [link.term for link in found.links], words.interface_language()))


def more_facts_of(found: WholeText) -> tuple[Fact, ...]:
    """For whom and where it is."""
    return tuple(_more_facts([link.term for link in found.links], words.interface_language()))


def framework_of(links: Sequence[TermLink]) -> tuple[FrameworkLink, ...]:
    """The links to the framework with their reasons, those it is about first."""
    return tuple(_framework(links, words.interface_language()))


def _facts(revision: Revision, form: Form, terms: Sequence[Term], language: str) -> Iterator[Fact]:
    stated = (
        ("clock", _("Tid"), words.minutes(revision.minutes_min, revision.minutes_max)),
        ("people", _("Gruppe"), words.group(revision.group_min, revision.group_max)),
        ("room", _("Arbeidsform"), _labels(terms, "format", language)),
        ("speech", _("Norsknivå"), _norwegian(revision, form)),
        ("sheet", _("Hva det krever"), _needs(terms, revision.preparation_minutes, language)),
        ("bag", _("Forberedelse"), words.preparation(revision.preparation_minutes)),
    )
    yield from (Fact(icon, name, text) for icon, name, text in stated if text)


def _more_facts(terms: Sequence[Term], language: str) -> Iterator[Fact]:
    stated = (
        (_("Brukes"), _labels(terms, "use", language)),
        (_("Målgruppe"), _labels(terms, "audience", language)),
        (_("Arena"), _labels(terms, "sector", language)),
        (_("Tema"), _labels(terms, "theme", language)),
    )
    yield from (Fact("info", name, text) for name, text in stated if text)


def _framework(links: Sequence[TermLink], language: str) -> Iterator[FrameworkLink]:
    for link in _main_first(links):
        term = link.term
        yield FrameworkLink(
            vocabulary=term.vocabulary.label(language),
            label=term.label(language),
            parent=term.parent.label(language) if term.parent else "",
            url=explained_url(term.vocabulary_id, term.slug),
            main=link.role == "main",
            working_title=term.working_title,
            reason=next((link.reason[tag] for tag in (language, *FALLBACKS) if link.reason.get(tag)), ""),
        )
