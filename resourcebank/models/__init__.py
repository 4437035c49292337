"""What the bank keeps, and the rules its database holds."""

from resourcebank.models.audit import AuditEvent, AuditHead
from resourcebank.models.change import PublicChange, PublicHead
from resourcebank.models.people import Role, User
from resourcebank.models.resource import OldSlug, Resource
from resourcebank.models.review import Answer, Criterion, Decision, Review
from resourcebank.models.revision import Attachment, Form, Revision, Step, TermLink
from resourcebank.models.taxonomy import Term, Vocabulary

__all__ = [
    "Answer",
    "Attachment",
    "AuditEvent",
    "AuditHead",
    "Criterion",
    "Decision",
    "Form",
    "OldSlug",
    "PublicChange",
    "PublicHead",
    "Resource",
    "Review",
    "Revision",
    "Role",
    "Step",
    "Term",
    "TermLink",
    "User",
    "Vocabulary",
]
