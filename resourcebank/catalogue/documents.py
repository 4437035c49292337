"""Published resources as documents of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resourcebank.catalogue.declaration import FOR_COLLEAGUES, SCHEMA
from resourcebank.catalogue.synonyms import synonym_rows
from resourcebank.content import ContentForm
from resourcebank.languages import form_order
from resourcebank.models import Form, Term
from resourcebank.selectors import Searchable, named_terms, published_ids, searchables
from search.index import Document, Index, Passage

DURATIONS = ((10, "up-to-10"), (20, "11-20"), (45, "21-45"), (90, "46-90"))
_LEVELS = ("none", "A1", "A2", "B1", "B2", "C")
_ASSURANCES = {"": (), "checked": ("checked",), "reviewed": ("checked", "reviewed"), "tried": ("checked", "reviewed", "tried")}
UNSAID = frozenset({"language", "licence", "duration", "assurance", "norwegian_level"})
"""Vocabularies whose labels would only be noise among the words of a resource, and are no suggestion for what to search for."""
_FIRST_HALF = 1 << 30
"""More minutes than there are since 1970: what is for colleagues ranks behind all that is for participants."""
_LABEL_LANGUAGES = ("nb", "nn", "en")
Terms = Mapping[tuple[str, str], Term]


def documents(public_ids: Sequence[str]) -> Iterator[Document]:
    """The published resources among the ids, as documents: six statements, at most three more when some are reviewed."""
    found = searchables(public_ids)
    terms = {(term.vocabulary_id, term.slug): term for term in named_terms()} if found else {}
    return (_document(each, terms) for each in found)


def _document(found: Searchable, terms: Terms) -> Document:
    revision = found.revision
    forms = sorted(found.forms, key=lambda form: (form.level != "", form.language))
    return Document(
        id=str(revision.resource.public_id),
        passages=(*passages_of(forms, _linked_terms(found, terms)), *_word_passages(found), *_file_passages(found)),
        keywords=_keywords(found),
        numbers=_numbers(found),
        sort_title=_sort_title(forms),
    )


def passages_of(forms: Iterable[Form | ContentForm], linked: Iterable[Term]) -> tuple[Passage, ...]:
    """The texts of a resource as they are searched: its forms, and the names of what it is linked to."""
    return (*(_passage(form) for form in forms), *_label_passages([term for term in linked if term.vocabulary_id not in UNSAID]))


def _passage(form: Form | ContentForm) -> Passage:
    parts = [form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care]
    return Passage(form.language, form.title, _joined(parts), _joined([form.participant_sheet, form.transcript]))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _linked_terms(found: Searchable, terms: Terms) -> list[Term]:
    linked = {(vocabulary, slug) for vocabulary, slugs in found.terms.items() for slug in slugs}
    linked |= {("kind", found.revision.kind.slug)} if found.revision.kind else set()
    return [terms[key] for key in sorted(linked) if key in terms]


def _label_passages(named: Sequence[Term]) -> Iterator[Passage]:
    """The names of everything the resource is linked to, so that a word of the framework finds it in any language."""
    for language in _LABEL_LANGUAGES:
        labels = [text for t in named for text in (t.labels.get(language), *t.alternatives.get(language, ())) if text]
        if labels:
            yield Passage(language, "", "\n".join(labels))


def _word_passages(found: Searchable) -> Iterator[Passage]:
    """What curators noted that counsellors call it; as telling as a title."""
    for language, lines in found.words.items():
        yield Passage(language, "\n".join(lines))


def _file_passages(found: Searchable) -> Iterator[Passage]:
    """What is written in its documents and captions; where no language is stated, that of its main form."""
    main = min((form_order(form.language, form.level) for form in found.forms), default=(0, "", ""))[1]
    for language, text in found.files:
        yield Passage(language or main, "", "", text)


def _keywords(found: Searchable) -> dict[str, tuple[str, ...]]:
    revision, forms = found.revision, found.forms
    derived = {
        "kind": (revision.kind.slug,) if revision.kind else (),
        "licence": (revision.licence.slug,) if revision.licence else (),
        "language": tuple(sorted({form.language for form in forms})),
        "duration": tuple(filter(None, [duration_of(revision.minutes_max)])),
        "norwegian_level": fitting_levels((form.language, form.level or revision.norwegian_level) for form in forms),
        "assurance": _ASSURANCES[found.assurance],
    }
    return {facet.name: derived.get(facet.name) or tuple(sorted(found.terms.get(facet.name, ()))) for facet in SCHEMA.facets}


def duration_of(minutes: int | None) -> str:
    """The value of `duration` for a longest stated time; empty when none is stated."""
    if minutes is None:
        return ""
    return next((slug for most, slug in DURATIONS if minutes <= most), "over-90")


def fitting_levels(forms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The levels of Norwegian somebody may have to use it: the lowest level of any (language, level) form in Norwegian, and all above."""
    own = [_LEVELS.index(level or "C") for language, level in forms if language in ("nb", "nn") or level == "none"]
    return _LEVELS[min(own) :] if own else ()


def _numbers(found: Searchable) -> dict[str, int]:
    revision = found.revision
    published = int(revision.published_at.timestamp()) // 60 if revision.published_at else None
    numbers = {
        "minutes_low": revision.minutes_min if revision.minutes_min is not None else revision.minutes_max,
        "minutes_high": revision.minutes_max,
        "group_low": revision.group_min,
        "group_high": revision.group_max,
        "published_minute": published,
        "browse_rank": _FIRST_HALF * _for_colleagues(found) + _FIRST_HALF - 1 - (published or 0),
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _for_colleagues(found: Searchable) -> bool:
    """Is it for counsellors among themselves, and not for a conversation?"""
    kind = found.revision.kind.slug if found.revision.kind else ""
    return kind in FOR_COLLEAGUES or found.terms.get("use") == ("colleagues",)


def _sort_title(forms: Sequence[Form]) -> str:
    titles = {form.language: form.title for form in reversed(forms)}
    return next((titles[language] for language in _LABEL_LANGUAGES if language in titles), next(iter(titles.values()), ""))


CATALOGUE = Index(schema=SCHEMA, documents=documents, all_ids=published_ids, synonyms=synonym_rows)
