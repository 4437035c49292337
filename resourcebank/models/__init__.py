"""What the bank keeps, and the rules its database holds."""

from resourcebank.models.aftercare import LinkCheck, ProblemReport, PublishedLink, ReviewReminder, UseReport
from resourcebank.models.audit import AuditEvent, AuditHead
from resourcebank.models.change import PublicChange, PublicHead
from resourcebank.models.organisation import Membership, Organisation
from resourcebank.models.outbox import IdempotencyKey, OutgoingMail
from resourcebank.models.people import AccountEvent, Role, User
from resourcebank.models.resource import OldSlug, Resource
from resourcebank.models.review import Answer, Criterion, Decision, Review
from resourcebank.models.revision import Attachment, Form, Revision, Step, TermLink
from resourcebank.models.search_words import SearchWords
from resourcebank.models.searches import SavedSearch, SearchNeed, StoredHit, StoredQuery
from resourcebank.models.synonyms import Synonym, SynonymChange
from resourcebank.models.talk import Comment, Contribution
from resourcebank.models.taxonomy import Term, Vocabulary

__all__ = [
    "AccountEvent",
    "Answer",
    "Attachment",
    "AuditEvent",
    "AuditHead",
    "Comment",
    "Contribution",
    "Criterion",
    "Decision",
    "Form",
    "IdempotencyKey",
    "LinkCheck",
    "Membership",
    "OldSlug",
    "Organisation",
    "OutgoingMail",
    "ProblemReport",
    "PublicChange",
    "PublicHead",
    "PublishedLink",
    "Resource",
    "Review",
    "ReviewReminder",
    "Revision",
    "Role",
    "SavedSearch",
    "SearchNeed",
    "SearchWords",
    "Step",
    "StoredHit",
    "StoredQuery",
    "Synonym",
    "SynonymChange",
    "Term",
    "TermLink",
    "UseReport",
    "User",
    "Vocabulary",
]
