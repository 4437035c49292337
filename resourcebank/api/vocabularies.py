"""How the framework and the other lists look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rest_framework import serializers

from resourcebank.models import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class VocabularyAnswer:
    """A vocabulary with its terms, in its order."""

    vocabulary: Vocabulary
    label: str
    terms: Sequence[TermAnswer]


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """A term, named in the language asked for; `parent` and `replaced_by` are slugs in the same vocabulary."""

    term: Term
    label: str
    parent: str | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class VocabulariesAnswer:
    """Every vocabulary that was asked for."""

    vocabularies: Sequence[VocabularyAnswer]


def vocabularies_answer(terms: Iterable[Term], *, language: str) -> VocabulariesAnswer:
    """The terms, which come in the order of their vocabularies, under these."""
    groups = groupby(terms, key=lambda term: term.vocabulary)
    return VocabulariesAnswer([_vocabulary(vocabulary, some, language) for vocabulary, some in groups])


def _vocabulary(vocabulary: Vocabulary, terms: Iterable[Term], language: str) -> VocabularyAnswer:
    return VocabularyAnswer(vocabulary, vocabulary.label(language), [_term(term, language) for term in sorted(terms, key=_place)])


def _place(term: Term) -> tuple[int, str, bool, int]:
    """Children follow their parent; positions count within one parent."""
    top = term.parent or term
    return top.position, top.slug, term.parent is not None, term.position


def _term(term: Term, language: str) -> TermAnswer:
    replaced_by = term.replaced_by.slug if term.replaced_by else None
    return TermAnswer(term, term.label(language), term.parent.slug if term.parent else None, replaced_by)


class LabelsField(serializers.DictField):
    """A text per language: `nb`, `nn`, `en`."""

    child = serializers.CharField()


class TermSerializer(serializers.Serializer[TermAnswer]):
    """A term. `value` is what a search takes. A retired term (`active` false) says what replaced it."""

    value = serializers.CharField(source="term.slug")
    label = serializers.CharField()  # type: ignore[assignment]
    labels = LabelsField(source="term.labels")
    description = LabelsField(source="term.description")
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    source = serializers.CharField(source="term.source")  # type: ignore[assignment]
    confirmed = serializers.BooleanField(
        source="term.confirmed", help_text="False: a working title, which must be shown as such. The official name could not be confirmed."
    )
    labels_confirmed = serializers.ListField(
        source="term.labels_confirmed", child=serializers.CharField(), help_text="Languages whose name the source confirms."
    )
    active = serializers.BooleanField(source="term.active")
    replaced_by = serializers.CharField(allow_null=True)


class VocabularySerializer(serializers.Serializer[VocabularyAnswer]):
    """A closed list of terms. `ordered`: its order means something."""

    vocabulary = serializers.CharField(source="vocabulary.slug")
    label = serializers.CharField()  # type: ignore[assignment]
    labels = LabelsField(source="vocabulary.labels")
    description = LabelsField(source="vocabulary.description")
    source = serializers.CharField(source="vocabulary.source")  # type: ignore[assignment]
    ordered = serializers.BooleanField(source="vocabulary.ordered")
    terms = TermSerializer(many=True)


class VocabulariesSerializer(serializers.Serializer[VocabulariesAnswer]):
    """The lists everything in the bank is described with."""

    vocabularies = VocabularySerializer(many=True)
