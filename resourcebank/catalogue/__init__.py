"""What of the bank is searchable, and finding it: the only door between the bank and the search package."""

from resourcebank.catalogue.changes import catch_up_after_commit, note_change
from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.catalogue.finding import FoundCard, FoundPage, LabelledFacet, LabelledValue, find
from resourcebank.catalogue.vocabulary import forget_labels, known_values

__all__ = [
    "CATALOGUE",
    "SCHEMA",
    "FoundCard",
    "FoundPage",
    "LabelledFacet",
    "LabelledValue",
    "catch_up_after_commit",
    "find",
    "forget_labels",
    "known_values",
    "note_change",
]
