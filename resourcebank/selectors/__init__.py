"""Every reading of a resource: what may be seen, as the pages, the API and the index need it."""

from resourcebank.selectors.cards import Card, published_cards
from resourcebank.selectors.case import Case, case_for
from resourcebank.selectors.coverage import Covering, covering, public_sequence
from resourcebank.selectors.pictures import picture_is_public, picture_is_visible
from resourcebank.selectors.queue import PAGE_SIZE, QueuePage, QueueRow, about_pair, queue_of, queue_page, written_in
from resourcebank.selectors.resources import (
    Moved,
    PublishedResource,
    Retired,
    WholeText,
    published_by_public_id,
    published_resource,
    text_for,
)
from resourcebank.selectors.revisions import revision_for
from resourcebank.selectors.searchable import Searchable, named_terms, published_ids, searchables
from resourcebank.selectors.talk import comment_for, comments_on, decisions_on, last_event_on, open_round
from resourcebank.selectors.terms import term_labels, terms

__all__ = [
    "PAGE_SIZE",
    "Card",
    "Case",
    "Covering",
    "Moved",
    "PublishedResource",
    "QueuePage",
    "QueueRow",
    "Retired",
    "Searchable",
    "WholeText",
    "about_pair",
    "case_for",
    "comment_for",
    "comments_on",
    "covering",
    "decisions_on",
    "last_event_on",
    "named_terms",
    "open_round",
    "picture_is_public",
    "picture_is_visible",
    "public_sequence",
    "published_by_public_id",
    "published_cards",
    "published_ids",
    "published_resource",
    "queue_of",
    "queue_page",
    "revision_for",
    "searchables",
    "term_labels",
    "terms",
    "text_for",
    "written_in",
]
