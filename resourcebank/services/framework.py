"""Bringing the vocabularies up to what their files say, without undoing what somebody changed on the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from resourcebank.catalogue import forget_labels, note_change
from resourcebank.framework import TermEntry, VocabularyEntry
from resourcebank.models import Resource, Term, Vocabulary

# One value per language, so that an edit in one language leaves the others to the file.
_BY_LANGUAGE = ("labels", "description", "alternatives")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between file and site. `kind` is `added`, `changed` or `kept` (the site was edited, and stays as it is).

    `subject` is `vocabulary` or `vocabulary:slug`; `field` is dotted (`labels.nb`); `old` is the site's value, `new` the file's.
    """

    kind: str
    subject: str
    field: str = ""
    old: Any = None
    new: Any = None


@transaction.atomic
def load_framework(entries: Iterable[VocabularyEntry]) -> tuple[Change, ...]:
    """Load vocabularies and their terms; what differs is in the answer, in the order of the files.

    A term that is gone from its file is retired with its successor, never deleted. A value edited on the site is kept: it differs from
    what the file last said (`loaded`). Resources that carry a changed term are noted for the index. A second call changes nothing.
    """
    changes: list[Change] = []
    touched: set[int] = set()
    for entry in entries:
        loader = _Loader(entry)
        loader.load()
        changes += loader.changes
        touched |= loader.touched
    if carrying := _carrying(touched):
        note_change(carrying)
    transaction.on_commit(forget_labels)
    return tuple(changes)


def _carrying(terms: set[int]) -> list[Resource]:
    linked = Q(published__term_links__term__in=terms) | Q(published__kind__in=terms) | Q(published__licence__in=terms)
    return list(Resource.objects.filter(linked).distinct()) if terms else []


@dataclass(slots=True)
class _Loader:
    """Loads one vocabulary. `terms` are those of the site by slug, `touched` the ids of those that were changed."""

    entry: VocabularyEntry
    changes: list[Change] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    terms: dict[str, Term] = field(default_factory=dict)

    def load(self) -> None:
        vocabulary = self._vocabulary()
        self.terms = {term.slug: term for term in Term.objects.filter(vocabulary=vocabulary).select_related("parent", "replaced_by")}
        for entry in self.entry.terms:
            if entry.slug in self.terms:
                self._merge(self.terms[entry.slug], _said(entry))
            else:
                self._add(vocabulary, entry)
        present = {entry.slug for entry in self.entry.terms}
        for slug, term in self.terms.items():
            if slug not in present and term.loaded:
                successor = self.entry.replaced.get(slug, term.loaded.get("replaced_by"))
                self._merge(term, term.loaded | {"active": False, "replaced_by": successor})

    def _vocabulary(self) -> Vocabulary:
        said = _flat({"labels": self.entry.labels}) | {"ordered": self.entry.ordered}
        row, made = Vocabulary.objects.get_or_create(slug=self.entry.slug, defaults={**_deep(said), "loaded": said})
        if made:
            self.changes.append(Change("added", row.slug, new=self.entry.labels["nb"]))
        elif self._put(row, row.slug, said, _flat({"labels": row.labels}) | {"ordered": row.ordered}):
            row.save()
        return row

    def _add(self, vocabulary: Vocabulary, entry: TermEntry) -> None:
        said = _said(entry)
        term = Term(vocabulary=vocabulary, slug=entry.slug, loaded=said)
        self._set(term, said)
        term.save()
        self.terms[entry.slug] = term
        self.changes.append(Change("added", str(term), new=entry.labels["nb"]))

    def _merge(self, term: Term, said: Values) -> None:
        if self._put(term, str(term), said, _present(term)):
            term.save()

    def _put(self, row: Term | Vocabulary, subject: str, said: Values, present: Values) -> bool:
        """Take over what only the file has changed; True when anything must be written."""
        merged = dict(present)
        for name in sorted({*said, *row.loaded, *present}):
            new, old, last = said.get(name), present.get(name), row.loaded.get(name)
            if new == old:
                continue
            if old == last:
                merged[name] = new
                self.changes.append(Change("changed", subject, name, old, new))
            else:
                self.changes.append(Change("kept", subject, name, old, new))
        if merged == present and said == row.loaded:
            return False
        if merged != present and isinstance(row, Term):
            self.touched.add(row.pk)
        self._set(row, merged)
        row.loaded = said
        return True

    def _set(self, row: Term | Vocabulary, values: Values) -> None:
        for name, value in _deep(values).items():
            linked = name in ("parent", "replaced_by") and value is not None
            setattr(row, name, self.terms[value] if linked else value)


def _said(entry: TermEntry) -> Values:
    """What a file says of a term, one value per language."""
    return _flat({"labels": entry.labels, "description": entry.description, "alternatives": entry.alternatives}) | {
        "parent": entry.parent,
        "position": entry.position,
        "source": entry.source,
        "confirmed": entry.confirmed,
        "labels_confirmed": list(entry.confirmed_languages),
        "active": True,
        "replaced_by": None,
    }


def _present(term: Term) -> Values:
    """The same of a term as it is on the site."""
    return _flat({name: getattr(term, name) for name in _BY_LANGUAGE}) | {
        "parent": term.parent.slug if term.parent else None,
        "position": term.position,
        "source": term.source,
        "confirmed": term.confirmed,
        "labels_confirmed": list(term.labels_confirmed),
        "active": term.active,
        "replaced_by": term.replaced_by.slug if term.replaced_by else None,
    }


def _flat(values: Mapping[str, Mapping[str, Any]]) -> Values:
    """`{"labels": {"nb": x}}` as `{"labels.nb": x}`, as JSON gives it back."""
    found = ((f"{name}.{tag}", each) for name, by_language in values.items() for tag, each in by_language.items())
    return {key: list(each) if isinstance(each, tuple) else each for key, each in found}


def _deep(values: Values) -> Values:
    """The opposite of `_flat`; a language whose value is None is left out."""
    deep: Values = {name: {} for name in _BY_LANGUAGE if any(key.startswith(f"{name}.") for key in values)}
    for key, value in values.items():
        name, _, tag = key.partition(".")
        if not tag:
            deep[name] = value
        elif value is not None:
            deep[name][tag] = value
    return deep
