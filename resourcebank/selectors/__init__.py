"""Every reading of a resource: what may be seen, as the pages, the API and the index need it."""

from resourcebank.selectors.aftercare import (
    Figures,
    Some,
    figures,
    problem_report,
    problem_reports,
    resources_by_health,
    use_reports,
)
from resourcebank.selectors.bodies import Bodies, Body, FileText, published_bodies
from resourcebank.selectors.cards import Card, published_cards
from resourcebank.selectors.case import Case, Earlier, case_for
from resourcebank.selectors.coverage import Covering, covering, public_sequence
from resourcebank.selectors.faces import Face, published_faces
from resourcebank.selectors.files import media_files, public_file, visible_file
from resourcebank.selectors.history import Change, PublicHistory, Version, public_history
from resourcebank.selectors.missing import Missing, resources_missing
from resourcebank.selectors.needs import Need, needs
from resourcebank.selectors.own_data import own_data
from resourcebank.selectors.persons import AccountFacts, account_facts, person_at, person_of_session, scopes
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
)
from resourcebank.selectors.revisions import revision_for
from resourcebank.selectors.saved_searches import own_saved_search, saved_searches
from resourcebank.selectors.search_words import search_words_of
from resourcebank.selectors.searchable import Searchable, named_terms, published_ids, searchables
from resourcebank.selectors.synonyms import synonym_version, synonyms
from resourcebank.selectors.talk import comment_for, comments_on, last_event_on
from resourcebank.selectors.terms import term_labels, terms

__all__ = [
    "PAGE_SIZE",
    "AccountFacts",
    "Bodies",
    "Body",
    "Card",
    "Case",
    "Change",
    "Covering",
    "Earlier",
    "Face",
    "Figures",
    "FileText",
    "Missing",
    "Moved",
    "Need",
    "PublicHistory",
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
    "figures",
    "last_event_on",
    "level_of",
    "media_files",
    "named_terms",
    "needs",
    "own_data",
    "own_saved_search",
    "person_at",
    "person_of_session",
    "picture_is_public",
    "picture_is_visible",
    "picture_widths",
    "problem_report",
    "problem_reports",
    "public_file",
    "public_history",
    "public_sequence",
    "published_bodies",
    "published_by_public_id",
    "published_cards",
    "published_faces",
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
    "search_words_of",
    "searchables",
    "synonym_version",
    "synonyms",
    "term_labels",
    "terms",
    "use_reports",
    "visible_file",
    "written_in",
]
