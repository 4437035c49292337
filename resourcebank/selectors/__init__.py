"""Every reading of a resource: what may be seen, as the pages, the API and the index need it."""

from resourcebank.selectors.aftercare import (
    Figures,
    Some,
    figures,
    problem_report,
    problem_reports,
    resources_by_health,
    titles_of,
    use_reports,
)
from resourcebank.selectors.cards import Card, published_cards
from resourcebank.selectors.case import Case, case_for
from resourcebank.selectors.coverage import Covering, covering, public_sequence
from resourcebank.selectors.history import Change, Version, public_history
from resourcebank.selectors.missing import Missing, resources_missing
from resourcebank.selectors.needs import Need, needs
from resourcebank.selectors.own_data import own_data
from resourcebank.selectors.persons import AccountFacts, account_facts, person_at, scopes
from resourcebank.selectors.pictures import picture_is_public, picture_is_visible, picture_widths
from resourcebank.selectors.quality_card import QualityCard, level_of, quality_card
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
from resourcebank.selectors.saved_searches import own_saved_search, saved_searches
from resourcebank.selectors.searchable import Searchable, named_terms, published_ids, searchables
from resourcebank.selectors.talk import comment_for, comments_on, decisions_on, last_event_on, open_round
from resourcebank.selectors.terms import term_labels, terms

__all__ = [
    "PAGE_SIZE",
    "AccountFacts",
    "Card",
    "Case",
    "Change",
    "Covering",
    "Figures",
    "Missing",
    "Moved",
    "Need",
    "PublishedResource",
    "QualityCard",
    "QueuePage",
    "QueueRow",
    "Retired",
    "Searchable",
    "Some",
    "Version",
    "WholeText",
    "about_pair",
    "account_facts",
    "case_for",
    "comment_for",
    "comments_on",
    "covering",
    "decisions_on",
    "figures",
    "last_event_on",
    "level_of",
    "named_terms",
    "needs",
    "open_round",
    "own_data",
    "own_saved_search",
    "person_at",
    "picture_is_public",
    "picture_is_visible",
    "picture_widths",
    "problem_report",
    "problem_reports",
    "public_history",
    "public_sequence",
    "published_by_public_id",
    "published_cards",
    "published_ids",
    "published_resource",
    "quality_card",
    "queue_of",
    "queue_page",
    "resources_by_health",
    "resources_missing",
    "revision_for",
    "saved_searches",
    "scopes",
    "searchables",
    "term_labels",
    "terms",
    "text_for",
    "titles_of",
    "use_reports",
    "written_in",
]
