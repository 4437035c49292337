"""What of the bank is searchable, and finding it: the only door between the bank and the search package."""

from resourcebank.catalogue.canonical import asks_for_something, bare, canonical, read_again
from resourcebank.catalogue.changes import catch_up_after_commit, note_change
from resourcebank.catalogue.coverage_map import DIMENSIONS, SUBJECTS, Cell, Coverage, Gap, Row, columns, coverage, forget_coverage
from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.demand import Demand, demand
from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.catalogue.excerpts import Excerpt, FoundIn, Place
from resourcebank.catalogue.finding import FoundCard, FoundPage, LabelledFacet, LabelledValue, find
from resourcebank.catalogue.lacking import Lacking, lacking, unmet
from resourcebank.catalogue.likeness import similar_cards, similar_faces
from resourcebank.catalogue.loosening import Looser, loosened
from resourcebank.catalogue.stored import every_hit
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
    "Demand",
    "Effect",
    "Excerpt",
    "FoundCard",
    "FoundIn",
    "FoundPage",
    "Gap",
    "LabelledFacet",
    "LabelledValue",
    "Lacking",
    "Looser",
    "Named",
    "Names",
    "Place",
    "Row",
    "Suggested",
    "SuggestedTerm",
    "SynonymEffect",
    "asks_for_something",
    "bare",
    "canonical",
    "catch_up_after_commit",
    "columns",
    "coverage",
    "demand",
    "every_hit",
    "find",
    "forget_coverage",
    "forget_labels",
    "forget_synonyms",
    "known_values",
    "lacking",
    "loosened",
    "names",
    "note_change",
    "preview_synonym",
    "read_again",
    "similar_cards",
    "similar_faces",
    "suggested",
    "synonyms_of",
    "unmet",
]
