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
from resourcebank.selectors.coverage import Covering, covering, public_sequence
from resourcebank.selectors.history import Change, Version, public_history
from resourcebank.selectors.own_data import own_data
from resourcebank.selectors.persons import AccountFacts, account_facts, person_at, scopes
from resourcebank.selectors.pictures import picture_is_public, picture_widths
from resourcebank.selectors.quality_card import QualityCard, level_of, quality_card
from resourcebank.selectors.resources import Moved, PublishedResource, Retired, published_by_public_id, published_resource
from resourcebank.selectors.revisions import revision_for
from resourcebank.selectors.searchable import Searchable, named_terms, published_ids, searchables
from resourcebank.selectors.terms import term_labels, terms

__all__ = [
    "AccountFacts",
    "Card",
    "Change",
    "Covering",
    "Figures",
    "Moved",
    "PublishedResource",
    "QualityCard",
    "Retired",
    "Searchable",
    "Some",
    "Version",
    "account_facts",
    "covering",
    "figures",
    "level_of",
    "named_terms",
    "own_data",
    "person_at",
    "picture_is_public",
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
    "resources_by_health",
    "revision_for",
    "scopes",
    "searchables",
    "term_labels",
    "terms",
    "titles_of",
    "use_reports",
]
