"""What of the bank is searchable, and finding it: the only door between the bank and the search package."""

from resourcebank.catalogue.changes import catch_up_after_commit, note_change
from resourcebank.catalogue.coverage_map import DIMENSIONS, SUBJECTS, Cell, Coverage, Gap, Row, columns, coverage, forget_coverage
from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.catalogue.excerpts import Excerpt, FoundIn, Place
from resourcebank.catalogue.finding import FoundCard, FoundPage, LabelledFacet, LabelledValue, find
from resourcebank.catalogue.likeness import similar_cards, similar_faces
from resourcebank.catalogue.suggestions import Suggested, SuggestedTerm, suggested
from resourcebank.catalogue.synonym_preview import Effect, SynonymEffect, preview_synonym, synonyms_of
from resourcebank.catalogue.synonyms import forget_synonyms
from resourcebank.catalogue.vocabulary import Named, Names, forget_labels, known_values, names

__all__ = [
    "CATALOGUE",
    "DIMENSIONS",
    "SCHEMA",
    "SUBJECTS",
    "Cell",
    "Coverage",
    "Effect",
    "Excerpt",
    "FoundCard",
    "FoundIn",
    "FoundPage",
    "Gap",
    "LabelledFacet",
    "LabelledValue",
    "Named",
    "Names",
    "Place",
    "Row",
    "Suggested",
    "SuggestedTerm",
    "SynonymEffect",
    "catch_up_after_commit",
    "columns",
    "coverage",
    "find",
    "forget_coverage",
    "forget_labels",
    "forget_synonyms",
    "known_values",
    "names",
    "note_change",
    "preview_synonym",
    "similar_cards",
    "similar_faces",
    "suggested",
    "synonyms_of",
]
