"""Everything that is to be said about a revision, the rest of the bank included."""

from __future__ import annotations

from django.utils.translation import gettext as _

from resourcebank.content import Content
from resourcebank.findings.finding import Finding, advise
from resourcebank.models import Revision
from resourcebank.quality import findings_about
from resourcebank.selectors.duplicates import near


def all_findings(revision: Revision, content: Content, *, sequence: int) -> list[Finding]:
    """What `quality` finds, and which published resources the text may be a copy of. `sequence` is the number of the last public change.
    One statement when the text leads anywhere, else none, and one more when something was published since the last time."""
    found = findings_about(revision, content)
    for other in near(content, resource_id=revision.resource_id, sequence=sequence):
        if other.why == "address":
            message = _("Banken har allerede en ressurs med denne adressen: «%(title)s».")
            found.append(advise("duplicate-address", "source_url", message % {"title": other.title}))
        else:
            message = _("Dette ligner på en publisert ressurs: «%(title)s». Se om det er den samme.")
            found.append(advise("near-duplicate", "forms", message % {"title": other.title}))
    return found
