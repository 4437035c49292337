"""Every reading of a resource: what may be seen, as the pages, the API and the index need it."""

from resourcebank.selectors.cards import Card, published_cards
from resourcebank.selectors.coverage import Covering, covering, public_sequence
from resourcebank.selectors.pictures import picture_is_public, picture_widths
from resourcebank.selectors.resources import Moved, PublishedResource, Retired, published_by_public_id, published_resource
from resourcebank.selectors.revisions import revision_for
from resourcebank.selectors.searchable import Searchable, named_terms, published_ids, searchables
from resourcebank.selectors.terms import term_labels, terms

__all__ = [
    "Card",
    "Covering",
    "Moved",
    "PublishedResource",
    "Retired",
    "Searchable",
    "covering",
    "named_terms",
    "picture_is_public",
    "picture_widths",
    "public_sequence",
    "published_by_public_id",
    "published_cards",
    "published_ids",
    "published_resource",
    "revision_for",
    "searchables",
    "term_labels",
    "terms",
]
