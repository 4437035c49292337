"""Published resources as documents of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.models import Form, Revision
from resourcebank.selectors.searchable import published_ids, published_revisions
from search.index import Document, Index, Passage

DURATIONS = ((10, "up-to-10"), (20, "11-20"), (45, "21-45"), (90, "46-90"))
_LEVELS = ("none", "A1", "A2", "B1", "B2", "C")
_ASSURANCES = {"": (), "checked": ("checked",), "reviewed": ("checked", "reviewed"), "tried": ("checked", "reviewed", "tried")}
_UNSAID = frozenset({"language", "licence", "duration", "assurance", "norwegian_level"})
"""Vocabularies whose labels would only be noise among the words of a resource."""
_LABEL_LANGUAGES = ("nb", "nn", "en")


def documents(public_ids: Sequence[str]) -> Iterator[Document]:
    """The published resources among the ids, as documents."""
    return (document_of(revision) for revision in published_revisions(public_ids))


def document_of(revision: Revision) -> Document:
    """One revision as its readers can find it. Reads only what `published_revisions` prefetched."""
    forms = sorted(revision.forms.all(), key=lambda form: (form.level != "", form.language))
    return Document(
        id=str(revision.resource.public_id),
        passages=(*(_passage(form) for form in forms), *_label_passages(revision)),
        keywords=_keywords(revision, forms),
        numbers=_numbers(revision),
        sort_title=_sort_title(forms),
    )


def _passage(form: Form) -> Passage:
    parts = [form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care, form.participant_sheet, form.transcript]
    return Passage(form.language, form.title, "\n".join(part for part in parts if part))


def _label_passages(revision: Revision) -> Iterator[Passage]:
    """The names of everything the resource is linked to, so that a word of the framework finds it in any language."""
    terms = [link.term for link in revision.term_links.all()] + [term for term in (revision.kind,) if term]
    named = sorted((t for t in terms if t.vocabulary_id not in _UNSAID), key=lambda term: (term.vocabulary_id, term.slug))
    for language in _LABEL_LANGUAGES:
        labels = [text for t in named for text in (t.labels.get(language), *t.alternatives.get(language, ())) if text]
        if labels:
            yield Passage(language, "", "\n".join(labels))


def _keywords(revision: Revision, forms: Sequence[Form]) -> dict[str, tuple[str, ...]]:
    values: dict[str, set[str]] = {facet.name: set() for facet in SCHEMA.facets}
    for link in revision.term_links.all():
        if link.term.vocabulary_id in values:
            values[link.term.vocabulary_id].add(link.term.slug)
    values["kind"] |= {revision.kind.slug} if revision.kind else set()
    values["licence"] |= {revision.licence.slug} if revision.licence else set()
    values["language"] |= {form.language for form in forms}
    values["duration"] |= {duration_of(revision.minutes_max)} - {""}
    values["norwegian_level"] |= set(fitting_levels((form.language, form.level or revision.norwegian_level) for form in forms))
    values["assurance"] |= set(_ASSURANCES[revision.assurance])
    return {name: tuple(sorted(found)) for name, found in values.items()}


def duration_of(minutes: int | None) -> str:
    """The value of `duration` for a longest stated time; empty when none is stated."""
    if minutes is None:
        return ""
    return next((slug for most, slug in DURATIONS if minutes <= most), "over-90")


def fitting_levels(forms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The levels of Norwegian somebody may have to use it: the lowest level of any (language, level) form in Norwegian, and all above."""
    own = [_LEVELS.index(level or "C") for language, level in forms if language in ("nb", "nn") or level == "none"]
    return _LEVELS[min(own) :] if own else ()


def _numbers(revision: Revision) -> dict[str, int]:
    numbers = {
        "minutes_low": revision.minutes_min if revision.minutes_min is not None else revision.minutes_max,
        "minutes_high": revision.minutes_max,
        "group_low": revision.group_min,
        "group_high": revision.group_max,
        "published_minute": int(revision.published_at.timestamp()) // 60 if revision.published_at else None,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _sort_title(forms: Sequence[Form]) -> str:
    titles = {form.language: form.title for form in reversed(forms)}
    return next((titles[language] for language in _LABEL_LANGUAGES if language in titles), next(iter(titles.values()), ""))


CATALOGUE = Index(schema=SCHEMA, documents=documents, all_ids=published_ids)
